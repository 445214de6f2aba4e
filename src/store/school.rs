//! The school's own row.

use super::Store;
use super::error::Result;
use super::history::Title;
use crate::domain::school::School;
use crate::domain::step::StepKind;
use rusqlite::{Connection, params};

pub(super) fn read(conn: &Connection) -> Result<School> {
    let school = conn.query_row(
        "SELECT name, code, urn, laestab, phase FROM school ORDER BY id LIMIT 1",
        [],
        |row| {
            Ok(School {
                name: row.get(0)?,
                code: row.get(1)?,
                urn: row.get(2)?,
                laestab: row.get(3)?,
                phase: row.get(4)?,
            })
        },
    )?;
    Ok(school)
}

impl Store {
    /// The first step of a new file: undo never passes it.
    pub(super) fn found(&mut self, school: &School) -> Result<()> {
        self.transact(|writer, _| {
            writer.conn.execute(
                "INSERT INTO school (name, code, urn, laestab, phase, entered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![school.name, school.code, school.urn, school.laestab, school.phase, writer.now],
            )?;
            Ok((Title::new(StepKind::Boundary, "Add the school"), ()))
        })
    }
}
