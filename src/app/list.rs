//! A list with a cursor, a page and marks. It holds row numbers, never rows.

use super::action::List as Move;
use std::collections::BTreeSet;

/// Where a list stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// How many rows there are.
    len: usize,
    /// The row under the cursor.
    cursor: usize,
    /// The first row shown.
    top: usize,
    /// Rows that fit.
    height: usize,
}

impl List {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True when there is no row.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The row under the cursor; `None` in an empty list.
    pub fn cursor(&self) -> Option<usize> {
        (self.len > 0).then_some(self.cursor)
    }

    /// Rows shown, as a range.
    pub fn page(&self) -> std::ops::Range<usize> {
        self.top..(self.top + self.height).min(self.len)
    }

    /// Tells it how many rows there are and how many fit, and keeps the cursor in sight.
    pub fn fit(&mut self, len: usize, height: usize) {
        self.len = len;
        self.height = height;
        self.cursor = self.cursor.min(len.saturating_sub(1));
        self.top = self.top.min(len.saturating_sub(height.max(1)));
        if self.cursor < self.top {
            self.top = self.cursor;
        } else if height > 0 && self.cursor >= self.top + height {
            self.top = self.cursor + 1 - height;
        }
    }

    /// Puts the cursor on a row.
    pub fn go(&mut self, row: usize) {
        self.cursor = row.min(self.len.saturating_sub(1));
        self.fit(self.len, self.height);
    }

    /// Moves as a key says; a page moves the page and keeps the cursor's place in it.
    pub fn step(&mut self, by: Move) {
        let last = self.len.saturating_sub(1);
        let page = self.height.max(1);
        let half = (page / 2).max(1);
        match by {
            Move::Down => self.cursor = (self.cursor + 1).min(last),
            Move::Up => self.cursor = self.cursor.saturating_sub(1),
            Move::HalfDown => self.shift(half),
            Move::HalfUp => self.shift_back(half),
            Move::PageDown => self.shift(page),
            Move::PageUp => self.shift_back(page),
            Move::Top => self.cursor = 0,
            Move::Bottom => self.cursor = last,
            Move::PeekDown | Move::PeekUp | Move::Open => {}
        }
        self.fit(self.len, self.height);
    }

    /// Moves as a key says in a list with headings, which are passed over.
    pub fn step_over<R>(&mut self, by: Move, rows: &[R], is_head: fn(&R) -> bool) {
        self.step(by);
        let up = [Move::Up, Move::HalfUp, Move::PageUp, Move::Bottom];
        self.off_head(!up.contains(&by), rows, is_head);
    }

    /// Tells a list with headings which rows there are; the cursor stays on none of the headings.
    pub fn fit_over<R>(&mut self, rows: &[R], is_head: fn(&R) -> bool) {
        self.fit(rows.len(), self.page().len().max(1));
        self.off_head(true, rows, is_head);
    }

    fn off_head<R>(&mut self, down: bool, rows: &[R], is_head: fn(&R) -> bool) {
        if !rows.get(self.cursor).is_some_and(is_head) {
            return;
        }
        // A heading is never last and never follows another: its first row is the next one.
        self.go(if down || self.cursor == 0 {
            self.cursor + 1
        } else {
            self.cursor - 1
        });
        if self.cursor == 1 {
            // The first heading is seen with its first row.
            self.top = 0;
            self.fit(self.len, self.height);
        }
    }

    /// The place of the cursor among the rows that are no headings, from 1.
    pub fn place_among<R>(&self, rows: &[R], is_head: fn(&R) -> bool) -> Option<usize> {
        let before = rows.get(..=self.cursor()?)?;
        Some(before.iter().filter(|row| !is_head(row)).count())
    }

    /// The first row to draw of a list with headings: the heading of the first row shown is seen with it.
    pub fn top_under<R>(&self, rows: &[R], is_head: fn(&R) -> bool) -> usize {
        let above = self.top.checked_sub(1);
        let head = above.filter(|at| rows.get(*at).is_some_and(is_head));
        head.unwrap_or(self.top)
    }

    fn shift(&mut self, rows: usize) {
        self.cursor = (self.cursor + rows).min(self.len.saturating_sub(1));
        self.top = (self.top + rows).min(self.len.saturating_sub(self.height.max(1)));
    }

    fn shift_back(&mut self, rows: usize) {
        self.cursor = self.cursor.saturating_sub(rows);
        self.top = self.top.saturating_sub(rows);
    }
}

/// Rows marked, by id, and the start of a range being marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks<T: Ord> {
    set: BTreeSet<T>,
    /// The row a range began on, by its id: rows may come and go before it ends.
    pub anchor: Option<T>,
}

impl<T: Ord> Default for Marks<T> {
    fn default() -> Self {
        Self {
            set: BTreeSet::new(),
            anchor: None,
        }
    }
}

impl<T: Ord + Copy> Marks<T> {
    /// How many.
    pub fn len(&self) -> usize {
        self.set.len()
    }

    /// True when none is.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// True when this one is.
    pub fn holds(&self, id: T) -> bool {
        self.set.contains(&id)
    }

    /// Marks or unmarks one.
    pub fn toggle(&mut self, id: T) {
        if !self.set.remove(&id) {
            self.set.insert(id);
        }
    }

    /// Marks these.
    pub fn add(&mut self, ids: impl IntoIterator<Item = T>) {
        self.set.extend(ids);
    }

    /// Begins a range on this row, or ends it there: all that stand between now are marked. Where its beginning is not
    /// shown any more, the row it ends on alone.
    pub fn range(&mut self, shown: &[T], current: Option<T>) {
        let (from, to) = match (self.anchor.take(), current) {
            (None, current) => {
                self.anchor = current;
                return;
            }
            (Some(from), Some(to)) => (from, to),
            (Some(_), None) => return,
        };
        let place = |id: T| shown.iter().position(|other| *other == id);
        if let Some(end) = place(to) {
            let start = place(from).unwrap_or(end);
            self.add(shown[start.min(end)..=start.max(end)].iter().copied());
        }
    }

    /// Marks none.
    pub fn clear(&mut self) {
        self.set.clear();
        self.anchor = None;
    }

    /// Keeps only those for which this holds.
    pub fn retain(&mut self, keep: impl Fn(T) -> bool) {
        self.set.retain(|id| keep(*id));
    }

    /// Those marked, in order of id.
    pub fn iter(&self) -> impl Iterator<Item = T> {
        self.set.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(len: usize, height: usize) -> List {
        let mut list = List::default();
        list.fit(len, height);
        list
    }

    #[test]
    fn the_cursor_stays_in_the_list_and_in_sight() {
        let mut list = list(5, 3);
        list.step(Move::Up);
        assert_eq!(list.cursor(), Some(0));
        for _ in 0..9 {
            list.step(Move::Down);
        }
        assert_eq!((list.cursor(), list.page()), (Some(4), 2..5));
        list.step(Move::Top);
        assert_eq!((list.cursor(), list.page()), (Some(0), 0..3));
    }

    #[test]
    fn a_page_moves_the_page() {
        let mut list = list(100, 10);
        list.step(Move::Down);
        list.step(Move::PageDown);
        assert_eq!((list.cursor(), list.page()), (Some(11), 10..20));
        list.step(Move::Bottom);
        assert_eq!((list.cursor(), list.page()), (Some(99), 90..100));
        list.step(Move::PageUp);
        assert_eq!((list.cursor(), list.page()), (Some(89), 80..90));
    }

    #[test]
    fn an_empty_list_has_no_cursor_and_a_shorter_one_keeps_it_inside() {
        let mut list = list(3, 2);
        list.step(Move::Bottom);
        list.fit(2, 2);
        assert_eq!(list.cursor(), Some(1));
        list.fit(0, 2);
        assert_eq!((list.cursor(), list.page()), (None, 0..0));
        list.step(Move::PageDown);
        list.fit(0, 0);
        assert_eq!(list.cursor(), None);
    }

    #[test]
    fn marks_are_by_id() {
        let mut marks = Marks::default();
        marks.toggle(3);
        marks.toggle(5);
        marks.toggle(3);
        assert_eq!(marks.iter().collect::<Vec<_>>(), [5]);
        marks.retain(|id| id != 5);
        assert!(marks.is_empty());
    }

    #[test]
    fn a_range_is_between_two_rows_wherever_they_stand_by_then() {
        let mut marks = Marks::default();
        marks.range(&[1, 2, 3, 4], Some(2));
        // Another session's entry came on top meanwhile.
        marks.range(&[9, 1, 2, 3, 4], Some(4));
        assert_eq!(marks.iter().collect::<Vec<_>>(), [2, 3, 4]);
        marks.clear();
        marks.range(&[1, 2, 3], Some(3));
        marks.range(&[1, 2], Some(1));
        assert_eq!(
            marks.iter().collect::<Vec<_>>(),
            [1],
            "it began on what has gone"
        );
        marks.range(&[], None);
        assert_eq!(marks.anchor, None);
    }
}
