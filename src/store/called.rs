//! What history calls a record: from its newest image in the journal, so that what was taken back or taken off the file
//! has a name still.

use super::Store;
use super::error::Result;
use super::trace::table;
use crate::domain::contact::ContactKind;
use crate::domain::date;
use crate::domain::form::Kind;
use crate::domain::id::PupilId;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

/// A record as a sentence names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// What it is, without its child: `K`, `Lexia`, `"Send papers"`; a child's own name of a child.
    pub thing: String,
    /// The children it is about, by name and class.
    pub whose: Vec<String>,
}

impl Called {
    /// `task "Send papers" of Aisha Okafor 5B`, `phone call about 3 pupils`, `place of Aisha Okafor 5B on Lexia`.
    pub fn text(&self, kind: Kind) -> String {
        let whose = match self.whose.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            many => format!("{} pupils", many.len()),
        };
        match kind {
            Kind::Pupil => self.thing.clone(),
            Kind::Contact => format!("{} about {whose}", self.thing),
            Kind::Member => format!("place of {whose} on {}", self.thing),
            _ if whose.is_empty() => format!("{} {}", kind.noun(), self.thing),
            _ => format!("{} {} of {whose}", kind.noun(), self.thing),
        }
    }
}

/// Characters of a title that a sentence takes.
const TITLE_MOST: usize = 40;

impl Store {
    /// What history calls a record; `None` where the journal holds nothing of it.
    pub fn called(&self, kind: Kind, id: i64) -> Result<Option<Called>> {
        self.read(|conn| called(conn, kind, id))
    }

    /// A child's name and class, also of one who is not on file any more.
    pub fn called_pupil(&self, id: PupilId) -> Result<Option<String>> {
        self.read(|conn| pupil(conn, id.0))
    }
}

/// The newest image of a row.
fn image(conn: &Connection, table: &str, id: i64) -> Result<Option<Value>> {
    let image: Option<String> = conn
        .prepare_cached(
            "SELECT coalesce(after, before) FROM journal_row WHERE tbl = ?1 AND pk = ?2
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row(params![table, id], |row| row.get(0))
        .optional()?;
    // An image that was tampered with is for the check of the journal to find.
    Ok(image.and_then(|text| serde_json::from_str(&text).ok()))
}

fn text<'i>(image: &'i Value, field: &str) -> Option<&'i str> {
    image.get(field)?.as_str().filter(|text| !text.is_empty())
}

fn day(image: &Value, field: &str) -> String {
    let day = text(image, field).and_then(date::from_iso);
    day.map(date::medium).unwrap_or_default()
}

fn pupil(conn: &Connection, id: i64) -> Result<Option<String>> {
    let Some(row) = image(conn, "pupil", id)? else {
        return Ok(None);
    };
    let known_as = text(&row, "preferred_forename").or_else(|| text(&row, "forename"));
    let parts = [known_as, text(&row, "surname"), text(&row, "class")];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    Ok(Some(parts.join(" ")))
}

/// The name of what another row belongs to.
fn name_of(conn: &Connection, table: &str, row: &Value, field: &str) -> Result<String> {
    let Some(id) = row.get(field).and_then(Value::as_i64) else {
        return Ok(String::new());
    };
    let found = image(conn, table, id)?;
    Ok(found
        .as_ref()
        .and_then(|found| text(found, "name"))
        .unwrap_or_default()
        .to_owned())
}

/// What a run is a run of.
fn run(conn: &Connection, row: &Value) -> Result<String> {
    let of = name_of(conn, "provision_type", row, "type")?;
    Ok(match text(row, "run_name") {
        Some(own) => format!("{of} ({own})"),
        None => of,
    })
}

fn run_of(conn: &Connection, row: &Value) -> Result<String> {
    let id = row.get("provision").and_then(Value::as_i64);
    let found = id.map(|id| image(conn, "provision", id)).transpose()?;
    found
        .flatten()
        .map_or(Ok(String::new()), |found| run(conn, &found))
}

fn called(conn: &Connection, kind: Kind, id: i64) -> Result<Option<Called>> {
    let Some(row) = image(conn, table(kind), id)? else {
        return Ok(None);
    };
    let words = |field: &str| text(&row, field).unwrap_or_default().to_owned();
    let thing = match kind {
        Kind::Pupil => pupil(conn, id)?.unwrap_or_default(),
        Kind::Status | Kind::Need => words("code"),
        Kind::Person => name_of(conn, "person", &row, "person")?,
        Kind::Contact => ContactKind::from_word(&words("kind"))
            .map_or_else(|| "contact".to_owned(), |kind| kind.title().to_lowercase()),
        Kind::Amendment | Kind::Strike => String::new(),
        Kind::Task => format!("\"{}\"", short(&words("title"))),
        Kind::Term | Kind::Staff | Kind::ProvisionType => words("name"),
        Kind::Closure => format!("{}, {}", words("name"), day(&row, "day")),
        Kind::Rate => {
            let whose = name_of(conn, "staff", &row, "staff")?;
            format!("of {whose}, from {}", day(&row, "starts"))
        }
        Kind::Provision => run(conn, &row)?,
        Kind::Member => run_of(conn, &row)?,
        Kind::Session => format!("{} on {}", run_of(conn, &row)?, day(&row, "day")),
        Kind::Hours => format!("of the week from {}", day(&row, "week")),
    };
    let mut whose = Vec::new();
    match kind {
        Kind::Contact => {
            for child in children(conn, id)? {
                whose.extend(pupil(conn, child)?);
            }
        }
        Kind::Pupil => {}
        _ => {
            if let Some(child) = row.get("pupil").and_then(Value::as_i64) {
                whose.extend(pupil(conn, child)?);
            }
        }
    }
    Ok(Some(Called { thing, whose }))
}

/// The children of an entry; of one that is gone, those it was ever about.
fn children(conn: &Connection, contact: i64) -> Result<Vec<i64>> {
    let ids = |sql: &str| -> Result<Vec<i64>> {
        let mut found = conn.prepare_cached(sql)?;
        let found = found.query_map([contact], |row| row.get(0))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    };
    let live = ids("SELECT pupil FROM contact_pupil WHERE contact = ?1 ORDER BY place, id")?;
    if !live.is_empty() {
        return Ok(live);
    }
    ids(&format!(
        "SELECT DISTINCT json_extract(coalesce(after, before), '$.pupil') FROM journal_row
         WHERE {} AND tbl = 'contact_pupil' AND {} = ?1",
        super::trace::OWNED,
        super::trace::OWNER
    ))
}

fn short(title: &str) -> String {
    if title.chars().count() <= TITLE_MOST {
        return title.to_owned();
    }
    let short: String = title.chars().take(TITLE_MOST - 1).collect();
    format!("{}…", short.trim_end())
}
