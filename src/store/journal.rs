//! The journal: triggers made from the schema keep every row before and after, whatever code changed it.
//!
//! The triggers are TEMP and made from the tables as they are, before a connection's first change; the guards that keep
//! the journal from being edited are in the file itself. SQL alone, no meaning of any table.

use super::chain::Chain;
use super::error::{Error, Result};
use super::evidence;
use super::history::IN_EFFECT;
use chrono::{DateTime, Utc};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A table whose rows the journal keeps.
#[derive(Debug)]
pub(super) struct Table {
    pub name: &'static str,
    /// How a sentence names one of its rows, before the id.
    word: &'static str,
}

impl Table {
    /// What a sentence calls one of its rows: `pupil p3`.
    pub(super) fn row(&self, id: i64) -> String {
        format!("{}{id}", self.word)
    }
}

/// Every table with records in it. Shadow tables, drafts and the journal itself are not.
pub(super) const JOURNALLED: &[Table] = &[
    Table {
        name: "school",
        word: "the school's details ",
    },
    Table {
        name: "pupil",
        word: "pupil p",
    },
    Table {
        name: "status_period",
        word: "status s",
    },
    Table {
        name: "need",
        word: "need n",
    },
    Table {
        name: "setting",
        word: "setting ",
    },
    Table {
        name: "person",
        word: "the shared entry of a person, number ",
    },
    Table {
        name: "person_link",
        word: "person a",
    },
    Table {
        name: "contact",
        word: "contact c",
    },
    Table {
        name: "contact_pupil",
        word: "a child of a contact, number ",
    },
    Table {
        name: "amendment",
        word: "amendment d",
    },
    Table {
        name: "task",
        word: "task t",
    },
    Table {
        name: "term",
        word: "term m",
    },
    Table {
        name: "closure",
        word: "closure z",
    },
    Table {
        name: "staff",
        word: "member of staff w",
    },
    Table {
        name: "rate",
        word: "rate r",
    },
    Table {
        name: "provision_type",
        word: "provision type y",
    },
    Table {
        name: "provision",
        word: "provision v",
    },
    Table {
        name: "member",
        word: "place on provision b",
    },
    Table {
        name: "session",
        word: "session h",
    },
    Table {
        name: "hours",
        word: "hours u",
    },
];

/// The statements for one table.
struct Statements {
    table: &'static Table,
    current: String,
    insert: String,
    update: String,
    delete: String,
    columns: Vec<String>,
}

/// Which way a step is replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Takes it back.
    Back,
    /// Does it again.
    Forth,
}

/// One connection's journal.
pub(super) struct Journal {
    open_step: Arc<AtomicI64>,
    statements: Vec<Statements>,
}

/// While it lives, rows changed are rows of this step.
pub(super) struct OpenStep<'a>(&'a AtomicI64);

impl Drop for OpenStep<'_> {
    fn drop(&mut self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

impl Journal {
    /// Makes functions and triggers on a connection of the newest shape.
    pub(super) fn install(conn: &Connection, chain: &Chain) -> Result<Self> {
        let open_step = Arc::new(AtomicI64::new(0));
        let seen = Arc::clone(&open_step);
        conn.create_scalar_function("journal_step", 0, FunctionFlags::SQLITE_UTF8, move |_| {
            match seen.load(Ordering::Relaxed) {
                0 => Err(rusqlite::Error::UserFunctionError(
                    "a change outside a step".into(),
                )),
                step => Ok(step),
            }
        })?;
        let digests = chain.clone();
        conn.create_scalar_function(
            "journal_digest",
            1,
            FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
            move |call| Ok(digests.digest(call.get_raw(0).as_str()?)),
        )?;
        conn.create_scalar_function(
            "journal_image",
            -1,
            FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
            |call| image_text(call),
        )?;
        let mut triggers = String::new();
        let mut statements = Vec::with_capacity(JOURNALLED.len());
        for table in JOURNALLED {
            let columns = columns(conn, table.name)?;
            triggers.push_str(&trigger_sql(table.name, &columns));
            statements.push(Statements::new(table, &columns));
        }
        conn.execute_batch(&triggers)?;
        Ok(Self {
            open_step,
            statements,
        })
    }

    /// Opens a step for the changes that follow.
    pub(super) fn open(&self, step: i64) -> OpenStep<'_> {
        self.open_step.store(step, Ordering::Relaxed);
        OpenStep(&self.open_step)
    }

    /// Replays the rows of a step inside the step that is open, whose own rows begin at `replayed`.
    ///
    /// # Errors
    /// [`Error::HistoryMoved`] when a row is not as the step left it, or when a row the step never touched would go too;
    /// [`Error::Evidence`] when an entry of the diary would go or change that is evidence by `now`.
    pub(super) fn replay(
        &self,
        conn: &Connection,
        rows: Rows,
        replayed: i64,
        way: Way,
        now: DateTime<Utc>,
    ) -> Result<()> {
        // References may dangle between two rows of a step, as they did while it was made.
        conn.execute_batch("PRAGMA defer_foreign_keys = ON")?;
        let order = match way {
            Way::Back => "DESC",
            Way::Forth => "ASC",
        };
        let mut images = conn.prepare_cached(&format!(
            "SELECT tbl, pk, before, after FROM journal_row
             WHERE id >= ?1 AND id < ?1 + ?2 ORDER BY id {order}"
        ))?;
        let mut images = images.query([rows.first, rows.count])?;
        while let Some(row) = images.next()? {
            let (before, after) = (row.get_ref(2)?, row.get_ref(3)?);
            let (from, to) = match way {
                Way::Back => (after, before),
                Way::Forth => (before, after),
            };
            let (Ok(table), Ok(from), Ok(to)) = (
                row.get_ref(0)?.as_str(),
                from.as_str_or_null(),
                to.as_str_or_null(),
            ) else {
                continue;
            };
            let (table, id) = (self.table(table)?, row.get(1)?);
            // No step, and no way round one, takes back what has become evidence.
            evidence::guard(conn, (table.table.name, id), from, to, now)?;
            table.put(conn, id, from, to)?;
        }
        self.refuse_strangers(conn, rows, replayed)
    }

    /// Refuses when a change that stands touched a row of the step after it, even where it left the row as it was.
    pub(super) fn refuse_later(&self, conn: &Connection, rows: Rows) -> Result<()> {
        let later: Option<(String, i64)> = conn
            .prepare_cached(&format!(
                "SELECT tbl, pk FROM journal_row AS own
                 WHERE id >= ?1 AND id < ?1 + ?2 AND EXISTS (
                   SELECT 1 FROM journal_row AS later JOIN journal_step AS step ON step.id = later.step
                   WHERE later.tbl = own.tbl AND later.pk = own.pk AND later.id >= ?1 + ?2
                     AND step.kind = 'change' AND {IN_EFFECT})
                 ORDER BY id LIMIT 1"
            ))?
            .query_row([rows.first, rows.count], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        match later {
            Some((table, id)) => Err(self.table(&table)?.moved(id, "has changed since")),
            None => Ok(()),
        }
    }

    /// A cascade or trigger may have reached rows made since: those are not this step's to change.
    fn refuse_strangers(&self, conn: &Connection, rows: Rows, replayed: i64) -> Result<()> {
        let stranger: Option<(String, i64)> = conn
            .query_row(
                "SELECT tbl, pk FROM journal_row WHERE id >= ?3
                 EXCEPT SELECT tbl, pk FROM journal_row WHERE id >= ?1 AND id < ?1 + ?2
                 ORDER BY tbl, pk LIMIT 1",
                [rows.first, rows.count, replayed],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        match stranger {
            Some((table, id)) => Err(self.table(&table)?.moved(id, "was added since")),
            None => Ok(()),
        }
    }

    fn table(&self, name: &str) -> Result<&Statements> {
        self.statements
            .iter()
            .find(|statements| statements.table.name == name)
            .ok_or_else(|| Error::NoSuchTable {
                name: name.to_owned(),
            })
    }
}

/// Where the rows of a step are: they stand side by side, since one writer at a time holds the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    pub first: i64,
    pub count: i64,
}

impl Statements {
    fn new(table: &'static Table, columns: &[String]) -> Self {
        let name = table.name;
        let places: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
        let sets: Vec<String> = columns
            .iter()
            .zip(&places)
            .filter(|(column, _)| *column != "id")
            .map(|(column, place)| format!("{column} = {place}"))
            .collect();
        Self {
            table,
            current: format!("SELECT {} FROM {name} WHERE id = ?1", image(columns, "")),
            insert: format!(
                "INSERT INTO {name} ({}) VALUES ({})",
                columns.join(", "),
                places.join(", ")
            ),
            // The id is the first column of every table.
            update: format!("UPDATE {name} SET {} WHERE id = ?1", sets.join(", ")),
            delete: format!("DELETE FROM {name} WHERE id = ?1"),
            columns: columns.to_vec(),
        }
    }

    fn moved(&self, id: i64, how: &str) -> Error {
        Error::HistoryMoved {
            text: format!("{} {how}", self.table.row(id)),
        }
    }

    /// Takes a row from one image to another; a row that is there already (a cascade took it) is left.
    fn put(&self, conn: &Connection, id: i64, from: Option<&str>, to: Option<&str>) -> Result<()> {
        let current: Option<String> = conn
            .prepare_cached(&self.current)?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if current.as_deref() == to {
            return Ok(());
        }
        if current.as_deref() != from {
            return Err(self.moved(id, "has changed since"));
        }
        let done = match (from, to) {
            (_, None) => conn.prepare_cached(&self.delete)?.execute([id]),
            (None, Some(image)) => self.write(conn, &self.insert, image),
            (Some(_), Some(image)) => self.write(conn, &self.update, image),
        };
        match done {
            // A guard of the schema: what was made since does not go with the row as it was.
            Err(error)
                if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) =>
            {
                Err(self.moved(id, "no longer goes with what was entered since"))
            }
            other => Ok(other.map(drop)?),
        }
    }
}

impl Statements {
    fn write(&self, conn: &Connection, sql: &str, image: &str) -> rusqlite::Result<usize> {
        let image: serde_json::Map<String, serde_json::Value> = serde_json::from_str(image)
            .map_err(|error| rusqlite::Error::UserFunctionError(error.into()))?;
        let values = self.columns.iter().map(|column| match image.get(column) {
            Some(serde_json::Value::Number(number)) => number.as_i64().map(Value::Integer),
            Some(serde_json::Value::String(text)) => Some(Value::Text(text.clone())),
            _ => None,
        });
        let values = values.map(|value| value.unwrap_or(Value::Null));
        conn.prepare_cached(sql)?.execute(params_from_iter(values))
    }
}

fn columns(conn: &Connection, table: &str) -> Result<Vec<String>> {
    let mut names = conn.prepare_cached("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
    let names = names.query_map([table], |row| row.get(0))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

fn image(columns: &[String], row: &str) -> String {
    let pairs: Vec<String> = columns
        .iter()
        .map(|column| format!("'{column}', {row}{column}"))
        .collect();
    format!("journal_image({})", pairs.join(", "))
}

/// A row as JSON, from column names and values by turns; what is empty is left out, which halves the journal.
fn image_text(call: &Context<'_>) -> rusqlite::Result<String> {
    let refuse =
        || rusqlite::Error::UserFunctionError("an image holds INTEGER and TEXT only".into());
    let mut out = Vec::with_capacity(320);
    for at in (0..call.len()).step_by(2) {
        let value = call.get_raw(at + 1);
        if value != ValueRef::Null {
            add_to_image(&mut out, call.get_raw(at).as_str()?, value).ok_or_else(refuse)?;
        }
    }
    out.push(b'}');
    String::from_utf8(out).map_err(|_| refuse())
}

/// Adds a column that is not empty to an image, all but the last brace of it; `None` for a value that no image holds.
pub(super) fn add_to_image(out: &mut Vec<u8>, column: &str, value: ValueRef<'_>) -> Option<()> {
    out.extend_from_slice(if out.is_empty() { b"{\"" } else { b",\"" });
    out.extend_from_slice(column.as_bytes());
    out.extend_from_slice(b"\":");
    match value {
        ValueRef::Integer(number) => serde_json::to_writer(out, &number).ok(),
        ValueRef::Text(bytes) => {
            let text = value.as_str().ok()?;
            // Most text has nothing to escape.
            if bytes
                .iter()
                .any(|byte| *byte < b' ' || matches!(byte, b'"' | b'\\'))
            {
                return serde_json::to_writer(out, text).ok();
            }
            out.push(b'"');
            out.extend_from_slice(bytes);
            out.push(b'"');
            Some(())
        }
        _ => None,
    }
}

/// The triggers of one table. LIMIT beside WHERE keeps `SQLite` from merging the inner query into the outer, which would make
/// every image twice.
fn trigger_sql(table: &str, columns: &[String]) -> String {
    let (old, new) = (image(columns, "OLD."), image(columns, "NEW."));
    let differs: Vec<String> = columns
        .iter()
        .map(|column| format!("OLD.{column} IS NOT NEW.{column}"))
        .collect();
    let differs = differs.join(" OR ");
    format!(
        "CREATE TEMP TRIGGER journal_{table}_insert AFTER INSERT ON main.{table} BEGIN
           INSERT INTO journal_row (step, tbl, pk, after, after_digest)
           SELECT journal_step(), '{table}', NEW.id, new, journal_digest(new)
           FROM (SELECT {new} AS new LIMIT 1) WHERE new <> '';
         END;
         CREATE TEMP TRIGGER journal_{table}_update AFTER UPDATE ON main.{table} WHEN {differs} BEGIN
           INSERT INTO journal_row (step, tbl, pk, before, after, before_digest, after_digest)
           SELECT journal_step(), '{table}', OLD.id, old, new, journal_digest(old), journal_digest(new)
           FROM (SELECT {old} AS old, {new} AS new LIMIT 1) WHERE new <> '';
         END;
         CREATE TEMP TRIGGER journal_{table}_delete AFTER DELETE ON main.{table} BEGIN
           INSERT INTO journal_row (step, tbl, pk, before, before_digest)
           SELECT journal_step(), '{table}', OLD.id, old, journal_digest(old)
           FROM (SELECT {old} AS old LIMIT 1) WHERE old <> '';
         END;"
    )
}

#[cfg(test)]
pub(super) mod tests;
