//! Handing a school over to the next SENCO, and taking one over.
//!
//! A hand-over is a self-contained copy under a passphrase of its own, with the whole history. The copy that stays can
//! only be read from then on, so that nobody goes on writing in it; that is a note of this desk, and can be taken back.

use super::Desk;
use crate::domain::date;
use crate::store::copy::{Copied, Manifest};
use crate::store::error::{Error, Result};
use crate::store::{Store, file, schema};
use crate::sys;
use chrono::NaiveDate;
use std::fs;
use std::path::Path;

impl Desk {
    /// Makes a hand-over of a school under its own passphrase; the copy here can only be read from then on.
    ///
    /// # Errors
    /// [`Error::NoSuchSchool`], [`Error::HandedOver`], [`Error::InTheWay`], [`Error::Full`]. Nothing half-made is left.
    pub fn hand_over(&self, code: &str, to: &Path, passphrase: &str) -> Result<Manifest> {
        let (code, key) = self.key_of(code)?;
        if let Some(day) = self.handed_over(&code)? {
            return Err(Error::HandedOver { code, day });
        }
        if to.exists() {
            let path = to.to_owned();
            return Err(Error::InTheWay { path });
        }
        // Another session would go on writing into the copy that stays.
        if !file::is_alone(&self.places.school(&code), &key, &schema::SCHOOL)? {
            return Err(Error::InUse { code });
        }
        let mut store = self.open_school(&code)?;
        if !store.is_read_only() {
            store.record_access("Hand the school over")?;
        }
        let manifest = store.copy_to(to, &key, passphrase)?;
        let handed = self.set_setting(&noted(&code), &date::iso(sys::clock::today()));
        if handed.is_err() {
            // Two would go on writing.
            let _ = fs::remove_file(to);
        }
        handed.map(|()| manifest)
    }

    /// The day a school was handed over; `None` while it is worked on here.
    pub fn handed_over(&self, code: &str) -> Result<Option<NaiveDate>> {
        let noted = self.setting(&noted(code))?;
        Ok(noted.as_deref().and_then(date::from_iso))
    }

    /// Takes a hand-over back: the copy here can be written again. What was entered in the other since is not in it.
    ///
    /// # Errors
    /// [`Error::NoSuchSchool`]; [`Error::NotHandedOver`].
    pub fn take_back(&self, code: &str) -> Result<()> {
        let (code, _) = self.key_of(code)?;
        if self.handed_over(&code)?.is_none() {
            return Err(Error::NotHandedOver { code });
        }
        self.set_setting(&noted(&code), "")?;
        let mut store = self.open_school(&code)?;
        store.record_access("Take the hand-over of the school back")
    }

    /// Takes a school over from a hand-over, history and all. Undo never reaches past it.
    ///
    /// # Errors
    /// As [`Copied::open`]; [`Error::SchoolExists`] where a school of that code is here already.
    pub fn adopt(&mut self, file: &Path, passphrase: &str) -> Result<Manifest> {
        let copied = Copied::open(file, passphrase)?;
        let school = copied.manifest.school.clone();
        self.refuse_known(&school.code)?;
        let path = self.places.school(&school.code);
        if path.exists() {
            return Err(Error::InTheWay { path });
        }
        let make = |new: &Path| {
            copied.put(new)?;
            let author = self.author.clone();
            // Of an older format: the copy itself is the backup.
            let mut store = Store::open(new, &copied.key, &school.code, author, |_| Ok(None))?;
            store.seal_history("Take the school over")?;
            store.close(new)
        };
        self.put_in_place(&path, make, || self.told(self.enter(&school, &copied.key)))?;
        Ok(copied.manifest)
    }
}

/// The setting that notes since when a school is handed over.
fn noted(code: &str) -> String {
    format!("handed.{code}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::form::Kind;
    use crate::domain::school::School;
    use crate::domain::step::StepKind;
    use crate::store::Places;
    use crate::store::tests::texts;

    const WORDS: &str = "harbour lentil drum frost";

    fn desk(folder: &tempfile::TempDir, name: &str) -> Desk {
        let places = Places {
            data: folder.path().join(name),
        };
        Desk::create_demo(&places, name).unwrap()
    }

    fn filled(folder: &tempfile::TempDir) -> Desk {
        let mut old = desk(folder, "old");
        let school = School::read("Oakfield Primary", "OAK", None, None, None).unwrap();
        old.add_school(&school).unwrap();
        let pupil = texts(&[("surname", "Okafor")]);
        let mut store = old.open_school("OAK").unwrap();
        store
            .step("Add pupil", |writer| writer.add(Kind::Pupil, &pupil))
            .unwrap();
        old
    }

    #[test]
    fn the_next_senco_takes_over_everything_and_undo_stops_there() {
        let folder = tempfile::tempdir().unwrap();
        let (old, mut new) = (filled(&folder), desk(&folder, "new"));
        let file = folder.path().join("OAK.handover");
        let manifest = old.hand_over("oak", &file, WORDS).unwrap();
        assert!(matches!(
            new.adopt(&file, "another"),
            Err(Error::WrongPhrase { .. })
        ));
        assert_eq!(new.adopt(&file, WORDS).unwrap(), manifest);
        let (there, mut here) = (
            old.open_school("OAK").unwrap(),
            new.open_school("OAK").unwrap(),
        );
        for table in ["pupil", "school", "setting"] {
            assert_eq!(here.dump(table).unwrap(), there.dump(table).unwrap());
        }
        assert_eq!(here.verify().unwrap(), None);
        let history = here.history(None, 9).unwrap();
        assert_eq!(history[0].kind, StepKind::Boundary);
        let labels: Vec<&str> = history.iter().map(|step| &*step.label).collect();
        assert!(labels.contains(&"Add pupil") && labels.contains(&"Hand the school over"));
        assert!(matches!(here.undo(), Err(Error::NothingToUndo)));
        assert!(matches!(
            new.adopt(&file, WORDS),
            Err(Error::SchoolExists { .. })
        ));
    }

    #[test]
    fn an_old_file_is_brought_to_this_format_with_its_boundary_before_it_is_handed_over() {
        let folder = tempfile::tempdir().unwrap();
        let old = filled(&folder);
        let shape = include_str!("../../../tests/data/v1.sql");
        old.put_shape("OAK", shape).unwrap();
        old.hand_over("OAK", &folder.path().join("OAK.handover"), WORDS)
            .unwrap();
        let mut store = old.open_school("OAK").unwrap();
        let history = store.history(None, 9).unwrap();
        assert!(
            history
                .iter()
                .any(|step| step.kind == StepKind::Boundary && step.label.starts_with("Bring"))
        );
        assert!(store.undo().is_err());
    }

    #[test]
    fn what_was_handed_over_can_only_be_read_until_it_is_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let old = filled(&folder);
        let file = folder.path().join("OAK.handover");
        assert!(matches!(
            old.take_back("OAK"),
            Err(Error::NotHandedOver { .. })
        ));
        let open = old.open_school("OAK").unwrap();
        let before = open.history(None, 99).unwrap().len();
        let busy = old.hand_over("OAK", &file, WORDS);
        assert!(matches!(busy, Err(Error::InUse { .. })));
        assert_eq!(open.history(None, 99).unwrap().len(), before);
        drop(open);
        old.hand_over("OAK", &file, WORDS).unwrap();
        let again = old.hand_over("OAK", &folder.path().join("2"), WORDS);
        assert!(matches!(again, Err(Error::HandedOver { .. })));
        let pupil = texts(&[("surname", "Ali")]);
        let add = |old: &Desk| {
            let mut store = old.open_school("OAK").unwrap();
            assert_eq!(store.all_lines().unwrap().len(), 1);
            store.step("Add", |writer| writer.add(Kind::Pupil, &pupil))
        };
        assert!(matches!(add(&old), Err(Error::HandedOver { .. })));
        old.take_back("OAK").unwrap();
        add(&old).unwrap();
    }
}
