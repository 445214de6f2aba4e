//! Fields that take a length of time, or the week it is of.

use super::{Field, Reading};
use crate::domain::calendar::monday_of;
use crate::domain::date::Looking;
use crate::domain::form::{Context, FieldFault, Value};
use crate::domain::provision::read_hours;
use crate::domain::{date, hours, provision};

impl Field {
    pub(super) fn read_hours(&self, words: &str) -> Result<Reading, FieldFault> {
        match read_hours(words) {
            Some(minutes) => Ok(Reading::of(Value::Text(provision::hours(minutes)), "")),
            None => Err(self.fault(format!("\"{words}\" is no number of hours: 32.5 or 32:30."))),
        }
    }

    pub(super) fn read_length(&self, words: &str) -> Result<Reading, FieldFault> {
        let minutes = hours::read(words).map_err(|fault| self.fault(fault.to_string()))?;
        Ok(Reading::of(Value::Whole(minutes), hours::shown(minutes)))
    }

    /// Any day of a week that has begun: the nearest such day, and what lies ahead has taken no time.
    pub(super) fn read_week(&self, words: &str, context: &Context) -> Result<Reading, FieldFault> {
        let read = self.read_moment(words, Looking::Nearest, context)?;
        let day = read.moment.day;
        if read.moment.time.is_some() {
            return Err(self.fault("a day of it is asked for, without a time."));
        }
        let monday = monday_of(day).unwrap_or(day);
        if monday > context.today {
            return Err(self.fault(format!(
                "the week from {} lies in the future.",
                date::full(monday)
            )));
        }
        let shown = format!("from {}", date::full(monday));
        Ok(Reading::of(Value::Date(monday), shown))
    }
}
