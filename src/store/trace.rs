//! Which records a step touched, and which steps touched a record.

use super::chain::STEP_COLUMNS;
use super::error::Result;
use super::history::{IN_EFFECT, SET_BACK, read_step};
use super::{Store, contact};
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, PupilId, StepId};
use crate::domain::step::Step;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashSet;

/// A record as history names it: its kind, its number, and the pupil it belongs to, where there is one.
pub type Touched = (Kind, i64, Option<PupilId>);

/// What belongs to a pupil or to an entry, as the index over the journal has it.
pub(super) const OWNER: &str =
    "iif(json_valid(coalesce(after, before)), json_extract(coalesce(after, before),
     iif(tbl IN ('contact_pupil', 'amendment'), '$.contact', '$.pupil')), NULL)";

pub(super) const OWNED: &str =
    "tbl IN ('status_period', 'need', 'person_link', 'contact_pupil', 'amendment')";

/// The run a member or session belongs to, as the index over the journal has it.
const PROVISION: &str = "iif(json_valid(coalesce(after, before)),
     json_extract(coalesce(after, before), '$.provision'), NULL)";

/// The child a member is, as the index over the journal has it.
const PUPIL: &str = "iif(json_valid(coalesce(after, before)),
     json_extract(coalesce(after, before), '$.pupil'), NULL)";

/// The rows of the journal that are a record's own.
const OWN_ROWS: &str = "SELECT id FROM journal_row WHERE tbl = ?1 AND pk = ?2";

fn owned_rows(tables: &str) -> String {
    format!("SELECT id FROM journal_row WHERE {OWNED} AND tbl IN ({tables}) AND {OWNER} = ?2")
}

/// The table of a kind.
pub(super) fn table(kind: Kind) -> &'static str {
    match kind {
        Kind::Pupil => "pupil",
        Kind::Status => "status_period",
        Kind::Need => "need",
        Kind::Person => "person_link",
        Kind::Contact => "contact",
        Kind::Amendment | Kind::Strike => "amendment",
        Kind::Task => "task",
        Kind::Term => "term",
        Kind::Closure => "closure",
        Kind::Staff => "staff",
        Kind::Rate => "rate",
        Kind::ProvisionType => "provision_type",
        Kind::Provision => "provision",
        Kind::Member => "member",
        Kind::Session => "session",
        Kind::Hours => "hours",
    }
}

/// The rows that concern a record: its own, and of what belongs to it.
pub(super) fn rows_of(kind: Kind) -> String {
    match kind {
        Kind::Pupil => format!(
            "{OWN_ROWS} UNION {} UNION
             SELECT id FROM journal_row WHERE tbl = 'person' AND pk IN
               (SELECT person FROM person_link WHERE pupil = ?2) UNION
             SELECT id FROM journal_row WHERE tbl = 'member' AND {PUPIL} = ?2",
            owned_rows("'status_period', 'need', 'person_link'")
        ),
        Kind::Contact => format!(
            "{OWN_ROWS} UNION {} UNION
             SELECT id FROM journal_row WHERE tbl = 'task' AND pk IN
               (SELECT id FROM task WHERE source = ?2)",
            owned_rows("'contact_pupil', 'amendment'")
        ),
        Kind::Person => format!(
            "{OWN_ROWS} UNION
             SELECT id FROM journal_row WHERE tbl = 'person' AND pk =
               (SELECT person FROM person_link WHERE id = ?2)"
        ),
        Kind::Provision => format!(
            "{OWN_ROWS} UNION
             SELECT id FROM journal_row WHERE tbl IN ('member', 'session') AND {PROVISION} = ?2"
        ),
        _ => OWN_ROWS.to_owned(),
    }
}

/// One row of a step, as far as it tells whose it is.
struct Row {
    table: String,
    id: i64,
    pupil: Option<i64>,
    contact: Option<i64>,
}

/// The records of a step. The pluses keep the planner from the index of records: the rows of a step stand side by side.
pub(super) const TOUCHED: &str = "SELECT tbl, pk, json_extract(coalesce(after, before), '$.pupil'),
                   json_extract(coalesce(after, before), '$.contact')
                 FROM journal_row, (SELECT first_row, row_count FROM journal_step WHERE id = ?1)
                 WHERE id >= first_row AND id < first_row + row_count
                   AND +tbl NOT IN ('school', 'setting')
                 GROUP BY +tbl, +pk ORDER BY min(id)";

impl Store {
    /// The records a step concerned, in the order it came to them, each with its pupil where it has one; an entry of
    /// the diary with the child named first.
    pub fn touched(&self, step: StepId) -> Result<Vec<Touched>> {
        self.read(|conn| {
            let mut rows = conn.prepare_cached(TOUCHED)?;
            let rows = rows.query_map([step.0], |row| {
                Ok(Row {
                    table: row.get(0)?,
                    id: row.get(1)?,
                    pupil: row.get(2)?,
                    contact: row.get(3)?,
                })
            })?;
            let rows: Vec<Row> = rows.collect::<rusqlite::Result<_>>()?;
            let mut seen = HashSet::new();
            let mut touched = Vec::new();
            for row in &rows {
                let Some((kind, id)) = record(conn, row)? else {
                    continue;
                };
                if seen.insert((kind, id)) {
                    touched.push((kind, id, owner(conn, kind, id, row, &rows)?));
                }
            }
            Ok(touched)
        })
    }

    /// The steps that touched a record, newest first: of a pupil also its statuses, needs and people, of an entry also
    /// its children, amendments and follow-up.
    pub fn history_of(&self, kind: Kind, id: i64) -> Result<Vec<Step>> {
        self.read(|conn| {
            // A step's rows stand side by side, so the step of a row is the last that begins at or before it.
            let mut steps = conn.prepare_cached(&format!(
                "SELECT {STEP_COLUMNS}, {IN_EFFECT}, {SET_BACK} FROM journal_step AS step
                 WHERE id IN (SELECT step FROM journal_row WHERE id IN ({}))
                 ORDER BY id DESC",
                rows_of(kind)
            ))?;
            let steps = steps.query_map(params![table(kind), id], read_step)?;
            Ok(steps.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// The record a row is of, or belongs to.
fn record(conn: &Connection, row: &Row) -> Result<Option<(Kind, i64)>> {
    let kind = match row.table.as_str() {
        "contact_pupil" | "amendment" => {
            return Ok(row.contact.map(|contact| (Kind::Contact, contact)));
        }
        "person" => {
            let link = conn
                .prepare_cached("SELECT id FROM person_link WHERE person = ?1 ORDER BY id LIMIT 1")?
                .query_row([row.id], |row| row.get(0))
                .optional()?;
            return Ok(link.map(|link| (Kind::Person, link)));
        }
        name => Kind::ALL.into_iter().find(|kind| table(*kind) == name),
    };
    Ok(kind.map(|kind| (kind, row.id)))
}

/// Whose a touched record is. Of an entry that is gone, the step itself still tells.
fn owner(
    conn: &Connection,
    kind: Kind,
    id: i64,
    row: &Row,
    rows: &[Row],
) -> Result<Option<PupilId>> {
    let of_step = || {
        let child = |one: &&Row| one.table == "contact_pupil" && one.contact == Some(id);
        rows.iter().find(child).and_then(|one| one.pupil)
    };
    Ok(match kind {
        Kind::Pupil => Some(PupilId(id)),
        Kind::Contact => {
            contact::first_pupil(conn, ContactId(id))?.or_else(|| of_step().map(PupilId))
        }
        Kind::Person if row.table == "person" => conn
            .prepare_cached("SELECT pupil FROM person_link WHERE id = ?1")?
            .query_row([id], |row| row.get(0).map(PupilId))
            .optional()?,
        _ => row.pupil.map(PupilId),
    })
}
