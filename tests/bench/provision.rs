//! What the provision map costs beside the bare SQL on the same rows, and the Desk beside one pane.

use super::kept::{Kept, bare, today};
use super::{PAGE, Pair};
use criterion::Criterion;
use rusqlite::{Connection, params};
use sendesk::app::key::Key;
use sendesk::domain::id::{ProvisionId, PupilId};
use sendesk::domain::provision::Run;
use sendesk::domain::provision::cost::Costs;
use sendesk::script::parse::parse;
use sendesk::script::run::Player;
use sendesk::store::{PutOn, Store};
use std::cell::RefCell;

/// Pupils of the small school and of the large one, and what is timed.
const SIZES: [(usize, [&str; 5]); 2] = [
    (
        300,
        [
            "300 pupils: the map's runs",
            "300 pupils: costs of the map beside reading its rows",
            "300 pupils: one child's runs with their sessions",
            "300 pupils: put a child on",
            "300 pupils: open tasks without child and source",
        ],
    ),
    (
        100_000,
        [
            "100,000 pupils: the map's runs",
            "100,000 pupils: costs of the map beside reading its rows",
            "100,000 pupils: one child's runs with their sessions",
            "100,000 pupils: put a child on",
            "100,000 pupils: open tasks without child and source",
        ],
    ),
];

/// All pairs at both sizes, and the Desk.
pub(super) fn run(criterion: &mut Criterion) {
    for (pupils, [runs, costs, child, put, tasks]) in SIZES {
        let kept = Kept::with_diary(pupils, None);
        let (conn, store) = (kept.bare(), kept.store());
        println!("==> {} runs\n", store.runs(false).unwrap().len());

        let mut pair = Pair::new(criterion, runs);
        pair.time(0, || (), |()| bare_map(&conn));
        pair.time(1, || (), |()| store.runs(false).unwrap());
        pair.tell();

        let (whole, rates) = (store.runs(true).unwrap(), store.rates().unwrap());
        let calendar = store.calendar().unwrap();
        let mut pair = Pair::new(criterion, costs);
        pair.time(0, || (), |()| (bare_map(&conn), bare_sessions(&conn)));
        pair.time(
            1,
            || (),
            |()| -> Vec<Costs> {
                let cost = |run: &Run| Costs::of(run, &rates, &calendar, today());
                whole.iter().map(cost).collect()
            },
        );
        pair.tell();

        one_child(criterion, &conn, &store, child);
        open_tasks(criterion, &conn, &store, tasks);
        put_on(criterion, &kept, put);
    }
    desk(criterion);
}

type Texts = [Option<String>; 12];

fn texts(row: &rusqlite::Row<'_>) -> rusqlite::Result<Texts> {
    let mut cells = Texts::default();
    for (at, cell) in cells.iter_mut().enumerate() {
        *cell = row
            .get::<_, rusqlite::types::Value>(at)
            .map(|value| match value {
                rusqlite::types::Value::Text(text) => Some(text),
                rusqlite::types::Value::Integer(number) => Some(number.to_string()),
                _ => None,
            })?;
    }
    Ok(cells)
}

fn all(conn: &Connection, sql: &str, given: impl rusqlite::Params) -> Vec<Texts> {
    let mut rows = conn.prepare_cached(sql).unwrap();
    let rows = rows.query_map(given, texts).unwrap();
    rows.map(Result::unwrap).collect()
}

const RUNS: &str =
    "SELECT provision.id, provision_type.name, area, tier, staff, starts, ends, provision.minutes,
       provision.sessions_week, provision.weeks, provision.materials_pence, group_size
     FROM provision JOIN provision_type ON provision_type.id = provision.type
     WHERE provision.binned_at IS NULL";

const MEMBERS: &str =
    "SELECT member.id, provision, starts, ends, entry, exit, pupil.id, surname, forename,
       preferred_forename, class, left_on
     FROM member JOIN pupil ON pupil.id = member.pupil WHERE member.binned_at IS NULL";

const SESSIONS: &str =
    "SELECT id, provision, day, outcome, reason, staff, NULL, NULL, NULL, NULL, NULL, NULL
     FROM session";

/// Every run and who is in it, by two statements.
fn bare_map(conn: &Connection) -> (Vec<Texts>, Vec<Texts>) {
    (all(conn, RUNS, []), all(conn, MEMBERS, []))
}

fn bare_sessions(conn: &Connection) -> Vec<Texts> {
    all(conn, SESSIONS, [])
}

/// A child of the middle of the map.
fn somebody(store: &Store) -> (PupilId, ProvisionId) {
    let runs = store.runs(false).unwrap();
    let manned: Vec<&Run> = runs.iter().filter(|run| !run.members.is_empty()).collect();
    let run = manned[manned.len() / 2];
    (run.members[0].pupil(), run.provision.id)
}

fn one_child(criterion: &mut Criterion, conn: &Connection, store: &Store, what: &'static str) {
    let (pupil, _) = somebody(store);
    let runs = store.runs_of(pupil).unwrap();
    let ids: Vec<i64> = runs.iter().map(|run| run.provision.id.0).collect();
    let mut pair = Pair::new(criterion, what);
    pair.time(
        0,
        || (),
        |()| {
            let of = |sql: &str, clause: &str, id: i64| all(conn, &format!("{sql} {clause}"), [id]);
            ids.iter()
                .map(|id| {
                    (
                        of(RUNS, "AND provision.id = ?1", *id),
                        of(MEMBERS, "AND provision = ?1", *id),
                        of(SESSIONS, "WHERE provision = ?1", *id),
                    )
                })
                .collect::<Vec<_>>()
        },
    );
    pair.time(1, || (), |()| store.runs_of(pupil).unwrap());
    pair.tell();
}

/// What the first frame of the queue reads.
fn open_tasks(criterion: &mut Criterion, conn: &Connection, store: &Store, what: &'static str) {
    let sql = "SELECT id, title, due, pupil, source, urgent, carried, waiting_for, done_on,
                 entered_at, binned_at, NULL
               FROM task INDEXED BY task_due WHERE done_on IS NULL AND binned_at IS NULL";
    let mut pair = Pair::new(criterion, what);
    pair.time(0, || (), |()| all(conn, sql, []));
    pair.time(1, || (), |()| store.open_tasks_unnamed().unwrap());
    pair.tell();
}

/// One place in a run, kept for good, and taken out again before the next turn. The bare side has no journal.
fn put_on(criterion: &mut Criterion, kept: &Kept, what: &'static str) {
    let store = kept.store();
    let (_, run) = somebody(&store);
    let names = store.names(today()).unwrap();
    let on_roll: Vec<PupilId> = names
        .entries()
        .iter()
        .filter(|entry| entry.on_roll)
        .map(|entry| entry.id)
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let conn = bare(&folder.path().join("bare.db"), &"11".repeat(32));
    conn.execute_batch(
        "CREATE TABLE member (id INTEGER PRIMARY KEY, provision INTEGER, pupil INTEGER, starts TEXT);
         CREATE INDEX member_provision ON member (provision);
         CREATE INDEX member_pupil ON member (pupil);",
    )
    .unwrap();
    let mut next = on_roll.iter().cycle();
    let store = RefCell::new(store);
    let mut pair = Pair::new(criterion, what);
    pair.time(
        0,
        || (),
        |()| {
            conn.prepare_cached("INSERT INTO member (provision, pupil, starts) VALUES (?1, 1, ?2)")
                .unwrap()
                .execute(params![run.0, "2026-11-24"])
                .unwrap();
        },
    );
    pair.time(
        1,
        || {
            // Who was put on is taken out again, or the run would grow without end.
            let _ = store.borrow_mut().undo();
            *next.next().unwrap()
        },
        |pupil| {
            let put = |writer: &mut sendesk::store::Writer<'_>| {
                writer.put_on(&[*pupil], PutOn::Run(run), today())
            };
            store.borrow_mut().step("Bench", put).unwrap();
        },
    );
    pair.tell();
}

/// A key on the Desk, its rows read and the frame drawn, beside the same key in the pane alone.
fn desk(criterion: &mut Criterion) {
    for (what, pane) in [
        ("a key on the Desk beside the register alone", "1"),
        ("a key on the Desk beside the map alone", "2"),
        ("a key on the Desk beside the diary alone", "3"),
        ("a key on the Desk beside the queue alone", "4"),
    ] {
        let mut pair = Pair::new(criterion, what);
        for (side, front) in [(0, ""), (1, "`")] {
            let mut player = Player::new();
            let script = format!("school Thistlebeck 300\nsize 160x50\nkeys {pane} {front}\n");
            player.play(&parse(&script).unwrap()).unwrap();
            let mut turn = 0;
            pair.time(
                side,
                || (),
                |()| {
                    turn += 1;
                    let key = if (turn / PAGE).is_multiple_of(2) {
                        'j'
                    } else {
                        'k'
                    };
                    player.press(Key::char(key)).unwrap();
                    player.frame().unwrap()
                },
            );
        }
        pair.tell();
    }
}
