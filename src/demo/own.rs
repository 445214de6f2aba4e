//! What belongs to the demo's SENCO and to none of the schools: the weekdays at each, and tasks without a child.

use crate::domain::calendar::Calendar;
use crate::domain::form::{Value, Values};
use crate::domain::moment::Moment;
use chrono::NaiveDate;

/// The weekdays at a school, by its place on the desk, as [`MyDays`](crate::domain::calendar::MyDays) reads them.
pub const fn weekdays(place: usize) -> &'static str {
    match place {
        0 => "mon tue",
        1 => "wed thu",
        _ => "fri",
    }
}

/// Tasks of the SENCO's own, with the school days until each is due.
const TASKS: [(&str, Option<i64>); 3] = [
    ("SENCO network: bring last term's provision map", Some(3)),
    ("NPQ for SENCOs: hand in the second assignment", Some(14)),
    ("Read the new statutory guidance", None),
];

/// The tasks of the SENCO's own, as a form would be filled in.
pub fn tasks(today: NaiveDate) -> Vec<Values> {
    let calendar = Calendar::default();
    let due = |days: i64| calendar.add_school_days(today, days).map(Moment::on);
    let filled = |(title, days): &(&str, Option<i64>)| {
        Values::from([
            ("title", Some(Value::Text((*title).to_owned()))),
            ("due", days.and_then(due).map(Value::Moment)),
        ])
    };
    TASKS.iter().map(filled).collect()
}
