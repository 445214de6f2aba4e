//! The register: names in memory, lines by page, orders. Only what a screen shows is read.

use super::error::Result;
use super::history::newest_change;
use super::{Store, left_out, pupil, read_day};
use crate::domain::batch::plan::OnFile;
use crate::domain::code::Status;
use crate::domain::date;
use crate::domain::finder::NameIndex;
use crate::domain::id::{PupilId, StepId};
use crate::domain::pupil::{Line, Order};
use crate::domain::year::{self, AcademicYear};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};

impl Store {
    /// All names in name order, with class, status and whether the child is on roll on that day. Two indexes are read
    /// through, no table.
    pub fn names(&self, today: NaiveDate) -> Result<NameIndex> {
        let today = date::iso(today);
        self.read(|conn| {
            let most: i64 = conn
                .prepare_cached("SELECT coalesce(max(id), 0) FROM pupil")?
                .query_row([], |row| row.get(0))?;
            let mut held = vec![None; most as usize + 1];
            each_open_status(conn, |id, code| {
                if let Some(place) = held.get_mut(id as usize) {
                    *place = Status::from_code(code);
                }
            })?;
            let mut index = NameIndex::with_capacity(most as usize);
            let mut rows = conn.prepare_cached(&format!(
                "SELECT id, name_key, class, left_on FROM pupil ORDER BY {}",
                pupil::NAME_ORDER
            ))?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                let text = |at: usize| row.get_ref(at).map(|value| value.as_str_or_null());
                let (Ok(Some(name)), Ok(class), Ok(left)) = (text(1)?, text(2)?, text(3)?) else {
                    continue;
                };
                index.push(
                    PupilId(id),
                    name,
                    class.unwrap_or_default(),
                    held.get(id as usize).copied().flatten(),
                    left.is_none_or(|day| day > today.as_str()),
                );
            }
            Ok(index)
        })
    }

    /// The lines of these pupils, in the order asked; ids of nobody are skipped.
    pub fn lines(&self, ids: &[PupilId]) -> Result<Vec<Line>> {
        self.read(|conn| {
            let mut pupils = conn.prepare_cached(&format!(
                "SELECT {}, status_period.code, status_period.starts FROM pupil
                 LEFT JOIN status_period ON status_period.pupil = pupil.id AND status_period.ends IS NULL
                 WHERE pupil.id = ?1",
                qualified()
            ))?;
            let mut needs = conn.prepare_cached(
                "SELECT code, rank FROM need WHERE pupil = ?1 AND ends IS NULL ORDER BY rank, id",
            )?;
            let mut lines = Vec::with_capacity(ids.len());
            for id in ids {
                let line = pupils
                    .query_row([id.0], |row| {
                        Ok(Line {
                            pupil: pupil::read(row)?,
                            status: row.get(pupil::WIDTH)?,
                            status_since: read_day(row, pupil::WIDTH + 1)?,
                            needs: Vec::new(),
                            left_out: Vec::new(),
                        })
                    })
                    .optional()?;
                let Some(mut line) = line else { continue };
                let found = needs.query_map([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
                line.needs = found.collect::<rusqlite::Result<_>>()?;
                line.left_out = left_out::of(conn, *id)?;
                lines.push(line);
            }
            Ok(lines)
        })
    }

    /// Every line, in name order: three passes, whatever their number.
    pub fn all_lines(&self) -> Result<Vec<Line>> {
        self.read(|conn| {
            let mut pupils = conn.prepare_cached(&format!(
                "SELECT {} FROM pupil ORDER BY {}",
                pupil::COLUMNS,
                pupil::NAME_ORDER
            ))?;
            let mut lines = Vec::new();
            let mut place = Vec::new();
            let mut rows = pupils.query([])?;
            while let Some(row) = rows.next()? {
                let pupil = pupil::read(row)?;
                let id = pupil.id.0 as usize;
                if place.len() <= id {
                    place.resize(id + 1, usize::MAX);
                }
                place[id] = lines.len();
                lines.push(Line {
                    pupil,
                    status: None,
                    status_since: None,
                    needs: Vec::new(),
                    left_out: Vec::new(),
                });
            }
            let at = |id: i64| place.get(id as usize).copied().unwrap_or(usize::MAX);
            left_out::each(conn, |id, cells| {
                if let Some(line) = lines.get_mut(at(id)) {
                    line.left_out = cells;
                }
            })?;
            let mut statuses = conn.prepare_cached(
                "SELECT pupil, code, starts FROM status_period WHERE ends IS NULL",
            )?;
            let mut rows = statuses.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(line) = lines.get_mut(at(row.get(0)?)) {
                    line.status = row.get(1)?;
                    line.status_since = read_day(row, 2)?;
                }
            }
            let mut needs = conn.prepare_cached(
                "SELECT pupil, code, rank FROM need WHERE ends IS NULL ORDER BY pupil, rank, id",
            )?;
            let mut rows = needs.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(line) = lines.get_mut(at(row.get(0)?)) {
                    line.needs.push((row.get(1)?, row.get(2)?));
                }
            }
            Ok(lines)
        })
    }

    /// How many pupils there can be at most: the newest id, which costs nothing to find.
    pub fn pupils_at_most(&self) -> Result<i64> {
        self.read(|conn| {
            let newest = conn
                .prepare_cached("SELECT coalesce(max(id), 0) FROM pupil")?
                .query_row([], |row| row.get(0))?;
            Ok(newest)
        })
    }

    /// Everyone as an import compares them, in name order.
    pub fn on_file(&self) -> Result<Vec<OnFile>> {
        let lines = self.all_lines()?;
        Ok(lines
            .into_iter()
            .map(|line| OnFile {
                pupil: line.pupil,
                status: line.status,
                needs: line.needs.into_iter().map(|(code, _)| code).collect(),
            })
            .collect())
    }

    /// Everyone as an import compares them, and the newest step they come from, for [`Plan::basis`].
    ///
    /// [`Plan::basis`]: crate::domain::batch::Plan::basis
    pub fn on_file_at(&self) -> Result<(Vec<OnFile>, StepId)> {
        self.read(|conn| {
            // One transaction: what is read and the step it is told to come from belong together.
            let reading = conn.unchecked_transaction()?;
            let step = newest_change(conn)?;
            let on_file = self.on_file()?;
            reading.finish()?;
            Ok((on_file, step))
        })
    }

    /// Everyone, in this order.
    pub fn ordered(&self, by: Order) -> Result<Vec<PupilId>> {
        let now = AcademicYear::of(self.today());
        self.read(|conn| match by {
            Order::Name => sorted(conn, "id", |_| Ok(())),
            Order::Dob => sorted(conn, "dob", |row| {
                let dob: Option<String> = row.get(1)?;
                Ok((dob.is_none(), dob))
            }),
            Order::Class => sorted(conn, "class", |row| {
                let class: Option<String> = row.get(1)?;
                Ok((
                    class.is_none(),
                    class_key(class.as_deref().unwrap_or_default()),
                ))
            }),
            Order::Year => sorted(conn, "year, year_of", |row| {
                let stored: Option<String> = row.get(1)?;
                let of = row.get::<_, Option<i32>>(2)?.map_or(now, AcademicYear);
                let key = stored.map(|stored| year::sort_key(year::moved_on(&stored, of, now)));
                Ok((key.is_none(), key))
            }),
            Order::Status => {
                let mut held = std::collections::HashMap::new();
                each_open_status(conn, |id, code| {
                    held.insert(id, status_key(Status::from_code(code)));
                })?;
                sorted(conn, "id", |row| {
                    Ok(held.get(&row.get(0)?).copied().unwrap_or(status_key(None)))
                })
            }
        })
    }
}

fn status_key(status: Option<Status>) -> u8 {
    match status {
        Some(Status::E) => 0,
        Some(Status::K) => 1,
        Some(Status::N) => 2,
        None => 3,
    }
}

/// `10A` after `9B`: the number a class begins with, then the rest.
fn class_key(class: &str) -> (u64, String) {
    let digits = class.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = class.split_at(digits);
    (
        number.parse().unwrap_or(u64::MAX),
        crate::domain::text::fold(rest),
    )
}

/// The index that holds the code too; left to itself the planner takes the unique one and then every row.
pub(super) const OPEN_STATUSES: &str =
    "SELECT pupil, code FROM status_period INDEXED BY status_period_open WHERE ends IS NULL";

fn each_open_status(conn: &Connection, mut with: impl FnMut(i64, &str)) -> Result<()> {
    let mut rows = conn.prepare_cached(OPEN_STATUSES)?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        with(row.get(0)?, row.get_ref(1)?.as_str().unwrap_or_default());
    }
    Ok(())
}

/// Ids by a key of the columns named, which follow the id; read in name order, so that names break ties.
fn sorted<K: Ord>(
    conn: &Connection,
    columns: &str,
    key: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<K>,
) -> Result<Vec<PupilId>> {
    let mut rows = conn.prepare_cached(&format!(
        "SELECT id, {columns} FROM pupil ORDER BY {}",
        pupil::NAME_ORDER
    ))?;
    let mut keyed: Vec<(K, i64)> = rows
        .query_map([], |row| Ok((key(row)?, row.get(0)?)))?
        .collect::<rusqlite::Result<_>>()?;
    keyed.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(keyed.into_iter().map(|(_, id)| PupilId(id)).collect())
}

/// The pupil's columns where another table is joined.
fn qualified() -> String {
    let columns: Vec<String> = pupil::COLUMNS
        .split(',')
        .map(|column| format!("pupil.{}", column.trim()))
        .collect();
    columns.join(", ")
}
