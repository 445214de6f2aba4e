//! The rate a run's planned cost is reckoned at: noted once, and anew only while it lies ahead or by a verb of its own.

use super::error::{Error, Result};
use super::{Writer, provision};
use crate::domain::date;
use crate::domain::id::{ProvisionId, StaffId};
use crate::domain::provision::Provision;
use crate::domain::provision::cost::{Unknown, planned, pounds};
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

/// The last rate that began on or before the first day of a run.
pub(super) const ON_FIRST_DAY: &str = "SELECT pence_hour FROM rate
     WHERE rate.staff = provision.staff AND rate.starts <= provision.starts
     ORDER BY rate.starts DESC, rate.id DESC LIMIT 1";

/// A run costed anew: as it was and as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recosted {
    /// Before.
    pub was: Provision,
    /// After.
    pub now: Provision,
}

impl Recosted {
    /// True where the rate noted is the one in force on its first day already.
    pub fn is_same(&self) -> bool {
        self.was.planned_rate == self.now.planned_rate
    }

    /// `planned £192 at £16 an hour, now £201.60 at £16.80 (£9.60 more)`.
    pub fn told(&self) -> String {
        let at = |run: &Provision| run.planned_rate.map_or_else(String::new, pounds);
        let (Ok(was), Ok(now)) = (planned(&self.was), planned(&self.now)) else {
            let now = planned(&self.now).unwrap_or_default();
            return format!("planned {} at {} an hour", pounds(now), at(&self.now));
        };
        let more = match now - was {
            0 => "no difference".to_owned(),
            less if less < 0 => format!("{} less", pounds(-less)),
            more => format!("{} more", pounds(more)),
        };
        format!(
            "planned {} at {} an hour, now {} at {} ({more})",
            pounds(was),
            at(&self.was),
            pounds(now),
            at(&self.now)
        )
    }
}

impl Writer<'_> {
    /// Pence an hour of somebody on a day, as rates have it.
    pub(super) fn rate_on(&self, staff: Option<StaffId>, day: NaiveDate) -> Result<Option<i64>> {
        let Some(staff) = staff else {
            return Ok(None);
        };
        let rate = self
            .conn
            .prepare_cached(
                "SELECT pence_hour FROM rate WHERE staff = ?1 AND starts <= ?2
                 ORDER BY starts DESC, id DESC LIMIT 1",
            )?
            .query_row(params![staff.0, date::iso(day)], |row| row.get(0))
            .optional()?;
        Ok(rate)
    }

    /// Notes the rate on the runs of somebody that wait for one: the step that brings it is the first that can.
    pub(super) fn note_rate(&mut self, staff: StaffId) -> Result<()> {
        self.conn
            .prepare_cached(&format!(
                "UPDATE provision SET planned_rate = ({ON_FIRST_DAY})
                 WHERE staff = ?1 AND planned_rate IS NULL AND EXISTS ({ON_FIRST_DAY})"
            ))?
            .execute([staff.0])?;
        Ok(())
    }

    /// The rate a run keeps that was `was`: what is noted, but anew where none is, or where the run had not begun and
    /// has other staff or another first day now.
    pub(super) fn rate_kept(&self, was: &Provision, run: &Provision) -> Result<Option<i64>> {
        let moved = (was.staff, was.starts) != (run.staff, run.starts);
        if was.planned_rate.is_some() && !(moved && self.today < was.starts) {
            return Ok(was.planned_rate);
        }
        self.rate_on(run.staff, run.starts)
    }

    /// Reckons the planned cost of a run anew, at the rate that is on file for its first day by now.
    ///
    /// # Errors
    /// [`Error::NoSuchRecord`]; [`Error::Refused`] where nobody runs it or no rate is on file.
    pub fn recost(&mut self, id: ProvisionId) -> Result<Recosted> {
        let was = self.live_provision(id)?;
        let Some(rate) = self.rate_on(was.staff, was.starts)? else {
            let why = match was.staff {
                Some(_) => Unknown::NoRate(was.starts),
                None => Unknown::Nobody,
            };
            return Err(Error::Refused {
                text: format!("{id} stays as it was planned: {why}."),
            });
        };
        if was.planned_rate != Some(rate) {
            self.conn
                .prepare_cached("UPDATE provision SET planned_rate = ?1 WHERE id = ?2")?
                .execute(params![rate, id.0])?;
        }
        let now = provision::live(self.conn, id)?.unwrap_or_else(|| was.clone());
        Ok(Recosted { was, now })
    }
}
