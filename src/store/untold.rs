//! Of whom parents are to be told: special educational provision is made, there is no EHC plan, and no day is recorded on
//! which they were told. And from which day on records are kept here: what was before that is kept elsewhere.

use super::error::{Error, Result};
use super::{Store, Writer, read_day, setting};
use crate::domain::date;
use crate::domain::id::PupilId;
use crate::domain::untold::{KeptFrom, Untold};
use chrono::NaiveDate;
use rusqlite::{Connection, params};

/// The setting with the day, and the one that says where the rest is.
const FROM: &str = "records_from";
const ELSEWHERE: &str = "records_elsewhere";

/// The first provision of each child that parents were not told of. What all get is no special educational provision; told
/// counts in whatever period of status reaches into the time since.
const SQL: &str = "
    SELECT member.pupil, member.starts, provision_type.name
    FROM member
    JOIN provision ON provision.id = member.provision
    JOIN provision_type ON provision_type.id = provision.type
    WHERE member.binned_at IS NULL AND provision.binned_at IS NULL
      AND (provision_type.tier IS NULL OR provision_type.tier <> 'universal')
      AND member.starts <= ?1 AND member.starts >= ?2
      AND (?3 IS NULL OR member.pupil = ?3)
      AND NOT EXISTS (
        SELECT 1 FROM status_period AS held
        WHERE held.pupil = member.pupil
          AND ((held.code = 'E' AND held.ends IS NULL)
            OR (held.parents_informed IS NOT NULL
              AND (held.ends IS NULL OR held.ends >= member.starts))))
    ORDER BY member.pupil, member.starts, member.id";

impl Store {
    /// The children whose parents are to be told, on roll or not, each with the first provision it is for.
    pub fn untold(&self, today: NaiveDate) -> Result<Vec<(PupilId, Untold)>> {
        self.read(|conn| untold(conn, today, None))
    }

    /// As [`Store::untold`], of one child.
    pub fn untold_of(&self, pupil: PupilId, today: NaiveDate) -> Result<Option<Untold>> {
        self.read(|conn| {
            let found = untold(conn, today, Some(pupil))?;
            Ok(found.into_iter().next().map(|(_, untold)| untold))
        })
    }

    /// From which day on records are kept here; `None` where nobody said.
    pub fn kept_from(&self) -> Result<Option<KeptFrom>> {
        self.read(kept_from)
    }
}

fn kept_from(conn: &Connection) -> Result<Option<KeptFrom>> {
    let day = setting::read(conn, FROM)?;
    let Some(day) = day.as_deref().and_then(date::from_iso) else {
        return Ok(None);
    };
    let elsewhere = setting::read(conn, ELSEWHERE)?;
    Ok(Some(KeptFrom {
        day,
        elsewhere: elsewhere.filter(|text| !text.is_empty()),
    }))
}

fn untold(
    conn: &Connection,
    today: NaiveDate,
    pupil: Option<PupilId>,
) -> Result<Vec<(PupilId, Untold)>> {
    let from = kept_from(conn)?.map(|kept| date::iso(kept.day));
    let mut rows = conn.prepare_cached(SQL)?;
    let mut rows = rows.query(params![
        date::iso(today),
        from.unwrap_or_default(),
        pupil.map(|id| id.0)
    ])?;
    let mut found: Vec<(PupilId, Untold)> = Vec::new();
    while let Some(row) = rows.next()? {
        let id = PupilId(row.get(0)?);
        let Some(since) = read_day(row, 1)? else {
            continue;
        };
        if found.last().is_none_or(|(last, _)| *last != id) {
            let provision = row.get(2)?;
            found.push((id, Untold { since, provision }));
        }
    }
    Ok(found)
}

impl Writer<'_> {
    /// Keeps the day from which records are kept here, and where those from before are; `None` forgets both.
    ///
    /// # Errors
    /// [`Error::Refused`] for a day that lies ahead.
    pub fn keep_from(&mut self, kept: Option<&KeptFrom>) -> Result<()> {
        let Some(kept) = kept else {
            setting::remove(self.conn, FROM)?;
            setting::remove(self.conn, ELSEWHERE)?;
            return Ok(());
        };
        if kept.day > self.today {
            return Err(Error::Refused {
                text: format!(
                    "{} lies ahead: records are kept here from a day that has come.",
                    date::full(kept.day)
                ),
            });
        }
        self.set_setting(FROM, &date::iso(kept.day))?;
        match &kept.elsewhere {
            Some(text) => self.set_setting(ELSEWHERE, text),
            None => Ok(setting::remove(self.conn, ELSEWHERE)?),
        }
    }
}
