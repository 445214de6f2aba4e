//! The hours the SENCO of an invented school typed: the weeks of this term that are over.

use super::{Desk, text};
use crate::demo::dice::Dice;
use crate::domain::calendar::monday_of;
use crate::domain::form::{Kind, Value, Values};
use chrono::{Days, NaiveDate};

/// What hours go on, as it is jotted down.
const NOTES: [&str; 4] = [
    "reviews and their papers",
    "in class, and the TA meeting",
    "annual review prep",
    "referrals",
];

/// A line for each week with a school day, but the odd one that was forgotten.
pub(super) fn lines(dice: &mut Dice, desk: &Desk<'_>) -> Vec<(Kind, Values)> {
    let first = NaiveDate::from_ymd_opt(desk.year.0, 9, 1).and_then(monday_of);
    let this = monday_of(desk.today).unwrap_or(desk.today);
    let next = |monday: &NaiveDate| monday.checked_add_days(Days::new(7));
    let mut lines = Vec::new();
    for monday in std::iter::successors(first, next).take_while(|monday| *monday < this) {
        let mut week = monday.iter_days().take(7);
        // Thrown for every week, so that one forgotten moves no other.
        let (halves, forgotten, told) = (8 + dice.below(6), dice.below(8) == 0, dice.below(8));
        if forgotten || !week.any(|day| desk.calendar.is_school_day(day)) {
            continue;
        }
        let mut values = Values::from([
            ("week", Some(Value::Date(monday))),
            ("hours", Some(Value::Whole(30 * halves as i64))),
        ]);
        if let Some(note) = NOTES.get(told) {
            values.insert("note", text(note));
        }
        lines.push((Kind::Hours, values));
    }
    lines
}
