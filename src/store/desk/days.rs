//! My days: the weekdays the user is at each school. They are the user's own, so they stay on the desk and not in the
//! school's file.

use super::Desk;
use crate::domain::calendar::MyDays;
use crate::store::error::Result;

/// The setting that keeps the days at a school.
fn name(code: &str) -> String {
    format!("days.{code}")
}

impl Desk {
    /// The weekdays the user is at a school; days that cannot be read are as if they were not there.
    pub(super) fn my_days(&self, code: &str) -> Result<MyDays> {
        let days = self.setting(&name(code))?;
        let read = days.and_then(|days| MyDays::read(&days).ok());
        Ok(read.unwrap_or_default())
    }

    /// Keeps on which weekdays the user is at a school.
    pub fn keep_my_days(&self, code: &str, days: MyDays) -> Result<()> {
        self.set_setting(&name(code), &days.to_string())
    }
}
