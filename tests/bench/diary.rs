//! What the diary and the queue cost beside the bare SQL on the same rows: a save, a page, a letter, the open tasks.

use super::kept::{Kept, bare, today};
use super::{PAGE, Pair};
use chrono::NaiveTime;
use criterion::Criterion;
use rusqlite::{Connection, params};
use sendesk::domain::form::{Kind, Value, Values};
use sendesk::domain::id::{ContactId, PupilId};
use sendesk::domain::moment::Moment;
use sendesk::store::Store;

/// Pupils and entries of the small school and of the large one; `None` is a term's worth.
const SIZES: [(usize, Option<usize>, [&str; 6]); 2] = [
    (
        300,
        None,
        [
            "300 pupils: save a contact",
            "300 pupils: the diary's order",
            "300 pupils: a page of 40 entries",
            "300 pupils: filter the diary by re",
            "300 pupils: filter the diary by reading ag",
            "300 pupils: open tasks",
        ],
    ),
    (
        100_000,
        Some(1_000_000),
        [
            "1,000,000 entries: save a contact",
            "1,000,000 entries: the diary's order",
            "1,000,000 entries: a page of 40 entries",
            "1,000,000 entries: filter the diary by re",
            "1,000,000 entries: filter the diary by reading ag",
            "1,000,000 entries: open tasks",
        ],
    ),
];

/// Entries a filter lists at most, as the pane asks for them.
const FOUND: usize = 1_000;

/// All pairs at both sizes.
pub(super) fn run(criterion: &mut Criterion) {
    for (pupils, entries, names) in SIZES {
        let kept = Kept::with_diary(pupils, entries);
        let [save, order, page, two, more, tasks] = names;
        read_order(criterion, &kept, order);
        read_page(criterion, &kept, page);
        filter(criterion, &kept, two, "re", "\"re\"*");
        filter(
            criterion,
            &kept,
            more,
            "reading ag",
            "\"reading\"* AND \"ag\"*",
        );
        open_tasks(criterion, &kept, tasks);
        save_contact(criterion, &kept, save);
    }
}

/// The whole diary's order, newest first: what a pane holds of it.
fn read_order(criterion: &mut Criterion, kept: &Kept, what: &'static str) {
    let (conn, store) = (kept.bare(), kept.store());
    let mut pair = Pair::new(criterion, what);
    let sql = "SELECT id FROM contact WHERE binned_at IS NULL ORDER BY at DESC, id DESC";
    pair.time(0, || (), |()| numbers(&conn, sql, []));
    pair.time(1, || (), |()| store.diary(None).unwrap());
    pair.tell();
}

fn numbers(conn: &Connection, sql: &str, given: impl rusqlite::Params) -> Vec<i64> {
    let mut rows = conn.prepare_cached(sql).unwrap();
    let rows = rows.query_map(given, |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// A screen of entries from the middle. The bare side reads the same columns, children and follow-up, by two statements.
fn read_page(criterion: &mut Criterion, kept: &Kept, what: &'static str) {
    let (conn, store) = (kept.bare(), kept.store());
    let ids = middle(&store);
    let mut pair = Pair::new(criterion, what);
    pair.time(0, || (), |()| bare_page(&conn, &ids));
    pair.time(1, || (), |()| store.contacts(&ids).unwrap());
    pair.tell();
}

fn middle(store: &Store) -> Vec<ContactId> {
    let order = store.diary(None).unwrap();
    let from = order.len() / 2;
    order[from..].iter().take(PAGE).copied().collect()
}

type Texts<const N: usize> = [Option<String>; N];

fn texts<const N: usize>(row: &rusqlite::Row<'_>) -> rusqlite::Result<Texts<N>> {
    let mut cells = std::array::from_fn(|_| None);
    for (at, cell) in cells.iter_mut().enumerate() {
        *cell = row.get(at)?;
    }
    Ok(cells)
}

fn bare_page(conn: &Connection, ids: &[ContactId]) -> Vec<(Texts<8>, Vec<Texts<4>>)> {
    let mut entry = conn
        .prepare_cached(
            "SELECT kind, contact.at, with_words, outcome, text, visibility, tags, due
             FROM contact LEFT JOIN task ON source = contact.id WHERE contact.id = ?1",
        )
        .unwrap();
    let mut children = conn
        .prepare_cached(
            "SELECT surname, forename, preferred_forename, class
             FROM contact_pupil JOIN pupil ON pupil.id = pupil WHERE contact = ?1 ORDER BY place",
        )
        .unwrap();
    ids.iter()
        .map(|id| {
            let children = children.query_map([id.0], texts).unwrap();
            let children = children.map(Result::unwrap).collect();
            (entry.query_row([id.0], texts).unwrap(), children)
        })
        .collect()
}

/// A letter more in the filter of the diary, beside one question to the index of words.
fn filter(criterion: &mut Criterion, kept: &Kept, what: &'static str, typed: &str, asked: &str) {
    let (conn, store) = (kept.bare(), kept.store());
    let mut pair = Pair::new(criterion, what);
    let sql =
        "SELECT rowid FROM contact_words WHERE contact_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
    pair.time(
        0,
        || (),
        |()| numbers(&conn, sql, params![asked, FOUND as i64]),
    );
    pair.time(
        1,
        || (),
        |()| store.find_contacts(typed, &[], FOUND).unwrap(),
    );
    pair.tell();
}

/// The queue, unsorted, with whose each task is.
fn open_tasks(criterion: &mut Criterion, kept: &Kept, what: &'static str) {
    let (conn, store) = (kept.bare(), kept.store());
    let mut pair = Pair::new(criterion, what);
    pair.time(0, || (), |()| bare_tasks(&conn));
    pair.time(1, || (), |()| store.open_tasks().unwrap());
    pair.tell();
}

fn bare_tasks(conn: &Connection) -> Vec<Texts<6>> {
    let mut rows = conn
        .prepare_cached(
            "SELECT title, due, waiting_for, surname, forename, class
             FROM task INDEXED BY task_due LEFT JOIN pupil ON pupil.id = pupil
             WHERE done_on IS NULL AND binned_at IS NULL",
        )
        .unwrap();
    let rows = rows.query_map([], texts).unwrap();
    rows.map(Result::unwrap).collect()
}

/// One contact more, kept for good: each side commits with an fsync. The bare side has neither journal nor words.
fn save_contact(criterion: &mut Criterion, kept: &Kept, what: &'static str) {
    let mut store = kept.store();
    let pupil = store.contacts(&middle(&store)).unwrap()[0].pupils[0].pupil;
    let values = contact(pupil);
    let folder = tempfile::tempdir().unwrap();
    let conn = bare(&folder.path().join("bare.db"), &"11".repeat(32));
    conn.execute_batch(
        "CREATE TABLE contact (id INTEGER PRIMARY KEY, kind TEXT, at TEXT, with_words TEXT, outcome TEXT, text TEXT);
         CREATE TABLE contact_pupil (id INTEGER PRIMARY KEY, contact INTEGER, pupil INTEGER, at TEXT);",
    )
    .unwrap();
    let mut pair = Pair::new(criterion, what);
    pair.time(0, || (), |()| insert_bare(&conn, pupil));
    pair.time(
        1,
        || (),
        |()| {
            store
                .step("Bench", |writer| writer.add(Kind::Contact, &values))
                .unwrap()
        },
    );
    pair.tell();
}

const WORDS: &str =
    "Worried that reading has stalled. Asked for the data, happy with help before school.";

fn contact(pupil: PupilId) -> Values {
    let text = |words: &str| Some(Value::Text(words.to_owned()));
    let time = NaiveTime::from_hms_opt(14, 2, 0).unwrap();
    Values::from([
        ("pupils", Some(Value::Pupils(vec![pupil]))),
        ("kind", text("phone")),
        ("at", Some(Value::Moment(Moment::at(today(), time)))),
        ("with", text("mum")),
        ("outcome", text("spoke")),
        ("text", text(WORDS)),
    ])
}

fn insert_bare(conn: &Connection, pupil: PupilId) {
    let transaction = conn.unchecked_transaction().unwrap();
    let at = "2026-11-24T14:02";
    let id = conn
        .prepare_cached("INSERT INTO contact (kind, at, with_words, outcome, text) VALUES ('phone', ?1, 'mum', 'spoke', ?2)")
        .unwrap()
        .insert(params![at, WORDS])
        .unwrap();
    conn.prepare_cached("INSERT INTO contact_pupil (contact, pupil, at) VALUES (?1, ?2, ?3)")
        .unwrap()
        .execute(params![id, pupil.0, at])
        .unwrap();
    transaction.commit().unwrap();
}
