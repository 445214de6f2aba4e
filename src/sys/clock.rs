//! The one place that asks what time it is.
//!
//! Everything else is handed its date, so that every rule of dates can be tested.

use chrono::{
    DateTime, Days, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc,
};
use std::time::{Duration, Instant};

/// Now, in UTC: for journal times and file names.
#[expect(clippy::disallowed_methods, reason = "this is the one place that asks")]
pub fn utc_now() -> DateTime<Utc> {
    #[cfg(test)]
    if let Some(at) = stopped::shown() {
        return at;
    }
    Utc::now()
}

/// Now, by the clock on this machine's wall.
#[expect(clippy::disallowed_methods, reason = "this is the one place that asks")]
fn local_now() -> DateTime<Local> {
    #[cfg(test)]
    if let Some(at) = stopped::shown() {
        return at.with_timezone(&Local);
    }
    Local::now()
}

/// A clock that stands where a test of this thread puts it.
#[cfg(test)]
pub mod stopped {
    use super::{DateTime, Utc};
    use std::cell::Cell;

    thread_local! {
        static AT: Cell<Option<DateTime<Utc>>> = const { Cell::new(None) };
    }

    /// Goes on as the machine's own does once this is let go.
    pub struct Stopped(());

    impl Stopped {
        /// Stops it at a moment.
        pub fn at(moment: DateTime<Utc>) -> Self {
            let stopped = Self(());
            stopped.put(moment);
            stopped
        }

        /// Puts it at another moment.
        pub fn put(&self, moment: DateTime<Utc>) {
            AT.set(Some(moment));
        }
    }

    impl Drop for Stopped {
        fn drop(&mut self) {
            AT.set(None);
        }
    }

    pub(super) fn shown() -> Option<DateTime<Utc>> {
        AT.get()
    }
}

/// The date on this machine's wall.
pub fn today() -> NaiveDate {
    local_now().date_naive()
}

/// The time on this machine's wall, to the minute.
pub fn time() -> NaiveTime {
    let now = local_now().time();
    NaiveTime::from_hms_opt(now.hour(), now.minute(), 0).unwrap_or(now)
}

/// A moment as the clock on this machine's wall shows it.
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Local).naive_local()
}

/// How long until the date changes; an hour where the time zone does not say.
pub fn until_midnight() -> Duration {
    let now = local_now();
    now.date_naive()
        .checked_add_days(Days::new(1))
        .and_then(|tomorrow| {
            tomorrow
                .and_time(NaiveTime::MIN)
                .and_local_timezone(Local)
                .earliest()
        })
        .and_then(|midnight| (midnight - now).to_std().ok())
        .unwrap_or(Duration::from_hours(1))
}

/// A moment to measure from, by two clocks: the machine's own stands still while a laptop sleeps, the wall's may
/// be set back. Whichever has gone further counts, so that an unattended desk locks.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    machine: Instant,
    wall: DateTime<Utc>,
}

impl Stamp {
    /// This moment.
    pub fn now() -> Self {
        Self {
            machine: Instant::now(),
            wall: utc_now(),
        }
    }

    /// A moment that much earlier by the clock on the wall.
    #[cfg(test)]
    #[must_use]
    pub fn back(self, by: Duration) -> Self {
        Self {
            wall: self.wall - by,
            ..self
        }
    }

    /// How long ago it was.
    pub fn elapsed(&self) -> Duration {
        self.until(&Self::now())
    }

    /// How long from this moment to a later one.
    fn until(&self, later: &Self) -> Duration {
        let wall = (later.wall - self.wall).max(TimeDelta::zero());
        later
            .machine
            .saturating_duration_since(self.machine)
            .max(wall.to_std().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_is_within_a_day_and_an_hour() {
        // Twenty-five hours: the night the clocks go back.
        assert!(until_midnight() <= Duration::from_hours(25));
    }

    #[test]
    fn sleep_counts_and_a_clock_set_back_does_not() {
        let start = Stamp::now();
        let slept = Stamp {
            wall: start.wall + TimeDelta::hours(2),
            ..start
        };
        assert_eq!(start.until(&slept), Duration::from_hours(2));
        let set_back = Stamp {
            wall: start.wall - TimeDelta::hours(2),
            machine: start.machine + Duration::from_secs(5),
        };
        assert_eq!(start.until(&set_back), Duration::from_secs(5));
    }
}
