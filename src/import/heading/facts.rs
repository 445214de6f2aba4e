//! What the cells below a heading are like: a name that looks like ours may stand over something else.

use crate::domain::batch::Target;
use crate::domain::code::{need_type, read_needs, read_status, says_nothing};
use crate::domain::year;
use crate::import::cell::read_yes;
use crate::import::date::reads_as_date;
use crate::import::record::Line;

/// So many filled cells of a column are looked at.
const MOST: usize = 300;

/// What the cells below a heading are like.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::import) struct Facts {
    /// No cell holds anything.
    pub(in crate::import) blank: bool,
    /// Most cells are one word without a comma.
    pub(in crate::import) single_words: bool,
    /// Every cell that holds anything is a number.
    pub(in crate::import) numbers: bool,
    /// Cells that were looked at.
    pub(super) seen: usize,
    /// Of these: SEN statuses.
    pub(super) statuses: usize,
    /// SEN statuses of today.
    pub(super) current: usize,
    /// Census needs.
    pub(super) needs: usize,
    /// Dates.
    pub(super) dates: usize,
    /// Year groups.
    pub(super) years: usize,
    /// Yes or no.
    pub(super) yes: usize,
}

impl Facts {
    /// Looks at every column of the lines below `columns` headings.
    pub(in crate::import) fn of(lines: &[Line], columns: usize) -> Vec<Self> {
        let mut counts = vec![(0_usize, 0_usize, 0_usize); columns];
        let mut facts = vec![Self::default(); columns];
        for line in lines {
            let counted = counts.iter_mut().zip(&mut facts);
            for (((filled, single, numbers), fact), cell) in counted.zip(&line.cells) {
                let cell = cell.trim();
                if says_nothing(cell) {
                    continue;
                }
                *filled += 1;
                *single += usize::from(!cell.contains([' ', ',']));
                *numbers += usize::from(cell.parse::<f64>().is_ok());
                if fact.seen < MOST {
                    fact.look(cell);
                }
            }
        }
        for (fact, (filled, single, numbers)) in facts.iter_mut().zip(counts) {
            fact.blank = filled == 0;
            fact.single_words = single * 2 > filled;
            fact.numbers = numbers == filled;
        }
        facts
    }

    fn look(&mut self, cell: &str) {
        self.seen += 1;
        if let Some(reading) = read_status(cell)
            && matches!(reading.code.as_str(), "N" | "K" | "E")
        {
            self.statuses += 1;
            self.current += usize::from(reading.flag.is_none());
        }
        let needs = read_needs(cell);
        self.needs += usize::from(
            needs
                .first()
                .is_some_and(|need| need_type(&need.code).is_some()),
        );
        self.dates += usize::from(reads_as_date(cell));
        self.years += usize::from(year::read_year(cell).is_some());
        self.yes += usize::from(read_yes(cell).is_some());
    }

    fn most(&self, count: usize) -> bool {
        count > 0 && count * 5 >= self.seen * 4
    }

    /// Nearly all are statuses of today.
    pub(super) fn are_statuses(&self) -> bool {
        self.most(self.current)
    }

    /// Nearly all are dates.
    pub(super) fn are_dates(&self) -> bool {
        self.most(self.dates)
    }

    /// Nearly all are needs.
    pub(super) fn are_needs(&self) -> bool {
        self.most(self.needs)
    }

    /// Nearly all are year groups.
    pub(super) fn are_years(&self) -> bool {
        self.most(self.years)
    }

    /// True when the cells are of another kind than the field.
    pub(super) fn contradict(&self, target: Target) -> bool {
        if self.seen == 0 {
            return false;
        }
        match target {
            Target::Status => {
                self.statuses * 2 < self.seen && (self.are_needs() || self.are_dates())
            }
            Target::Need(_) | Target::Needs => {
                self.needs == 0 && (self.are_statuses() || self.are_dates() || self.most(self.yes))
            }
            // One or two odd ones are read and told; a whole column of them is of another kind.
            Target::Year => self.years == 0 && self.seen >= 2 && !self.numbers,
            _ => false,
        }
    }
}
