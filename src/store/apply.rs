//! A whole import: what the user agreed to, and no more, in one step.

use super::error::{Error, Result};
use super::file::Room;
use super::history::newest_change;
use super::{Writer, need, no_record, pupil, status};
use crate::domain::batch::plan::{OnFile, compare};
use crate::domain::batch::{Incoming, Mend, Plan, Whom};
use crate::domain::code::{NeedReading, StatusReading};
use crate::domain::form::Kind;
use crate::domain::id::{NeedId, PupilId, StatusId};
use crate::domain::pupil::{Need, Pupil, StatusPeriod};
use chrono::{Days, NaiveDate};

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applied {
    /// Pupils added.
    pub added: usize,
    /// Pupils changed.
    pub changed: usize,
    /// Rows given to the pupil the user chose.
    pub chosen: usize,
    /// Statuses and sets of needs taken from the office.
    pub mended: usize,
    /// Pupils marked as having left.
    pub left: usize,
    /// Pupils marked as back on roll.
    pub returned: usize,
}

impl Applied {
    /// What was done, in words: `3 added, 1 changed`.
    pub fn in_words(&self) -> String {
        let parts = [
            (self.added, "added"),
            (self.changed, "changed"),
            (self.chosen, "given to the pupil you chose"),
            (self.mended, "taken from the office"),
            (self.left, "marked as having left"),
            (self.returned, "back on roll"),
        ];
        let told: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if told.is_empty() {
            "nothing to write".to_owned()
        } else {
            told.join(", ")
        }
    }
}

impl Writer<'_> {
    /// Makes room in memory for a step of very many rows, until it is committed.
    pub fn expect_many(&mut self) -> Result<()> {
        self.room = Some(Room::make(self.conn)?);
        Ok(())
    }

    /// Writes a plan: new pupils, the listed fields of known ones, and of leavers, differing statuses and needs, and
    /// unclear rows those the user ticked. Year groups are noted for the academic year of `today`.
    ///
    /// A status taken from the office ends ours the day before it begins; where ours began that day or later it was
    /// never in force, so its code is put right instead. Of needs taken, those on both sides keep their dates.
    ///
    /// # Errors
    /// [`Error::RegisterMoved`] when there is a newer step than the plan's basis; [`Error::NoSuchRecord`] when a pupil
    /// of the plan is no longer on file.
    pub fn apply(&mut self, plan: &Plan, today: NaiveDate) -> Result<Applied> {
        if let Some(basis) = plan.basis
            && newest_change(self.conn)? != basis
        {
            return Err(Error::RegisterMoved);
        }
        let mut applied = Applied {
            added: plan.added.len(),
            changed: plan.changed.len(),
            ..Applied::default()
        };
        self.take_on_all(&plan.added, today)?;
        for change in &plan.changed {
            let fields: Vec<&str> = change.fields.iter().map(|field| field.field).collect();
            self.take_fields(change.pupil, &change.incoming, &fields, today)?;
        }
        for mend in plan.office_to_mend.iter().filter(|mend| mend.take) {
            self.take_mend(mend, today)?;
            applied.mended += 1;
        }
        for ask in &plan.asks {
            let chosen = match ask.choice {
                None => continue,
                Some(Whom::New) => {
                    self.take_on(&ask.incoming, today)?;
                    applied.added += 1;
                    continue;
                }
                Some(Whom::Pupil(chosen)) => chosen,
            };
            let ours = self.on_file(chosen)?;
            let (fields, _) = compare(&ask.incoming, &ours, today);
            let fields: Vec<&str> = fields.iter().map(|field| field.field).collect();
            self.take_fields(chosen, &ask.incoming, &fields, today)?;
            applied.chosen += 1;
        }
        for leaver in plan.left.iter().filter(|leaver| leaver.take) {
            let mut pupil = self.pupil(leaver.pupil)?;
            if !pupil.is_leaver(today) {
                pupil.left_on = Some(today);
                self.update_pupil(&pupil)?;
            }
            applied.left += 1;
        }
        for returner in plan.returned.iter().filter(|returner| returner.take) {
            let mut pupil = self.pupil(returner.pupil)?;
            pupil.left_on = None;
            self.update_pupil(&pupil)?;
            applied.returned += 1;
        }
        Ok(applied)
    }

    /// New pupils. A first import of many goes into bare tables and the indexes are made at the end, in one sort each:
    /// keeping them up row by row would take half as long again.
    fn take_on_all(&mut self, added: &[Incoming], today: NaiveDate) -> Result<()> {
        if added.len() < MANY {
            for incoming in added {
                self.take_on(incoming, today)?;
            }
            return Ok(());
        }
        self.expect_many()?;
        let empty = !self.conn.prepare("SELECT 1 FROM pupil")?.exists([])?;
        let indexes = if empty {
            self.drop_indexes()?
        } else {
            Vec::new()
        };
        for incoming in added {
            self.take_on(incoming, today)?;
        }
        for sql in indexes {
            self.conn.execute_batch(&sql)?;
        }
        Ok(())
    }

    /// Drops the indexes of the register inside the open step, and gives the statements that make them again. The one
    /// by which overlaps are found stays.
    fn drop_indexes(&self) -> Result<Vec<String>> {
        let mut indexes = self.conn.prepare(
            "SELECT name, sql FROM sqlite_schema
             WHERE type = 'index' AND tbl_name IN ('pupil', 'status_period', 'need')
               AND sql IS NOT NULL AND name <> 'status_period_pupil'",
        )?;
        let indexes: Vec<(String, String)> = indexes
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (name, _) in &indexes {
            self.conn.execute_batch(&format!("DROP INDEX {name}"))?;
        }
        Ok(indexes.into_iter().map(|(_, sql)| sql).collect())
    }

    fn pupil(&self, id: PupilId) -> Result<Pupil> {
        pupil::find(self.conn, id)?.ok_or_else(|| no_record(Kind::Pupil, id.0))
    }

    fn on_file(&self, id: PupilId) -> Result<OnFile> {
        Ok(OnFile {
            pupil: self.pupil(id)?,
            status: status::open(self.conn, id)?.map(|period| period.code),
            needs: need::lasting(self.conn, id)?
                .into_iter()
                .map(|need| need.code)
                .collect(),
        })
    }

    fn take_on(&mut self, incoming: &Incoming, today: NaiveDate) -> Result<()> {
        let mut pupil = Pupil::blank(PupilId(0));
        for field in FIELDS {
            set(&mut pupil, field, incoming, today);
        }
        let id = self.insert_pupil(&pupil)?;
        if let Some(reading) = &incoming.status {
            self.note_period(id, reading, incoming.status_from, incoming.status_to)?;
        }
        self.note_left_out(id, &incoming.left_out)?;
        self.note_needs(id, &incoming.needs, incoming.status_from)
    }

    fn take_fields(
        &mut self,
        id: PupilId,
        incoming: &Incoming,
        fields: &[&str],
        today: NaiveDate,
    ) -> Result<()> {
        let mut pupil = self.pupil(id)?;
        for field in fields {
            set(&mut pupil, field, incoming, today);
        }
        self.update_pupil(&pupil)?;
        // Only into an empty place: somebody may have filled it since the plan was made.
        if let Some(reading) = incoming.status_now()
            && fields.contains(&"status")
            && status::open(self.conn, id)?.is_none()
        {
            self.note_first_status(id, reading, incoming.status_from)?;
        }
        if fields.contains(&"need") && need::lasting(self.conn, id)?.is_empty() {
            self.note_needs(id, &incoming.needs, incoming.status_from)?;
        }
        Ok(())
    }

    /// Opens a status after whatever was held before.
    fn note_first_status(
        &mut self,
        pupil: PupilId,
        reading: &StatusReading,
        from: Option<NaiveDate>,
    ) -> Result<()> {
        let held = status::of(self.conn, pupil)?;
        let after = held
            .iter()
            .filter_map(|period| period.ends?.checked_add_days(Days::new(1)))
            .max();
        self.note_status(pupil, reading, from.max(after))
    }

    fn note_status(
        &mut self,
        pupil: PupilId,
        reading: &StatusReading,
        starts: Option<NaiveDate>,
    ) -> Result<()> {
        self.note_period(pupil, reading, starts, None)
    }

    fn note_period(
        &mut self,
        pupil: PupilId,
        reading: &StatusReading,
        starts: Option<NaiveDate>,
        ends: Option<NaiveDate>,
    ) -> Result<()> {
        let period = StatusPeriod {
            id: StatusId(0),
            pupil,
            code: reading.code.clone(),
            starts,
            ends,
            reason: None,
            parents_informed: None,
        };
        self.insert_status(&period, reading.flag.as_deref())?;
        Ok(())
    }

    fn note_needs(
        &mut self,
        pupil: PupilId,
        needs: &[NeedReading],
        starts: Option<NaiveDate>,
    ) -> Result<()> {
        for (index, reading) in needs.iter().enumerate() {
            self.note_need(pupil, reading, index as i64 + 1, starts)?;
        }
        Ok(())
    }

    fn note_need(
        &mut self,
        pupil: PupilId,
        reading: &NeedReading,
        rank: i64,
        starts: Option<NaiveDate>,
    ) -> Result<()> {
        let need = Need {
            id: NeedId(0),
            pupil,
            code: reading.code.clone(),
            rank,
            starts,
            ends: None,
        };
        self.insert_need(&need, reading.flag.as_deref())?;
        Ok(())
    }

    fn take_mend(&mut self, mend: &Mend, today: NaiveDate) -> Result<()> {
        self.must_exist(mend.pupil)?;
        match (&mend.incoming.status, mend.field) {
            (Some(_), "status") if mend.incoming.status_to.is_some() => {
                self.end_status(mend.pupil, mend.incoming.status_to)
            }
            (Some(reading), "status") => {
                let from = mend.incoming.status_from.unwrap_or(today);
                self.mend_status(mend.pupil, reading, from)
            }
            (_, "need") => self.mend_needs(mend.pupil, &mend.incoming.needs, today),
            _ => Ok(()),
        }
    }

    /// Ends the open status on the day the office has, or on its first day where that is later.
    fn end_status(&mut self, pupil: PupilId, to: Option<NaiveDate>) -> Result<()> {
        let Some(mut ours) = status::open(self.conn, pupil)? else {
            return Ok(());
        };
        ours.ends = to.max(ours.starts);
        self.update_status(&ours)
    }

    fn mend_status(
        &mut self,
        pupil: PupilId,
        reading: &StatusReading,
        from: NaiveDate,
    ) -> Result<()> {
        let Some(mut ours) = status::open(self.conn, pupil)? else {
            return self.note_first_status(pupil, reading, Some(from));
        };
        if ours.starts.is_some_and(|began| began >= from) {
            ours.code.clone_from(&reading.code);
            return self.update_status(&ours);
        }
        ours.ends = from.checked_sub_days(Days::new(1));
        self.update_status(&ours)?;
        self.note_status(pupil, reading, Some(from))
    }

    fn mend_needs(
        &mut self,
        pupil: PupilId,
        theirs: &[NeedReading],
        today: NaiveDate,
    ) -> Result<()> {
        let mut ours = need::lasting(self.conn, pupil)?;
        for (index, reading) in theirs.iter().enumerate() {
            let rank = index as i64 + 1;
            match ours.iter().position(|need| need.code == reading.code) {
                Some(at) => {
                    let kept = ours.remove(at);
                    self.update_need(&Need { rank, ..kept })?;
                }
                None => self.note_need(pupil, reading, rank, Some(today))?,
            }
        }
        let yesterday = today.checked_sub_days(Days::new(1));
        for need in ours {
            let ends = need.starts.max(yesterday);
            self.update_need(&Need { ends, ..need })?;
        }
        Ok(())
    }
}

/// From how many new pupils on an import is worth preparing for.
const MANY: usize = 5_000;

/// What a file can fill of a pupil, by the names `set` takes.
const FIELDS: [&str; 13] = [
    "upn",
    "former_upn",
    "mis_id",
    "surname",
    "forename",
    "middle_names",
    "preferred_forename",
    "dob",
    "sex",
    "year",
    "class",
    "home_la",
    "left_on",
];

fn set(pupil: &mut Pupil, field: &str, incoming: &Incoming, today: NaiveDate) {
    match field {
        "upn" => pupil.upn.clone_from(&incoming.upn),
        "former_upn" => pupil.former_upn.clone_from(&incoming.former_upn),
        "mis_id" => pupil.mis_id.clone_from(&incoming.mis_id),
        "surname" => pupil.surname = incoming.surname.clone().unwrap_or_default(),
        "forename" => pupil.forename = incoming.forename.clone().unwrap_or_default(),
        "middle_names" => pupil.middle_names.clone_from(&incoming.middle_names),
        "preferred_forename" => pupil
            .preferred_forename
            .clone_from(&incoming.preferred_forename),
        "dob" => pupil.dob = incoming.dob,
        "sex" => pupil.sex.clone_from(&incoming.sex),
        "year" => pupil::set_year(pupil, incoming.year.as_deref(), today),
        "class" => pupil.class.clone_from(&incoming.class),
        "home_la" => pupil.home_la.clone_from(&incoming.home_la),
        "left_on" => pupil.left_on = incoming.left_on,
        _ => {}
    }
}

#[cfg(test)]
mod tests;
