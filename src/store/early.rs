//! What is dated before a child was born.

use super::Store;
use super::error::Result;
use crate::domain::form::Kind;

impl Store {
    /// How many children a record is about who were not born on its day; of a child, how many records are dated before the
    /// birth.
    pub fn before_birth(&self, kind: Kind, id: i64) -> Result<usize> {
        let sql = match kind {
            Kind::Status => {
                "SELECT count(*) FROM status_period AS own JOIN pupil ON pupil.id = own.pupil
                 WHERE own.id = ?1 AND own.starts < pupil.dob"
            }
            Kind::Need => {
                "SELECT count(*) FROM need AS own JOIN pupil ON pupil.id = own.pupil
                 WHERE own.id = ?1 AND own.starts < pupil.dob"
            }
            Kind::Member => {
                "SELECT count(*) FROM member AS own JOIN pupil ON pupil.id = own.pupil
                 WHERE own.id = ?1 AND own.starts < pupil.dob"
            }
            // A moment begins with its day.
            Kind::Contact => {
                "SELECT count(*) FROM contact_pupil AS own JOIN pupil ON pupil.id = own.pupil
                 WHERE own.contact = ?1 AND own.at < pupil.dob"
            }
            Kind::Pupil => {
                "SELECT (SELECT count(*) FROM status_period WHERE pupil = one.id AND starts < one.dob)
                      + (SELECT count(*) FROM need WHERE pupil = one.id AND starts < one.dob)
                      + (SELECT count(*) FROM member WHERE pupil = one.id AND starts < one.dob)
                      + (SELECT count(*) FROM contact_pupil WHERE pupil = one.id AND at < one.dob)
                 FROM pupil AS one WHERE id = ?1"
            }
            _ => return Ok(0),
        };
        self.read(|conn| {
            let count: i64 = conn
                .prepare_cached(sql)?
                .query_row([id], |row| row.get(0))?;
            Ok(usize::try_from(count).unwrap_or_default())
        })
    }

    /// A sentence's end about what is dated before a birth; empty where nothing is.
    pub fn told_before_birth(&self, kind: Kind, id: i64) -> Result<String> {
        Ok(match (kind, self.before_birth(kind, id)?) {
            (_, 0) => String::new(),
            (Kind::Pupil, 1) => ", 1 record is dated before the birth: check the dates".to_owned(),
            (Kind::Pupil, many) => {
                format!(", {many} records are dated before the birth: check the dates")
            }
            _ => ", a day before the child was born: check the dates".to_owned(),
        })
    }
}
