//! What the store and the names in memory cost beside the bare SQL or library call, in the same run.
//!
//! Prints figures and asserts nothing: a clock on a shared machine fails no build. The bare side opens the same
//! encrypted files with the same settings and does only what the answer needs: no journal, no checks, no types of ours.

#![expect(clippy::unwrap_used, reason = "a bench may stop")]
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

mod diary;
mod kept;
mod provision;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode};
use kept::{Kept, bare, today};
use memchr::memmem;
use rusqlite::{Connection, params};
use sendesk::domain::batch::Incoming;
use sendesk::domain::batch::plan::plan;
use sendesk::domain::form::{Kind, Value, Values};
use sendesk::domain::id::PupilId;
use sendesk::import;
use sendesk::store::{Desk, Places};
use std::cell::RefCell;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Pupils of the large school.
const MANY: usize = 100_000;
/// Rows of the file imported.
const IMPORTED: usize = 10_000;
/// Rows a tall screen shows.
const PAGE: usize = 40;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let large = Kept::new(MANY);
    open(&mut criterion, &large);
    names(&mut criterion, &large);
    page(&mut criterion, &large);
    letters(&mut criterion, &large);
    drop(large);
    save(&mut criterion);
    bring_in(&mut criterion);
    diary::run(&mut criterion);
    provision::run(&mut criterion);
    criterion.final_summary();
}

/// Two ways to one answer, timed one after the other.
struct Pair<'a> {
    group: BenchmarkGroup<'a, WallTime>,
    what: &'static str,
    /// Time per turn of each sample, of the bare side and of ours.
    seen: [RefCell<Vec<Duration>>; 2],
}

impl<'a> Pair<'a> {
    fn new(criterion: &'a mut Criterion, what: &'static str) -> Self {
        Self {
            group: criterion.benchmark_group(what),
            what,
            seen: Default::default(),
        }
    }

    /// Times one side: each turn on what `ready` made, which costs nothing here.
    fn time<I, O>(
        &mut self,
        side: usize,
        mut ready: impl FnMut() -> I,
        mut work: impl FnMut(&mut I) -> O,
    ) {
        let seen = &self.seen[side];
        self.group
            .bench_function(["bare", "sendesk"][side], |bencher| {
                bencher.iter_custom(|turns| {
                    let mut taken = Duration::ZERO;
                    for _ in 0..turns {
                        let mut input = ready();
                        let start = Instant::now();
                        black_box(work(&mut input));
                        taken += start.elapsed();
                    }
                    seen.borrow_mut()
                        .push(taken / u32::try_from(turns).unwrap_or(u32::MAX));
                    taken
                });
            });
    }

    /// Says how many times the bare side's median ours is.
    fn tell(self) {
        self.group.finish();
        let middle = |side: &RefCell<Vec<Duration>>| {
            let mut seen = side.take();
            seen.sort_unstable();
            seen.get(seen.len() / 2).copied()
        };
        let [bare, ours] = &self.seen;
        if let (Some(bare), Some(ours)) = (middle(bare), middle(ours)) {
            let ratio = ours.as_secs_f64() / bare.as_secs_f64();
            println!(
                "==> {}: {ours:.2?}, {ratio:.2} times the bare {bare:.2?}\n",
                self.what
            );
        }
    }
}

/// A school by its raw key, up to its name.
fn open(criterion: &mut Criterion, large: &Kept) {
    let (path, key) = large.file();
    let mut pair = Pair::new(criterion, "open a school");
    pair.time(
        0,
        || (),
        |()| {
            let conn = bare(&path, &key);
            let name: String = conn
                .query_row("SELECT name FROM school", [], |row| row.get(0))
                .unwrap();
            (conn, name)
        },
    );
    pair.time(
        1,
        || (),
        |()| {
            let store = large.store();
            let school = store.school().unwrap();
            (store, school)
        },
    );
    pair.tell();
}

/// All names, by a connection that has just been opened and by one that has its pages.
fn names(criterion: &mut Criterion, large: &Kept) {
    let mut pair = Pair::new(criterion, "names of 100,000, just opened");
    pair.time(0, || large.bare(), |conn| bare_names(conn));
    pair.time(1, || large.store(), |store| store.names(today()).unwrap());
    pair.tell();

    let mut pair = Pair::new(criterion, "names of 100,000, again");
    let (conn, store) = (large.bare(), large.store());
    pair.time(0, || (), |()| bare_names(&conn));
    pair.time(1, || (), |()| store.names(today()).unwrap());
    pair.tell();
}

/// One covering index read through: what a list of names cannot do without.
fn bare_names(conn: &Connection) -> Vec<(i64, String)> {
    let mut names = conn
        .prepare_cached("SELECT id, name_key FROM pupil ORDER BY name_key, class, left_on, id")
        .unwrap();
    let names = names
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    names.map(Result::unwrap).collect()
}

/// A page of the register. The bare side reads the same pupils without status and needs.
fn page(criterion: &mut Criterion, large: &Kept) {
    let (conn, store) = (large.bare(), large.store());
    let ids: Vec<PupilId> = store.names(today()).unwrap().entries()[MANY / 2..][..PAGE]
        .iter()
        .map(|entry| entry.id)
        .collect();
    let mut pair = Pair::new(criterion, "a page of 40 lines");
    pair.time(0, || (), |()| bare_page(&conn, &ids));
    pair.time(1, || (), |()| store.lines(&ids).unwrap());
    pair.tell();
}

fn bare_page(conn: &Connection, ids: &[PupilId]) -> Vec<[Option<String>; 9]> {
    let mut pupil = conn
        .prepare_cached(
            "SELECT surname, forename, preferred_forename, year, class, upn, dob, status_period.code,
               (SELECT group_concat(code) FROM need WHERE pupil = pupil.id AND ends IS NULL)
             FROM pupil LEFT JOIN status_period ON pupil = pupil.id AND ends IS NULL WHERE pupil.id = ?1",
        )
        .unwrap();
    ids.iter()
        .map(|id| {
            pupil
                .query_row([id.0], |row| {
                    let mut cells = <[Option<String>; 9]>::default();
                    for (at, cell) in cells.iter_mut().enumerate() {
                        *cell = row.get(at)?;
                    }
                    Ok(cells)
                })
                .unwrap()
        })
        .collect()
}

/// A letter more in the filter and in the finder, beside one search through one buffer.
fn letters(criterion: &mut Criterion, large: &Kept) {
    let store = large.store();
    let index = store.names(today()).unwrap();
    let rows: Vec<u32> = (0..index.len() as u32).collect();
    let buffer = bare_names(&large.bare())
        .into_iter()
        .map(|(_, name)| name + "\n")
        .collect::<String>();
    let count = |typed: &str| memmem::find_iter(buffer.as_bytes(), typed.as_bytes()).count();
    for (what, typed) in [
        ("filter 100,000 by s", "s"),
        ("filter 100,000 by satt", "satt"),
    ] {
        let mut pair = Pair::new(criterion, what);
        pair.time(0, || (), |()| count(typed));
        pair.time(1, || (), |()| index.filter(&rows, typed));
        pair.tell();
    }
    for (what, typed) in [("find a in 100,000", "a"), ("find aok in 100,000", "aok")] {
        let mut pair = Pair::new(criterion, what);
        pair.time(0, || (), |()| count(typed));
        pair.time(1, || (), |()| index.find(typed, 12));
        pair.tell();
    }
}

/// One pupil more, kept for good: each side commits with an fsync.
fn save(criterion: &mut Criterion) {
    let kept = Kept::new(300);
    let mut store = kept.store();
    let values = Values::from([
        ("surname", Some(Value::Text("Okafor".to_owned()))),
        ("forename", Some(Value::Text("Aisha".to_owned()))),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let conn = new_bare(&folder);
    let pupil = &kept.pupils[0];
    let mut pair = Pair::new(criterion, "save a pupil");
    pair.time(
        0,
        || (),
        |()| insert_bare(&conn, std::slice::from_ref(pupil)),
    );
    pair.time(
        1,
        || (),
        |()| {
            store
                .step("Bench", |writer| writer.add(Kind::Pupil, &values))
                .unwrap()
        },
    );
    pair.tell();
}

/// The office's file, read, checked, planned, journalled and indexed, beside its rows put into bare tables.
fn bring_in(criterion: &mut Criterion) {
    let kept = Kept::new(IMPORTED);
    let file = csv(&kept.pupils);
    let options = import::Options {
        map: Vec::new(),
        today: today(),
    };
    let mut pair = Pair::new(criterion, "import 10,000 rows");
    pair.group.sample_size(10).sampling_mode(SamplingMode::Flat);
    let ready = || {
        let folder = tempfile::tempdir().unwrap();
        let conn = new_bare(&folder);
        (folder, conn)
    };
    pair.time(0, ready, |(_, conn)| {
        insert_bare(conn, &kept.pupils);
        conn.execute_batch(INDEXES).unwrap();
    });
    let ready = || {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            data: folder.path().to_owned(),
        };
        let mut desk = Desk::create_demo(&places, "Bench").unwrap();
        desk.add_school(&kept.school).unwrap();
        let store = desk.open_school(&kept.school.code).unwrap();
        (folder, store)
    };
    pair.time(1, ready, |(_, store)| {
        let batch = import::read(file.as_bytes(), "office.csv", &options).unwrap();
        let plan = plan(batch, &store.on_file().unwrap(), today());
        let applied = store
            .step("Import", |writer| writer.apply(&plan, today()))
            .unwrap();
        assert_eq!(applied.added, IMPORTED);
    });
    pair.tell();
}

/// The list as an office exports it.
fn csv(pupils: &[Incoming]) -> String {
    let mut out = String::from(
        "UPN,Adno,Surname,Forename,Middle Names,DOB,Gender,Year,Reg,SEN Status,SEN Need 1,SEN Need 2\r\n",
    );
    let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
    for pupil in pupils {
        let need = |at: usize| {
            pupil
                .needs
                .get(at)
                .map(|need| need.code.clone())
                .unwrap_or_default()
        };
        let dob = pupil
            .dob
            .map(|day| day.format("%d/%m/%Y").to_string())
            .unwrap_or_default();
        let status = pupil
            .status
            .as_ref()
            .map(|status| status.code.clone())
            .unwrap_or_default();
        writeln!(
            out,
            "{},{},{},{},{},{dob},{},{},{},{status},{},{}\r",
            text(&pupil.upn),
            text(&pupil.mis_id),
            text(&pupil.surname),
            text(&pupil.forename),
            text(&pupil.middle_names),
            text(&pupil.sex),
            text(&pupil.year),
            text(&pupil.class),
            need(0),
            need(1),
        )
        .unwrap();
    }
    out
}

const TABLES: &str = "
    CREATE TABLE pupil (id INTEGER PRIMARY KEY, upn TEXT, mis_id TEXT, surname TEXT, forename TEXT,
      middle_names TEXT, dob TEXT, sex TEXT, year TEXT, class TEXT);
    CREATE TABLE status_period (id INTEGER PRIMARY KEY, pupil INTEGER, code TEXT, starts TEXT);
    CREATE TABLE need (id INTEGER PRIMARY KEY, pupil INTEGER, code TEXT, rank INTEGER);";

const INDEXES: &str = "
    CREATE INDEX pupil_name ON pupil (surname, forename, class); CREATE INDEX pupil_upn ON pupil (upn);
    CREATE INDEX pupil_mis_id ON pupil (mis_id); CREATE INDEX status_period_pupil ON status_period (pupil, code);
    CREATE INDEX need_pupil ON need (pupil, rank, code);";

/// An encrypted file of bare tables.
fn new_bare(folder: &TempDir) -> Connection {
    let conn = bare(&folder.path().join("bare.db"), &"11".repeat(32));
    conn.execute_batch(TABLES).unwrap();
    conn
}

/// Pupils into bare tables, in one transaction, by one prepared statement a table.
fn insert_bare(conn: &Connection, pupils: &[Incoming]) {
    let transaction = conn.unchecked_transaction().unwrap();
    {
        let mut pupil = conn
            .prepare_cached(
                "INSERT INTO pupil (upn, mis_id, surname, forename, middle_names, dob, sex, year, class)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )
            .unwrap();
        let mut status = conn
            .prepare_cached("INSERT INTO status_period (pupil, code) VALUES (?1, ?2)")
            .unwrap();
        let mut need = conn
            .prepare_cached("INSERT INTO need (pupil, code, rank) VALUES (?1, ?2, ?3)")
            .unwrap();
        for one in pupils {
            let dob = one.dob.map(|day| day.to_string());
            let id = pupil
                .insert(params![
                    one.upn,
                    one.mis_id,
                    one.surname,
                    one.forename,
                    one.middle_names,
                    dob,
                    one.sex,
                    one.year,
                    one.class
                ])
                .unwrap();
            if let Some(reading) = &one.status {
                status.execute(params![id, reading.code]).unwrap();
            }
            for (rank, reading) in one.needs.iter().enumerate() {
                need.execute(params![id, reading.code, rank as i64 + 1])
                    .unwrap();
            }
        }
    }
    transaction.commit().unwrap();
}
