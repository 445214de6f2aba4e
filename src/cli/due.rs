//! `today` and `due`: what is late, and what is due by a day.

use super::access::{self, Access};
use super::args::DueArgs;
use super::out::Out;
use super::own;
use super::queue;
use super::stop::Stop;
use crate::domain::calendar::Calendar;
use crate::domain::date::{self, Looking, When};
use crate::domain::school::OWN;
use crate::domain::task::Line;
use chrono::NaiveDate;

/// Prints what is late and what is due today.
pub(super) fn today(access: &Access, out: &mut Out) -> Result<(), Stop> {
    print(
        access,
        out,
        "Nothing is late, and nothing is due today.",
        |_| Ok(access.today),
    )
}

/// Prints what is late and what is due by a day.
pub(super) fn run(access: &Access, verb: &DueArgs, out: &mut Out) -> Result<(), Stop> {
    print(
        access,
        out,
        "Nothing is late, and nothing is due by then.",
        |calendar| last_day(&verb.within, access.today, calendar),
    )
}

fn print(
    access: &Access,
    out: &mut Out,
    nothing: &str,
    last: impl Fn(&Calendar) -> Result<NaiveDate, Stop>,
) -> Result<(), Stop> {
    let mut schools = Vec::new();
    let (stores, desk) = access.queues()?;
    let mut take = |code: &str, mut lines: Vec<Line>, last: NaiveDate| {
        lines.retain(|line| line.task.due.is_some_and(|due| due.day <= last));
        schools.push((code.to_owned(), lines));
    };
    for store in stores {
        let last = last(&store.calendar()?)?;
        take(store.code(), store.open_tasks()?, last);
    }
    if let Some(desk) = desk {
        match desk.own().open_tasks() {
            Ok(lines) if lines.is_empty() => {}
            Ok(lines) => take(OWN, lines, last(&access::own_calendar(&desk))?),
            Err(error) => own::not_read(access, error, out)?,
        }
    }
    let rows = queue::in_order(schools, access.today);
    queue::print(&rows, access.globals.all, access.today, out);
    if rows.is_empty() {
        out.say(nothing);
    }
    Ok(())
}

/// The last day of a span such as `14d` or `2w`, or a day.
fn last_day(text: &str, today: NaiveDate, calendar: &Calendar) -> Result<NaiveDate, Stop> {
    let when = When {
        today,
        calendar,
        looking: Looking::Ahead,
    };
    let read = date::read_when(text, &when).map_err(|fault| Stop::usage(fault.to_string()))?;
    let day = read.moment.day;
    if day < today {
        return Err(Stop::usage(format!(
            "--within looks ahead; {} lies behind.",
            date::full(day)
        )));
    }
    Ok(day)
}
