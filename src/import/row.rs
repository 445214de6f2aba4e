//! One row of a table as a pupil: every cell read by its field, what is odd flagged, what cannot be rejected.

use super::cell::{is_missing, read_sex, read_yes, tidy, tidy_lines, without_decimal};
use super::date::{DateColumn, Fault};
use super::group::Draft;
use super::heading::{Columns, squash};
use super::name::NameOrder;
use super::record::Line;
use super::shape::Table;
use crate::domain::batch::{RowFault, Target};
use crate::domain::code::{NeedReading, StatusReading, read_needs, read_status};
use crate::domain::{upn, year};
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::HashMap;

/// The rank of a need in a row that gives none.
const UNRANKED: u32 = 1_000;

/// So many different cells of needs are remembered.
const MOST_MET: usize = 500;

/// Reads the rows of one table.
pub(super) struct RowReader<'a> {
    table: &'a Table,
    columns: &'a Columns,
    dob: DateColumn,
    left_on: DateColumn,
    status_from: DateColumn,
    names: NameOrder,
    /// The status column says yes or no to SEN support.
    support_only: bool,
    /// Columns of needs with the rank they stand for.
    needs: Vec<(u32, Target)>,
    today: NaiveDate,
    /// Readings of cells met before: a school writes few different needs many times.
    met: RefCell<HashMap<String, Vec<NeedReading>>>,
}

impl<'a> RowReader<'a> {
    /// Looks at whole columns first: the order of dates and names is one for a column.
    pub(super) fn new(
        table: &'a Table,
        columns: &'a Columns,
        today: NaiveDate,
        notes: &mut Vec<String>,
    ) -> Self {
        let values = |target: Target| {
            let column = columns.by_target.get(&target).copied();
            table
                .lines
                .iter()
                .filter_map(move |line| line.cells.get(column?))
        };
        let heading = |target: Target| name_of(table, columns, target);
        let mut dates = |target: Target, epoch| {
            let birth = target == Target::Dob;
            let (column, note) =
                DateColumn::decide(&heading(target), values(target), birth, epoch, today);
            notes.extend(note);
            column
        };
        let dob = dates(Target::Dob, None);
        let epoch = columns
            .by_target
            .contains_key(&Target::Dob)
            .then_some(dob.epoch);
        let left_on = dates(Target::LeftOn, epoch);
        let status_from = dates(Target::StatusFrom, epoch);
        let needs = columns.by_target.keys().filter_map(|target| match target {
            Target::Need(rank) => Some((u32::from(*rank), *target)),
            Target::Needs => Some((10, *target)),
            _ => None,
        });
        Self {
            table,
            columns,
            dob,
            left_on,
            status_from,
            names: NameOrder::decide(values(Target::FullName)),
            support_only: is_support_only(&heading(Target::Status), values(Target::Status)),
            needs: needs.collect(),
            today,
            met: RefCell::default(),
        }
    }

    /// The heading of a field's column; empty when the file has none.
    pub(super) fn heading(&self, target: Target) -> String {
        name_of(self.table, self.columns, target)
    }

    /// One row, and why it is turned away when it is. A name is not asked for here: another row of the same child
    /// may have it.
    pub(super) fn read(&self, line: &Line) -> (Draft, Option<RowFault>) {
        let mut draft = Draft::default();
        draft.pupil.row = line.row;
        self.read_names(line, &mut draft);
        self.read_numbers(line, &mut draft);
        self.read_place(line, &mut draft);
        self.read_status(line, &mut draft);
        self.read_needs(line, &mut draft);
        if let Some((_, extra)) = line
            .filled()
            .find(|(column, _)| *column >= self.table.width)
        {
            draft.flagged.push(RowFault {
                row: line.row,
                column: String::new(),
                value: tidy(extra).0,
                reason:
                    "the row has more cells than there are headings; what is beyond is not taken"
                        .to_owned(),
            });
        }
        let rejection = self.read_dob(line, &mut draft);
        (draft, rejection)
    }

    fn fault(
        &self,
        line: &Line,
        target: Target,
        value: &str,
        reason: impl Into<String>,
    ) -> RowFault {
        RowFault {
            row: line.row,
            column: self.heading(target),
            value: value.to_owned(),
            reason: reason.into(),
        }
    }

    /// The cell of a field; `None` when it is blank, stands for nothing, or the file has no such column.
    fn cell(&self, line: &Line, target: Target, draft: &mut Draft) -> Option<String> {
        let column = *self.columns.by_target.get(&target)?;
        let raw = line.cells.get(column)?;
        if raw.is_empty() {
            return None;
        }
        let (text, odd) = match target {
            Target::Need(_) | Target::Needs => tidy_lines(raw),
            _ => tidy(raw),
        };
        if odd {
            let reason = "characters that cannot be seen were taken out";
            draft.flagged.push(self.fault(line, target, &text, reason));
        }
        (!is_missing(target, &text)).then_some(text)
    }

    fn read_names(&self, line: &Line, draft: &mut Draft) {
        draft.pupil.surname = self.cell(line, Target::Surname, draft);
        draft.pupil.forename = self.cell(line, Target::Forename, draft);
        draft.pupil.middle_names = self.cell(line, Target::MiddleNames, draft);
        draft.pupil.preferred_forename = self.cell(line, Target::PreferredForename, draft);
        if let Some(whole) = self.cell(line, Target::FullName, draft) {
            let parts = self.names.split(&whole);
            if parts.odd {
                let reason = "this name is written otherwise than the column's others";
                draft
                    .flagged
                    .push(self.fault(line, Target::FullName, &whole, reason));
            }
            let part = |text: String| (!text.is_empty()).then_some(text);
            let pupil = &mut draft.pupil;
            pupil.surname = pupil.surname.take().or_else(|| part(parts.surname));
            pupil.forename = pupil.forename.take().or_else(|| part(parts.forename));
        }
        if draft.pupil.forename.is_none() {
            draft
                .pupil
                .forename
                .clone_from(&draft.pupil.preferred_forename);
        }
    }

    fn read_numbers(&self, line: &Line, draft: &mut Draft) {
        if let Some(text) = self.cell(line, Target::Upn, draft) {
            let number = upn::normalise(&text);
            if let Some(reason) = upn::check(&number).fault() {
                draft
                    .flagged
                    .push(self.fault(line, Target::Upn, &text, reason));
            }
            draft.pupil.upn = Some(number);
        }
        draft.pupil.former_upn = self
            .cell(line, Target::FormerUpn, draft)
            .map(|text| upn::normalise(&text));
        draft.pupil.mis_id = self
            .cell(line, Target::MisId, draft)
            .map(|text| without_decimal(&text).to_owned());
    }

    fn read_place(&self, line: &Line, draft: &mut Draft) {
        draft.pupil.sex = self
            .cell(line, Target::Sex, draft)
            .and_then(|text| read_sex(&text));
        draft.pupil.class = self.cell(line, Target::Class, draft);
        draft.pupil.home_la = self.cell(line, Target::HomeLa, draft);
        if let Some(text) = self.cell(line, Target::Year, draft) {
            let text = without_decimal(&text);
            let read = year::read_year(text);
            if read.is_none() {
                let reason = "no National Curriculum year group; kept as written";
                draft
                    .flagged
                    .push(self.fault(line, Target::Year, text, reason));
            }
            draft.pupil.year = Some(read.unwrap_or(text).to_owned());
        }
        draft.pupil.left_on = self.read_date(line, Target::LeftOn, &self.left_on, draft);
    }

    /// A date without which the row stands: one that cannot be read is left out and flagged.
    fn read_date(
        &self,
        line: &Line,
        target: Target,
        column: &DateColumn,
        draft: &mut Draft,
    ) -> Option<NaiveDate> {
        let text = self.cell(line, target, draft)?;
        match column.read(&text) {
            Ok(day) => Some(day),
            Err(fault) => {
                let reason = match fault {
                    Fault::NoSuchDay => "this day does not exist; left out",
                    Fault::NotADate => "no date; left out",
                };
                draft.flagged.push(self.fault(line, target, &text, reason));
                None
            }
        }
    }

    fn read_dob(&self, line: &Line, draft: &mut Draft) -> Option<RowFault> {
        let text = self.cell(line, Target::Dob, draft)?;
        match self.dob.read(&text) {
            Ok(day) if day > self.today => Some(self.fault(
                line,
                Target::Dob,
                &text,
                "the date of birth lies in the future",
            )),
            Ok(day) => {
                draft.pupil.dob = Some(day);
                None
            }
            Err(Fault::NoSuchDay) => Some(self.fault(
                line,
                Target::Dob,
                &text,
                "this date of birth does not exist",
            )),
            Err(Fault::NotADate) => {
                draft
                    .flagged
                    .push(self.fault(line, Target::Dob, &text, "no date; left out"));
                None
            }
        }
    }

    fn read_status(&self, line: &Line, draft: &mut Draft) {
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

    fn read_needs(&self, line: &Line, draft: &mut Draft) {
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

fn name_of(table: &Table, columns: &Columns, target: Target) -> String {
    let column = columns.by_target.get(&target);
    column
        .and_then(|column| table.headings.get(*column))
        .cloned()
        .unwrap_or_default()
}

/// `SEN Support` with yes and no below it asks for K alone. N by itself is a census code.
fn is_support_only<'a>(heading: &str, values: impl Iterator<Item = &'a str>) -> bool {
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
