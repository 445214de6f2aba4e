//! One row of a table as a pupil: every cell read by its field, what is odd flagged, what cannot be left out and
//! flagged. No row is turned away for a cell.

mod names;
mod sen;

use super::cell::{is_missing, read_sex, tidy, tidy_lines, without_decimal};
use super::date::{self, DateColumn, Fault};
use super::group::Draft;
use super::heading::Columns;
use super::name::NameOrder;
use super::record::Line;
use super::shape::Table;
use crate::domain::batch::{RowFault, Target};
use crate::domain::code::NeedReading;
use crate::domain::pupil::LeftOut;
use crate::domain::{upn, year};
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::HashMap;

/// Reads the rows of one table.
pub(super) struct RowReader<'a> {
    table: &'a Table,
    columns: &'a Columns,
    dob: DateColumn,
    left_on: DateColumn,
    status_from: DateColumn,
    status_to: DateColumn,
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
        let status_to = dates(Target::StatusTo, epoch);
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
            status_to,
            names: NameOrder::decide(values(Target::FullName)),
            support_only: sen::is_support_only(&heading(Target::Status), values(Target::Status)),
            needs: needs.collect(),
            today,
            met: RefCell::default(),
        }
    }

    /// The heading of a field's column; empty when the file has none.
    pub(super) fn heading(&self, target: Target) -> String {
        name_of(self.table, self.columns, target)
    }

    /// One row. A name is not asked for here: another row of the same child may have it.
    pub(super) fn read(&self, line: &Line) -> Draft {
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
        draft.pupil.dob = self.read_dob(line, &mut draft);
        draft
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

    fn read_numbers(&self, line: &Line, draft: &mut Draft) {
        if let Some(text) = self.cell(line, Target::Upn, draft) {
            let number = upn::normalise(&text);
            if upn::is_placeholder(&number) {
                let reason = "stands for a number to come and is no UPN; left out";
                self.leave_out(line, Target::Upn, &text, reason, draft);
            } else if let Some(reason) = upn::check(&number).fault() {
                draft
                    .flagged
                    .push(self.fault(line, Target::Upn, &text, reason));
                draft.pupil.upn = Some(number);
            } else {
                draft.pupil.upn = Some(number);
            }
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

    /// A cell that cannot be: told, and kept for "to mend".
    fn leave_out(&self, line: &Line, target: Target, value: &str, reason: &str, draft: &mut Draft) {
        draft.flagged.push(self.fault(line, target, value, reason));
        draft.pupil.left_out.push(LeftOut {
            field: target.name(),
            value: value.to_owned(),
            reason: reason.to_owned(),
        });
    }

    /// A date of birth that no pupil can have is left out: the child is taken without it.
    fn read_dob(&self, line: &Line, draft: &mut Draft) -> Option<NaiveDate> {
        let text = self.cell(line, Target::Dob, draft)?;
        let reason = match self.dob.read(&text) {
            Ok(day) => match date::unlikely(day, self.today) {
                None => return Some(day),
                Some(reason) => reason,
            },
            Err(Fault::NoSuchDay) => "this date of birth does not exist; left out",
            Err(Fault::NotADate) => "no date; left out",
        };
        self.leave_out(line, Target::Dob, &text, reason, draft);
        None
    }
}

fn name_of(table: &Table, columns: &Columns, target: Target) -> String {
    let column = columns.by_target.get(&target);
    column
        .and_then(|column| table.headings.get(*column))
        .cloned()
        .unwrap_or_default()
}
