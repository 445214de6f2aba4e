//! Days and moments in the words of lists and peeks.

use crate::app::state::State;
use crate::domain::date;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};

/// What day it is, and what the clock on the wall showed at a moment.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    /// The working date.
    pub today: NaiveDate,
    local: fn(DateTime<Utc>) -> NaiveDateTime,
}

impl Clock {
    /// The clock of a state.
    pub(super) fn of(state: &State) -> Self {
        Self {
            today: state.today,
            local: state.local,
        }
    }

    /// A moment by the wall's clock.
    pub(super) fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        (self.local)(at)
    }

    /// `Mon 23 Nov 14:30`, with the year where that is not this one.
    pub(super) fn entered(self, at: DateTime<Utc>) -> String {
        let at = self.local(at);
        let day = date::named(at.date(), self.today);
        format!("{day} {}", at.format("%H:%M"))
    }

    /// A day in a list: `Mon 23 Nov`, and `23 Nov '25` in another year.
    pub(super) fn listed(self, day: NaiveDate) -> String {
        if day.year() == self.today.year() {
            day.format("%a %-d %b").to_string()
        } else {
            day.format("%-d %b '%y").to_string()
        }
    }
}

/// `1 day`, `6 days`.
pub(super) fn days(count: i64) -> String {
    if count == 1 {
        "1 day".to_owned()
    } else {
        format!("{count} days")
    }
}
