//! Status and needs of one row.

use super::RowReader;
use crate::domain::batch::Target;
use crate::domain::code::{NeedReading, StatusReading, read_needs, read_status};
use crate::import::cell::{is_missing, read_yes, without_decimal};
use crate::import::group::Draft;
use crate::import::heading::squash;
use crate::import::record::Line;

/// The rank of a need in a row that gives none.
const UNRANKED: u32 = 1_000;

/// So many different cells of needs are remembered.
const MOST_MET: usize = 500;

impl RowReader<'_> {
    pub(super) fn read_status(&self, line: &Line, draft: &mut Draft) {
        let plan = self
            .cell(line, Target::Ehcp, draft)
            .and_then(|text| self.read_plan(line, &text, draft));
        let text = self.cell(line, Target::Status, draft);
        let mut status = text.as_deref().and_then(|text| match read_yes(text) {
            Some(yes) if self.support_only => match (yes, &plan) {
                (true, _) => Some(plain("K")),
                // No support and no plan is no SEN; without word of a plan it is not known.
                (false, Some(Plan::No)) => Some(plain("N")),
                (false, _) => None,
            },
            Some(true) if matches!(plan, Some(Plan::No)) => Some(plain("K")),
            _ => read_status(text),
        });
        if let (Some(reading), Some(text)) = (&status, &text)
            && let Some(flag) = &reading.flag
        {
            draft
                .flagged
                .push(self.fault(line, Target::Status, text, flag.clone()));
        }
        let code = status.as_ref().map(|reading| reading.code.as_str());
        match (&plan, code) {
            (Some(Plan::Yes), Some(code)) if code != "E" => {
                let reason = "the row has an EHC plan too; taken as E (EHC plan)";
                let value = text.as_deref().unwrap_or_default();
                let told = self.fault(line, Target::Status, value, reason);
                if !self.support_only {
                    draft.flagged.push(told);
                }
                status = Some(plain("E"));
            }
            (Some(Plan::Yes), None) => status = Some(plain("E")),
            (Some(Plan::No), Some("E")) => {
                let reason =
                    "the row says no to an EHC plan, and E is its status; taken as E (EHC plan)";
                draft
                    .flagged
                    .push(self.fault(line, Target::Ehcp, "", reason));
            }
            (Some(Plan::Other(reading)), None) => status = Some(reading.clone()),
            _ => {}
        }
        draft.pupil.status = status;
        draft.pupil.status_from =
            self.read_date(line, Target::StatusFrom, &self.status_from, draft);
        self.read_end(line, draft);
    }

    /// A status whose last day has passed is kept with it, and is none of today.
    fn read_end(&self, line: &Line, draft: &mut Draft) {
        let Some(day) = self.read_date(line, Target::StatusTo, &self.status_to, draft) else {
            return;
        };
        let value = crate::domain::date::short(day);
        let reason = match &draft.pupil.status {
            None => "the end of a status that the row does not give; left out".to_owned(),
            Some(_) if day >= self.today => {
                "the status has not ended yet; this day is left out".to_owned()
            }
            Some(_) if draft.pupil.status_from.is_some_and(|from| from > day) => {
                "the status ends before it begins; this day is left out".to_owned()
            }
            Some(reading) => {
                draft.pupil.status_to = Some(day);
                format!(
                    "{} ended on this day and is no status of today",
                    reading.code
                )
            }
        };
        draft
            .flagged
            .push(self.fault(line, Target::StatusTo, &value, reason));
    }

    /// What a cell under `EHCP` says: yes or no, the date of a plan, or a status.
    fn read_plan(&self, line: &Line, text: &str, draft: &mut Draft) -> Option<Plan> {
        if let Some(yes) = read_yes(text) {
            return Some(if yes { Plan::Yes } else { Plan::No });
        }
        if self.status_from.read(text).is_ok() {
            return Some(Plan::Yes);
        }
        let reading = read_status(text)?;
        match (reading.code.as_str(), &reading.flag) {
            ("E", None) => Some(Plan::Yes),
            ("N", None) => Some(Plan::No),
            ("K", None) => Some(Plan::Other(reading)),
            ("E" | "K", Some(flag)) => {
                draft
                    .flagged
                    .push(self.fault(line, Target::Ehcp, text, flag.clone()));
                Some(Plan::Other(reading))
            }
            _ => {
                let reason = "neither yes nor no to an EHC plan; left out";
                draft
                    .flagged
                    .push(self.fault(line, Target::Ehcp, text, reason));
                None
            }
        }
    }

    fn recall_needs(&self, text: &str) -> Vec<NeedReading> {
        let mut met = self.met.borrow_mut();
        if let Some(known) = met.get(text) {
            return known.clone();
        }
        let read = read_needs(text);
        if met.len() < MOST_MET {
            met.insert(text.to_owned(), read.clone());
        }
        read
    }

    pub(super) fn read_needs(&self, line: &Line, draft: &mut Draft) {
        if self.needs.is_empty() {
            return;
        }
        let row_rank = self
            .cell(line, Target::NeedRank, draft)
            .and_then(|text| without_decimal(&text).parse::<u32>().ok());
        let ranked = self.columns.by_target.contains_key(&Target::NeedRank);
        for (column_rank, target) in &self.needs {
            let Some(text) = self.cell(line, *target, draft) else {
                continue;
            };
            let rank = match (row_rank, ranked) {
                (Some(rank), _) => rank.min(UNRANKED),
                (None, true) => UNRANKED,
                (None, false) => *column_rank,
            };
            for reading in self.recall_needs(&text) {
                if let Some(flag) = &reading.flag {
                    let own = text.contains(reading.code.as_str());
                    let value = if own { &reading.code } else { &text };
                    draft
                        .flagged
                        .push(self.fault(line, *target, value, flag.clone()));
                }
                draft.needs.push((rank, reading));
            }
        }
    }
}

/// What the EHCP column says of a child.
enum Plan {
    Yes,
    No,
    /// A status of another kind.
    Other(StatusReading),
}

fn plain(code: &str) -> StatusReading {
    StatusReading {
        code: code.to_owned(),
        flag: None,
    }
}

/// `SEN Support` with yes and no below it asks for K alone. N by itself is a census code.
pub(super) fn is_support_only<'a>(heading: &str, values: impl Iterator<Item = &'a str>) -> bool {
    if !matches!(squash(heading).as_str(), "sensupport" | "sendsupport") {
        return false;
    }
    let mut clear = false;
    for value in values
        .map(str::trim)
        .filter(|value| !is_missing(Target::Status, value))
    {
        match read_yes(value) {
            None => return false,
            Some(true) => clear = true,
            Some(false) => clear |= value.len() > 1,
        }
    }
    clear
}
