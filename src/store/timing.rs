//! Moments of the history that the clock cannot have told right: it ran back, or is behind now.

use super::Store;
use super::chain::STEP_COLUMNS;
use super::error::Result;
use super::history::{IN_EFFECT, SET_BACK, moment, read_step};
use crate::domain::step::Step;
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params_from_iter};

/// Steps of one sort: how many, and the newest of them.
pub type Odd = Option<(i64, Step)>;

impl Store {
    /// The steps that are earlier than the one before them.
    pub fn set_back_steps(&self) -> Result<Odd> {
        self.odd(SET_BACK, None)
    }

    /// The steps that lie after now.
    pub fn steps_ahead(&self) -> Result<Odd> {
        self.odd("step.at > ?1", Some(self.now()))
    }

    /// Goes through the whole history once.
    fn odd(&self, which: &str, given: Option<DateTime<Utc>>) -> Result<Odd> {
        let given = given.map(moment);
        self.read(|conn| {
            let newest = format!(
                "SELECT {STEP_COLUMNS}, {IN_EFFECT}, {SET_BACK} FROM journal_step AS step
                 WHERE {which} ORDER BY id DESC LIMIT 1"
            );
            let newest = conn
                .query_row(&newest, params_from_iter(&given), read_step)
                .optional()?;
            let Some(newest) = newest else {
                return Ok(None);
            };
            let count = format!("SELECT count(*) FROM journal_step AS step WHERE {which}");
            let count = conn.query_row(&count, params_from_iter(&given), |row| row.get(0))?;
            Ok(Some((count, newest)))
        })
    }
}
