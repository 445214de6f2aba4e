//! Who is on file, to be hidden from a screen others can see.

use super::Store;
use super::error::Result;
use crate::domain::id::PupilId;
use crate::domain::veil::Veil;

impl Store {
    /// Adds every name on file: children on roll and left, the people around them, staff.
    pub fn hide_in(&self, veil: &mut Veil) -> Result<()> {
        self.read(|conn| {
            let mut pupils = conn.prepare_cached(
                "SELECT id, surname, forename, middle_names, preferred_forename FROM pupil ORDER BY id",
            )?;
            let mut rows = pupils.query([])?;
            while let Some(row) = rows.next()? {
                let text = |at: usize| -> rusqlite::Result<String> {
                    Ok(row.get::<_, Option<String>>(at)?.unwrap_or_default())
                };
                let (surname, forename) = (text(1)?, text(2)?);
                let (middle, preferred) = (text(3)?, text(4)?);
                let known_as = if preferred.is_empty() { &forename } else { &preferred };
                veil.child(PupilId(row.get(0)?), known_as, &surname, &forename, &middle);
            }
            let mut others =
                conn.prepare_cached("SELECT name FROM person UNION SELECT name FROM staff ORDER BY name")?;
            let mut rows = others.query([])?;
            while let Some(row) = rows.next()? {
                veil.person(&row.get::<_, String>(0)?);
            }
            Ok(())
        })
    }
}
