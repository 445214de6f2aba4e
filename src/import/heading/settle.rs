//! Which column fills which field: whole headings first, then words, then what the cells say.

use super::{Error, Facts, Vocabulary, Wish, listed, same_heading, squash, synonym, words};
use crate::domain::batch::Target;
use std::collections::BTreeMap;

/// The columns while they are dealt out.
pub(super) struct Draft<'a> {
    headings: &'a [String],
    facts: &'a [Facts],
    pub(super) taken: Vec<Option<Target>>,
    /// Columns that are decided, taken or not.
    closed: Vec<bool>,
    /// Columns that the user decided.
    wished: Vec<bool>,
    pub(super) by_target: BTreeMap<Target, usize>,
    pub(super) notes: Vec<String>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(headings: &'a [String], facts: &'a [Facts]) -> Self {
        Self {
            headings,
            facts,
            taken: vec![None; headings.len()],
            closed: vec![false; headings.len()],
            wished: vec![false; headings.len()],
            by_target: BTreeMap::new(),
            notes: Vec::new(),
        }
    }

    fn take(&mut self, column: usize, target: Target) {
        self.taken[column] = Some(target);
        self.closed[column] = true;
        self.by_target.insert(target, column);
    }

    fn release(&mut self, target: Target) {
        if let Some(column) = self.by_target.remove(&target) {
            self.taken[column] = None;
        }
    }

    fn has(&self, target: Target) -> bool {
        self.by_target.contains_key(&target)
    }

    pub(super) fn grant(&mut self, wishes: &[Wish]) -> Result<(), Error> {
        for (heading, target) in wishes {
            let column = self
                .headings
                .iter()
                .position(|own| own == heading.trim())
                .or_else(|| {
                    self.headings
                        .iter()
                        .position(|own| same_heading(heading, own))
                })
                .ok_or_else(|| Error::UnknownHeading {
                    heading: heading.clone(),
                    headings: self
                        .headings
                        .iter()
                        .filter(|own| !own.is_empty())
                        .cloned()
                        .collect(),
                })?;
            self.closed[column] = true;
            self.wished[column] = true;
            if let Some(target) = target {
                self.take(column, *target);
            }
        }
        Ok(())
    }

    /// Whole headings: of several for one field one whose cells are of its kind wins, then a filled one, then the better word, then the first.
    pub(super) fn match_whole(&mut self, vocabulary: &Vocabulary) {
        let mut claims: BTreeMap<Target, Vec<(bool, bool, usize, usize)>> = BTreeMap::new();
        for (column, heading) in self.headings.iter().enumerate() {
            if self.closed[column] {
                continue;
            }
            if let Some((target, rank)) = vocabulary.exact(heading) {
                self.closed[column] = true;
                if let Some(target) = target {
                    let facts = &self.facts[column];
                    let claim = (facts.contradict(target), facts.blank, rank, column);
                    claims.entry(target).or_default().push(claim);
                }
            }
        }
        for (target, mut claims) in claims {
            claims.sort_unstable();
            for (_, _, _, column) in claims {
                self.claim(target, column);
            }
        }
    }

    fn claim(&mut self, target: Target, column: usize) {
        let Some(winner) = self.by_target.get(&target).copied() else {
            self.take(column, target);
            return;
        };
        // The same heading again is the next need: one column a rank.
        if let Target::Need(rank) = target
            && squash(&self.headings[winner]) == squash(&self.headings[column])
            && let Some(next) = (rank + 1..=9)
                .map(Target::Need)
                .find(|next| !self.has(*next))
        {
            self.take(column, next);
            return;
        }
        self.notes.push(format!(
            "\"{}\" is left out: \"{}\" fills {}.",
            self.headings[column],
            self.headings[winner],
            target.name()
        ));
    }

    pub(super) fn match_words(&mut self, vocabulary: &Vocabulary) {
        for column in 0..self.headings.len() {
            if self.closed[column] || self.headings[column].is_empty() {
                continue;
            }
            if let Some(target) = vocabulary.by_words(&self.headings[column])
                && !self.has(target)
                && !self.facts[column].contradict(target)
            {
                self.take(column, target);
            }
        }
    }

    /// Names too general to be trusted alone: `Status`, `Stage`. They are taken where their cells are what the field
    /// holds and the list has other columns about SEN.
    pub(super) fn match_weak(&mut self) {
        let about_sen = |heading: &String| {
            words(heading)
                .iter()
                .any(|word| synonym::ABOUT_SEN.contains(&word.as_str()))
        };
        if !self.headings.iter().any(about_sen) {
            return;
        }
        for column in 0..self.headings.len() {
            if self.taken[column].is_some() || self.wished[column] {
                continue;
            }
            let squashed = squash(&self.headings[column]);
            let facts = &self.facts[column];
            let weak = |list: &'static str| listed(list).any(|heading| squash(heading) == squashed);
            if !self.has(Target::Status) && weak(synonym::WEAK_STATUS) && facts.are_statuses() {
                self.take(column, Target::Status);
            } else if !self.has(Target::StatusTo) && weak(synonym::WEAK_END) && facts.are_dates() {
                self.take(column, Target::StatusTo);
            } else if !self.has(Target::StatusFrom)
                && weak(synonym::WEAK_START)
                && facts.are_dates()
            {
                self.take(column, Target::StatusFrom);
            }
        }
    }

    /// A column whose cells are of another kind than its name says goes where they belong, or is left out, and is told.
    pub(super) fn settle_cells(&mut self) {
        let taken: Vec<(Target, usize)> = self.by_target.iter().map(|(t, c)| (*t, *c)).collect();
        for (target, column) in taken {
            let facts = &self.facts[column];
            if self.wished[column] || !facts.contradict(target) {
                continue;
            }
            self.release(target);
            let needs = |target: &Target| matches!(target, Target::Need(_) | Target::Needs);
            let other = if facts.are_statuses() {
                Some(Target::Status)
            } else if facts.are_dates() && target == Target::Status {
                Some(Target::StatusFrom)
            } else if facts.are_needs() && !self.by_target.keys().any(needs) {
                Some(Target::Needs)
            } else if target == Target::Year && !facts.are_years() {
                Some(Target::Class)
            } else {
                None
            };
            let heading = &self.headings[column];
            match other.filter(|other| !self.has(*other)) {
                Some(other) => {
                    self.notes.push(format!(
                        "The cells of \"{heading}\" are no {} and are taken for {}.",
                        target.name(),
                        other.name()
                    ));
                    self.take(column, other);
                }
                None => self.notes.push(format!(
                    "\"{heading}\" is left out: its cells are no {}.",
                    target.name()
                )),
            }
        }
    }

    /// Columns of names that nobody foresaw, in a list about SEN: where every cell is a status, or a need, and no other
    /// column has it, they are taken for that, and told.
    pub(super) fn match_cells(&mut self, vocabulary: &Vocabulary) {
        let about = |target: &Target| {
            matches!(
                target,
                Target::Need(_) | Target::Needs | Target::Status | Target::Ehcp
            )
        };
        if !self.by_target.keys().any(about) {
            return;
        }
        for column in 0..self.headings.len() {
            let heading = &self.headings[column];
            let known = matches!(vocabulary.exact(heading), Some((None, _)));
            if self.taken[column].is_some() || self.wished[column] || known || heading.is_empty() {
                continue;
            }
            let facts = &self.facts[column];
            let needs = |target: &Target| matches!(target, Target::Need(_) | Target::Needs);
            let target = if facts.are_statuses() && !self.has(Target::Status) {
                Target::Status
            } else if facts.are_needs() && !self.by_target.keys().any(needs) {
                Target::Needs
            } else if facts.are_needs() && !self.has(Target::Need(1)) && !self.has(Target::Needs) {
                Target::Need(1)
            } else {
                continue;
            };
            self.notes.push(format!(
                "\"{heading}\" is taken for {}, as its cells show.",
                target.name()
            ));
            self.take(column, target);
        }
    }

    /// A name in one column is of no use beside surname and forename; beside one of them it is the other when
    /// its cells are one word each.
    pub(super) fn settle_names(&mut self) {
        let Some(column) = self.by_target.get(&Target::FullName).copied() else {
            return;
        };
        let single = self.facts[column].single_words;
        match (self.has(Target::Surname), self.has(Target::Forename)) {
            (true, true) => self.release(Target::FullName),
            (true, false) if single => {
                self.release(Target::FullName);
                self.take(column, Target::Forename);
            }
            (false, true) if single => {
                self.release(Target::FullName);
                self.take(column, Target::Surname);
            }
            _ => {}
        }
    }

    /// A rank or a start date says something only beside a need or a status.
    pub(super) fn settle_needs(&mut self) {
        if let Some(column) = self.by_target.get(&Target::NeedRank).copied()
            && !self.facts[column].numbers
        {
            self.release(Target::NeedRank);
            if !self.has(Target::Needs) && !self.facts[column].blank {
                self.take(column, Target::Needs);
            }
        }
        let needs = self
            .by_target
            .keys()
            .any(|target| matches!(target, Target::Need(_) | Target::Needs));
        if !needs {
            self.release(Target::NeedRank);
        }
        if !needs && !self.has(Target::Status) && !self.has(Target::Ehcp) {
            self.release(Target::StatusFrom);
            self.release(Target::StatusTo);
        }
    }
}
