//! Invented schools in files, for both sides of a pair: ours through the desk, the bare one by the key in the clear.

use chrono::NaiveDate;
use rusqlite::Connection;
use sendesk::demo::{self, Options};
use sendesk::domain::batch::plan::plan;
use sendesk::domain::batch::{Batch, Incoming, Shape};
use sendesk::domain::school::School;
use sendesk::script::sample;
use sendesk::store::{Desk, Places, Store};
use std::path::{Path, PathBuf};
use std::time::Instant;
use tempfile::TempDir;

/// A demonstration desk in a folder of its own, with one school.
pub(super) struct Kept {
    folder: PathBuf,
    /// Removed at the end, unless the folder is kept for the next run.
    temporary: Option<TempDir>,
    desk: Desk,
    pub(super) school: School,
    pub(super) pupils: Vec<Incoming>,
}

impl Kept {
    /// A school with pupils alone.
    pub(super) fn new(pupils: usize) -> Self {
        let kept = Self {
            pupils: demo::school(&options(pupils)).pupils,
            ..Self::empty(tempfile::tempdir().unwrap())
        };
        kept.store()
            .step("Invent", |writer| writer.apply(&kept.plan(), today()))
            .unwrap();
        kept
    }

    /// A school with its diary: a term's worth, or so many entries. Those are kept under `target` between runs, since a
    /// million of them take minutes to make.
    pub(super) fn with_diary(pupils: usize, entries: Option<usize>) -> Self {
        let Some(entries) = entries else {
            let kept = Self::empty(tempfile::tempdir().unwrap());
            sample::fill(&mut kept.store(), &options(pupils), None).unwrap();
            return kept;
        };
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = target.join(format!("bench-{pupils}-{entries}"));
        let places = Places {
            data: folder.clone(),
        };
        if !Desk::exists(&places).unwrap() {
            let start = Instant::now();
            let making = Self::empty(tempfile::tempdir_in(target).unwrap());
            sample::fill(&mut making.store(), &options(pupils), Some(entries)).unwrap();
            let Self {
                temporary, desk, ..
            } = making;
            // Closed, so that nothing is open under the name it has while it is made.
            drop(desk);
            std::fs::rename(temporary.unwrap().keep(), &folder).unwrap();
            println!("==> {} made in {:.0?}\n", folder.display(), start.elapsed());
        }
        Self {
            folder,
            temporary: None,
            desk: Desk::unlock_demo(&places).unwrap(),
            school: demo::describe(0),
            pupils: Vec::new(),
        }
    }

    /// A desk with a school that has no pupils yet.
    fn empty(folder: TempDir) -> Self {
        let school = demo::describe(0);
        let places = Places {
            data: folder.path().to_owned(),
        };
        let mut desk = Desk::create_demo(&places, "Bench").unwrap();
        desk.add_school(&school).unwrap();
        Self {
            folder: folder.path().to_owned(),
            temporary: Some(folder),
            desk,
            school,
            pupils: Vec::new(),
        }
    }

    /// The pupils as an import of new ones.
    pub(super) fn plan(&self) -> sendesk::domain::batch::Plan {
        let batch = Batch {
            shape: Shape::default(),
            rows: self.pupils.len(),
            pupils: self.pupils.clone(),
            ..Batch::default()
        };
        plan(batch, &[], today())
    }

    /// The school, opened.
    pub(super) fn store(&self) -> Store {
        self.desk.open_school(&self.school.code).unwrap()
    }

    /// The school's file and its key, as the demonstration desk has them in the clear.
    pub(super) fn file(&self) -> (PathBuf, String) {
        let keys = std::fs::read_to_string(self.folder.join("desk.keys")).unwrap();
        let keys: serde_json::Value = serde_json::from_str(&keys).unwrap();
        let desk = bare(
            &self.folder.join("desk.db"),
            keys["demo_key"].as_str().unwrap(),
        );
        let key = desk
            .query_row("SELECT raw_key FROM school", [], |row| row.get(0))
            .unwrap();
        let name = format!("schools/{}.db", self.school.code);
        (self.folder.join(name), key)
    }

    /// The school's file without anything of ours.
    pub(super) fn bare(&self) -> Connection {
        let (path, key) = self.file();
        bare(&path, &key)
    }
}

fn options(pupils: usize) -> Options {
    Options {
        seed: 1,
        today: today(),
        pupils,
        index: 0,
    }
}

/// The day of every bench.
pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

/// A connection with our settings and nothing else of ours.
#[expect(
    clippy::disallowed_methods,
    reason = "the floor is what the library does alone"
)]
pub(super) fn bare(path: &Path, key: &str) -> Connection {
    let conn = Connection::open(path).unwrap();
    conn.execute_batch(&format!(
        "PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;"
    ))
    .unwrap();
    conn
}
