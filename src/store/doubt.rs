//! What is not plain about a record, as far as what is on file tells.

use super::error::Result;
use super::{Store, day, fit, text, whole};
use crate::domain::calendar::Term;
use crate::domain::doubt::{self, Doubts};
use crate::domain::form::{Kind, Values};
use crate::domain::id::{ProvisionId, RateId, SessionId, StaffId, TermId};
use crate::domain::provision::{self as run, how_often};

impl Store {
    /// What is to be asked before a record is kept, and told once it is: `id` is its number where it is on file, `values`
    /// are those given. What was so before is not asked about again.
    pub fn doubts(&self, kind: Kind, id: Option<i64>, values: &Values) -> Result<Doubts> {
        let mut all = match id {
            Some(id) => self.values(kind, id)?.unwrap_or_default(),
            None => Values::new(),
        };
        all.extend(values.clone());
        let given = |fields: &[&str]| fields.iter().any(|field| values.contains_key(field));
        match kind {
            Kind::Rate if given(&["pence_hour", "staff"]) => self.rate_doubts(id, &all),
            Kind::Term if !values.is_empty() => self.term_doubts(id, &all),
            Kind::Session if id.is_none() || given(&["date", "provision"]) => {
                self.session_doubts(id, &all)
            }
            Kind::Member if id.is_none() || given(&["from", "provision"]) => {
                self.member_doubts(id, &all)
            }
            Kind::Provision | Kind::ProvisionType => self.shape_doubts(kind, id, values, &all),
            _ => Ok(Doubts::default()),
        }
    }

    fn rate_doubts(&self, id: Option<i64>, all: &Values) -> Result<Doubts> {
        let (Some(pence), Some(of)) = (whole(all, "pence_hour"), whole(all, "staff")) else {
            return Ok(Doubts::default());
        };
        let others = self.rate_rows()?.into_iter();
        let others: Vec<i64> = others
            .filter(|rate| rate.staff == StaffId(of) && Some(rate.id) != id.map(RateId))
            .map(|rate| rate.pence_hour)
            .collect();
        Ok(Doubts {
            asks: doubt::rate(pence, &others).into_iter().collect(),
            told: Vec::new(),
        })
    }

    fn term_doubts(&self, id: Option<i64>, all: &Values) -> Result<Doubts> {
        let (Some(starts), Some(ends)) = (day(all, "starts"), day(all, "ends")) else {
            return Ok(Doubts::default());
        };
        let term = Term {
            // No row has this number.
            id: TermId(id.unwrap_or(0)),
            name: text(all, "name").unwrap_or_default().to_owned(),
            starts,
            ends,
        };
        Ok(Doubts {
            asks: doubt::term(&term, &self.calendar()?),
            told: Vec::new(),
        })
    }

    fn session_doubts(&self, id: Option<i64>, all: &Values) -> Result<Doubts> {
        let Some(run) = self.run_in(all)? else {
            return Ok(Doubts::default());
        };
        let on = day(all, "date").unwrap_or_else(|| self.today());
        Ok(doubt::session(
            &run,
            &self.calendar()?,
            id.map(SessionId),
            on,
        ))
    }

    fn member_doubts(&self, id: Option<i64>, all: &Values) -> Result<Doubts> {
        let Some(run) = self.run_in(all)? else {
            return Ok(Doubts::default());
        };
        let today = self.today();
        let presumed = today.max(run.provision.starts);
        let from = day(all, "from");
        let calendar = self.calendar()?;
        Ok(doubt::member(
            &run,
            &calendar,
            today,
            id.is_none(),
            (from, presumed),
        ))
    }

    fn run_in(&self, all: &Values) -> Result<Option<run::Run>> {
        match whole(all, "provision") {
            Some(id) => self.run(ProvisionId(id)),
            None => Ok(None),
        }
    }

    /// Sessions longer than a day; what hours a week and a last day came to.
    fn shape_doubts(
        &self,
        kind: Kind,
        id: Option<i64>,
        values: &Values,
        all: &Values,
    ) -> Result<Doubts> {
        let mut doubts = Doubts::default();
        let weekly = fit::weekly(values)?;
        let minutes = weekly.map_or_else(|| whole(values, "minutes"), |(minutes, _)| Some(minutes));
        doubts.asks.extend(minutes.and_then(doubt::session_length));
        if let (Some((minutes, times)), Some(_)) = (weekly, text(values, "hours_week")) {
            let told = format!("Kept as {}.", how_often(minutes, times));
            doubts.told.push(told);
        }
        if kind == Kind::ProvisionType {
            return Ok(doubts);
        }
        let starts = day(all, "starts").unwrap_or_else(|| self.today());
        let moved = ["ends", "starts"]
            .iter()
            .any(|field| values.contains_key(field));
        let Some(ends) = day(all, "ends").filter(|ends| *ends >= starts) else {
            return Ok(doubts);
        };
        let calendar = self.calendar()?;
        let found = run::weeks_between(starts, ends, &calendar);
        match whole(values, "weeks") {
            Some(weeks) if weeks != found => doubts.told.push(format!(
                "{found} teaching weeks to its last day, {weeks} planned: both are kept, and listed to be mended."
            )),
            None if moved || id.is_none() => {
                doubts.told.push(format!("{found} weeks, by its last day."));
            }
            _ => {}
        }
        Ok(doubts)
    }
}
