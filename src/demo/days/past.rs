//! The diary of the years before: as many entries as are asked for, one after the other, from the day the eldest came.

use super::Entry;
use super::dealer::Dealer;
use super::talk;
use super::{Desk, back, forth};
use crate::demo::date::is_school_day;
use crate::demo::dice::Dice;
use crate::domain::year;
use chrono::NaiveDate;

/// Of a hundred older entries, those about children who have SEN now.
const ABOUT_SEN: f64 = 0.85;

/// Of promises that were made, those still on file as tasks.
const FOLLOWED_UP: f64 = 0.15;

/// A stretch of one school year, who was there, and how many entries it has.
#[derive(Debug)]
struct Span {
    first: NaiveDate,
    last: NaiveDate,
    /// Places of the children with SEN and of the others.
    there: [Vec<usize>; 2],
    entries: usize,
    written: usize,
}

/// Entries that come when they are asked for, oldest first.
pub(super) struct Past<'a> {
    dice: Dice,
    desk: Desk<'a>,
    dealer: Dealer,
    /// The oldest last.
    spans: Vec<Span>,
}

impl std::fmt::Debug for Past<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Past")
            .field("spans", &self.spans)
            .finish_non_exhaustive()
    }
}

impl<'a> Past<'a> {
    /// So many entries from before the diary's term.
    pub(super) fn new(mut dice: Dice, desk: Desk<'a>, entries: usize) -> Self {
        let dealer = Dealer::new(&mut dice);
        let mut spans = if entries == 0 {
            Vec::new()
        } else {
            spans(&desk)
        };
        let weights: Vec<usize> = spans
            .iter()
            .map(|span| span.there[0].len() * 20 + span.there[1].len())
            .collect();
        let whole: usize = weights.iter().sum();
        let (mut sum, mut placed) = (0, 0);
        for (span, weight) in spans.iter_mut().zip(weights) {
            sum += weight;
            let end = (entries as u128 * sum as u128 / whole.max(1) as u128) as usize;
            span.entries = end - placed;
            placed = end;
        }
        Self {
            dice,
            desk,
            dealer,
            spans,
        }
    }

    /// How many are still to come.
    pub(super) fn left(&self) -> usize {
        self.spans
            .iter()
            .map(|span| span.entries - span.written)
            .sum()
    }
}

/// The school years since the eldest came, newest first. Where nobody was there before, the term itself is filled.
fn spans(desk: &Desk) -> Vec<Span> {
    let mut spans: Vec<Span> = (0..8)
        .filter_map(|ago| {
            let first = NaiveDate::from_ymd_opt(desk.year.0 - ago, 9, 6)?;
            let end = NaiveDate::from_ymd_opt(desk.year.0 - ago + 1, 7, 17)?;
            let there = [there(desk, ago, true), there(desk, ago, false)];
            let span = Span {
                first,
                last: end.min(back(desk.since, 1)),
                there,
                entries: 0,
                written: 0,
            };
            (span.first < span.last && span.there.iter().any(|there| !there.is_empty()))
                .then_some(span)
        })
        .collect();
    if spans.is_empty() {
        spans.push(Span {
            first: desk.since,
            last: back(desk.today, 1),
            there: [desk.on_roll(true), desk.on_roll(false)],
            entries: 0,
            written: 0,
        });
    }
    spans
}

/// The children who had come to school so many years ago: in Reception at the latest.
fn there(desk: &Desk, ago: i32, sen: bool) -> Vec<usize> {
    let reception = year::sort_key("R");
    let had_come = |at: &usize| {
        let year = desk.children[*at]
            .row
            .year
            .as_deref()
            .map_or(reception, year::sort_key);
        let years_here = year.saturating_sub(reception) as i32;
        ago == 0 || years_here >= ago
    };
    desk.on_roll(sen).into_iter().filter(had_come).collect()
}

impl Iterator for Past<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while self
            .spans
            .last()
            .is_some_and(|span| span.written == span.entries)
        {
            self.spans.pop();
        }
        let span = self.spans.last_mut()?;
        let days = (span.last - span.first).num_days().max(0) as u128;
        let gone = days * span.written as u128 / span.entries.max(1) as u128;
        let mut day = forth(span.first, gone as u64);
        while !is_school_day(day) && day > span.first {
            day = back(day, 1);
        }
        span.written += 1;
        let [sen, others] = &span.there;
        let sen_now = others.is_empty() || (!sen.is_empty() && self.dice.happens(ABOUT_SEN));
        let at = *self.dice.one(if sen_now { sen } else { others })?;
        let child = &self.desk.children[at];
        let (_, mut entry) = talk::one(&mut self.dice, &self.desk, &mut self.dealer, child, day);
        if !self.dice.happens(FOLLOWED_UP) {
            entry.values.remove("follow_up");
            entry.values.remove("follow_up_text");
            entry.followed_up = None;
        }
        Some(entry)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left(), Some(self.left()))
    }
}
