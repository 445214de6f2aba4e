//! Handing a school over to the next SENCO, and taking one over.
//!
//! A hand-over is a self-contained copy under a passphrase of its own, with the whole history. The copy that stays can
//! only be read from then on, so that nobody goes on writing in it; that is a note of this desk, and can be taken back.

use super::Desk;
use super::lock::Wait;
use super::open::Entered;
use crate::domain::{date, passphrase};
use crate::store::copy::{Copied, Manifest};
use crate::store::error::{Error, Result};
use crate::store::seen::TAKE_BACK;
use crate::store::{Keys, Store, file};
use crate::sys;
use chrono::NaiveDate;
use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;

/// A hand-over that was made.
#[derive(Debug)]
pub struct Given {
    /// What it holds.
    pub manifest: Manifest,
    /// True where another session has the school open: it can only read it from now on.
    pub open_elsewhere: bool,
}

impl Desk {
    /// Makes a hand-over of a school under its own passphrase; the copy here can only be read from then on, also by those who
    /// have it open: nobody saves anything from before the copy is begun, so that it holds all there is. Forms begun and not
    /// saved stay here.
    ///
    /// # Errors
    /// [`Error::NoSuchSchool`], [`Error::HandedOver`], [`Error::InTheWay`], [`Error::Full`]. Nothing half-made is left.
    pub fn hand_over(&self, code: &str, to: &Path, passphrase: &str) -> Result<Given> {
        let Entered { code, keys, .. } = self.entered(code)?;
        self.refuse_handed(&code)?;
        if to.exists() {
            let path = to.to_owned();
            return Err(Error::InTheWay { path });
        }
        let words = passphrase::made(passphrase);
        let open_elsewhere = self.is_shared(&code);
        let store = self.open_school(&code)?;
        let (made, told) = (Cell::new(false), Cell::new(false));
        let note = || {
            made.set(true);
            // Another may have handed it over while this one waited.
            self.refuse_handed(&code)?;
            told.set(true);
            self.set_setting(&noted(&code), &date::iso(sys::clock::today()))
        };
        let given = if store.is_read_only() {
            let manifest = store.copy_for_another(to, &keys.journal, &words);
            manifest.and_then(|manifest| note().map(|()| manifest))
        } else {
            store.hand_over_to(to, &keys, &words, note)
        };
        // Else two would go on writing.
        if given.is_err() && made.get() {
            let _ = fs::remove_file(to);
        }
        if given.is_err() && told.get() {
            let _ = self.set_setting(&noted(&code), "");
        }
        Ok(Given {
            manifest: given?,
            open_elsewhere,
        })
    }

    fn refuse_handed(&self, code: &str) -> Result<()> {
        match self.handed_over(code)? {
            Some(day) => Err(Error::HandedOver {
                code: code.to_owned(),
                day,
            }),
            None => Ok(()),
        }
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
        let code = self.entered(code)?.code;
        if self.handed_over(&code)?.is_none() {
            return Err(Error::NotHandedOver { code });
        }
        self.set_setting(&noted(&code), "")?;
        let mut store = self.open_school(&code)?;
        store.record_access(TAKE_BACK)
    }

    /// Takes a school over from a hand-over, history and all, under a new key. Undo never reaches past it.
    ///
    /// # Errors
    /// As [`Copied::open`]; [`Error::SchoolExists`] where a school of that code is here already.
    pub fn adopt(&mut self, file: &Path, passphrase: &str) -> Result<Manifest> {
        let copied = Copied::open(file, passphrase)?;
        let school = copied.manifest.school.clone();
        self.refuse_known(&school.code)?;
        let _alone = self.take(&school.code, Wait::ToReplace)?;
        // Another may have taken it over while this one waited.
        self.refuse_known(&school.code)?;
        let path = self.places.school(&school.code);
        if path.exists() {
            return Err(Error::InTheWay { path });
        }
        // A key of its own: who kept the old one, or a copy of it, opens nothing that is written from now on.
        let keys = Keys {
            file: file::random_key()?,
            journal: copied.journal.clone(),
        };
        let newest = RefCell::default();
        let make = |new: &Path| {
            copied.put(new, &keys.file)?;
            let author = self.author.clone();
            // Of an older format: the copy itself is the backup.
            let mut store = Store::open(new, &keys, &school.code, author, |_| Ok(None))?;
            store.seal_history("Take the school over under a new key")?;
            newest.replace(store.seen.newest());
            store.close(new)
        };
        self.put_in_place(&path, make, || {
            self.told(self.enter(&school, &keys))?;
            self.note_newest(&school.code, &newest.borrow())
        })?;
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
    use crate::store::tests::texts;
    use crate::store::{Draft, Places};

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
        let manifest = old.hand_over("oak", &file, WORDS).unwrap().manifest;
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
    fn what_was_begun_and_not_saved_stays_where_it_was_begun() {
        let folder = tempfile::tempdir().unwrap();
        let (old, mut new) = (filled(&folder), desk(&folder, "new"));
        let draft = Draft {
            kind: Kind::Pupil.into(),
            variant: String::new(),
            about: None,
            editing: false,
            texts: [("surname".to_owned(), "Oka".to_owned())].into(),
            mark: None,
        };
        let mut store = old.open_school("OAK").unwrap();
        store.keep_draft(&draft, true).unwrap();
        drop(store);
        let file = folder.path().join("OAK.handover");
        old.hand_over("OAK", &file, WORDS).unwrap();
        new.adopt(&file, WORDS).unwrap();
        let begun = |desk: &Desk| desk.open_school("OAK").unwrap().begun().unwrap().len();
        assert_eq!((begun(&old), begun(&new)), (1, 0));
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

    #[test]
    fn a_hand_over_opens_by_its_passphrase_whatever_keyboard_gives_it() {
        let folder = tempfile::tempdir().unwrap();
        let old = filled(&folder);
        let file = folder.path().join("OAK.handover");
        let made = old
            .hand_over("OAK", &file, "cafe\u{301} larch moss")
            .unwrap();
        for given in [
            "caf\u{e9} larch moss",
            "cafe\u{301} larch moss",
            "\u{feff}caf\u{e9} larch moss",
        ] {
            let opened = Copied::open(&file, given).unwrap();
            assert_eq!(opened.manifest, made.manifest, "{given:?}");
        }
        for (given, told) in [
            ("cafe larch moss", ""),
            ("caf\u{e9} larch moss ", "begins or ends with a blank"),
            ("caf\u{e9}\0", "holds a NUL"),
        ] {
            let error = Copied::open(&file, given).unwrap_err();
            assert!(matches!(error, Error::WrongPhrase { .. }), "{error}");
            assert!(error.to_string().contains(told), "{error}");
            assert!(!error.to_string().contains("caf"), "{error}");
        }
    }
}
