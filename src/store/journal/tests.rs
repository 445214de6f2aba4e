//! Undo by reflection: every table, every column, every way a row can change.

use super::*;
use crate::domain::form::Kind;
use crate::store::tests::{add, aisha, author, store, texts};
use crate::store::{Store, Writer};

mod walk;

/// Everything in every journalled table, to the last column.
fn whole(store: &Store) -> String {
    let mut out = String::new();
    for table in JOURNALLED {
        let names = columns(&store.conn, table.name).unwrap();
        let sql = format!(
            "SELECT {} FROM {} ORDER BY id",
            image(&names, ""),
            table.name
        );
        let mut rows = store.conn.prepare(&sql).unwrap();
        for row in rows.query_map([], |row| row.get::<_, String>(0)).unwrap() {
            for part in [table.name, " ", &row.unwrap(), "\n"] {
                out.push_str(part);
            }
        }
    }
    out
}

/// Does it, takes it back, brings it back.
fn there_and_back(store: &mut Store, what: &str, work: impl FnOnce(&mut Writer<'_>) -> Result<()>) {
    let before = whole(store);
    store.step(what, work).unwrap();
    let after = whole(store);
    assert_ne!(before, after, "{what}");
    assert_eq!(store.undo().unwrap().label, what);
    assert_eq!(whole(store), before, "undo of {what}");
    assert_eq!(store.redo().unwrap().label, what);
    assert_eq!(whole(store), after, "redo of {what}");
    assert_eq!(store.undo().unwrap().label, what);
    assert_eq!(whole(store), before, "second undo of {what}");
    assert!(store.chain_is_whole(), "{what}");
}

fn run(sql: &str) -> impl FnOnce(&mut Writer<'_>) -> Result<()> + '_ {
    move |writer| Ok(writer.conn.execute_batch(sql)?)
}

impl Store {
    fn chain_is_whole(&self) -> bool {
        self.verify().unwrap().is_none()
    }
}

/// A pupil with a status and two needs, another with a person and an entry that has all there is, a setting, a term,
/// a closure, a run of provision and hours: a row in every table.
pub(in crate::store) fn full_store() -> Store {
    let mut store = store();
    let pupil = aisha(&mut store).to_string();
    aisha(&mut store);
    add(
        &mut store,
        Kind::Person,
        &[("pupil", "2"), ("name", "Mrs Okafor")],
    );
    let entry = [
        ("pupils", "p2"),
        ("at", "2026-11-23"),
        ("with", "Mrs Okafor"),
        ("text", "It's \"quoted\" \u{2014} ÿ\nand long"),
        ("follow_up", "2026-11-30"),
    ];
    add(&mut store, Kind::Contact, &entry);
    let later = [("contact", "1"), ("text", "Later")];
    add(&mut store, Kind::Amendment, &later);
    add(
        &mut store,
        Kind::Term,
        &[
            ("name", "Autumn"),
            ("starts", "2026-09-01"),
            ("ends", "2026-12-18"),
        ],
    );
    add(
        &mut store,
        Kind::Closure,
        &[("date", "2026-11-27"), ("name", "INSET")],
    );
    let of = [
        ("name", "Talk group"),
        ("minutes", "20"),
        ("sessions_week", "3"),
        ("weeks", "12"),
    ];
    for (kind, values) in [
        (Kind::Staff, &[("name", "Ms Pratt")][..]),
        (Kind::Rate, &[("staff", "1"), ("pence_hour", "1600")]),
        (Kind::ProvisionType, &of),
        (Kind::Provision, &[("type", "1"), ("starts", "2026-09-07")]),
        (Kind::Member, &[("provision", "1"), ("pupil", "2")]),
        (Kind::Session, &[("provision", "1"), ("date", "2026-09-08")]),
        (Kind::Hours, &[("week", "2026-11-23"), ("hours", "150")]),
    ] {
        add(&mut store, kind, values);
    }
    add(
        &mut store,
        Kind::Status,
        &[("pupil", &pupil), ("code", "K"), ("from", "2026-01-05")],
    );
    add(
        &mut store,
        Kind::Need,
        &[("pupil", &pupil), ("code", "SLCN")],
    );
    add(
        &mut store,
        Kind::Need,
        &[("pupil", &pupil), ("code", "It's \"quoted\" \u{2014} ÿ")],
    );
    store.set_setting("worklist", "one\ntwo").unwrap();
    store
}

pub(in crate::store) const SAMPLES: &[(&str, &str)] = &[
    (
        "school",
        "INSERT INTO school (name, code, entered_at) VALUES ('B', 'BB', '')",
    ),
    (
        "pupil",
        "INSERT INTO pupil (surname, forename, name_key, entered_at) VALUES ('Ali', '', 'ali', '')",
    ),
    (
        "status_period",
        "INSERT INTO status_period (pupil, code, ends) VALUES (1, 'N', '2025-12-31')",
    ),
    (
        "need",
        "INSERT INTO need (pupil, code, rank) VALUES (1, 'HI', 9)",
    ),
    (
        "setting",
        "INSERT INTO setting (name, value) VALUES ('b', '')",
    ),
    (
        "person",
        "INSERT INTO person (name, name_key, entered_at) VALUES ('B', 'b', '')",
    ),
    (
        "person_link",
        "INSERT INTO person_link (person, pupil, entered_at) VALUES (1, 1, '')",
    ),
    (
        "contact",
        "INSERT INTO contact (kind, at, text, visibility, entered_at)
         VALUES ('note', '2026-11-23', 'x', 'internal', strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 minute'))",
    ),
    (
        "contact_pupil",
        "INSERT INTO contact_pupil (contact, pupil, place, words, at, entered_at)
         VALUES (1, 1, 2, 'said', '2026-11-23', strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 minute'))",
    ),
    (
        "amendment",
        "INSERT INTO amendment (contact, what, text, entered_at)
         VALUES (1, 'strike', 'x', strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 minute'))",
    ),
    (
        "task",
        "INSERT INTO task (title, urgent, carried, entered_at) VALUES ('x', 0, 0, '')",
    ),
    (
        "term",
        "INSERT INTO term (name, starts, ends) VALUES ('x', '', '')",
    ),
    (
        "closure",
        "INSERT INTO closure (day, name) VALUES ('', 'x')",
    ),
    (
        "staff",
        "INSERT INTO staff (name, entered_at) VALUES ('x', '')",
    ),
    (
        "rate",
        "INSERT INTO rate (staff, pence_hour, starts, entered_at) VALUES (1, 1, '', '')",
    ),
    (
        "provision_type",
        "INSERT INTO provision_type (name, entered_at) VALUES ('x', '')",
    ),
    (
        "provision",
        "INSERT INTO provision (type, starts, minutes, sessions_week, weeks, materials_pence, entered_at)
         VALUES (1, '', 1, 1, 1, 0, '')",
    ),
    (
        "member",
        "INSERT INTO member (provision, pupil, starts, entered_at) VALUES (1, 1, '', '')",
    ),
    (
        "session",
        "INSERT INTO session (provision, day, outcome, entered_at) VALUES (1, '', 'held', '')",
    ),
    (
        "hours",
        "INSERT INTO hours (week, minutes, entered_at) VALUES ('', 1, '')",
    ),
];

/// Tables without records of their own: drafts, the journal, and what the indexes of words keep their words in.
fn is_not_journalled(table: &str) -> bool {
    ["draft", "journal_row", "journal_step", "sqlite_sequence"].contains(&table)
        || WORDS.iter().any(|index| table.starts_with(index))
}

const WORDS: [&str; 2] = ["contact_words", "contact_pupil_words"];

#[test]
fn every_table_is_journalled_or_named_as_not() {
    let store = store();
    let mut tables = store
        .conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(|name: rusqlite::Result<String>| name.unwrap())
        .filter(|name| !is_not_journalled(name))
        .collect();
    let mut journalled: Vec<&str> = JOURNALLED.iter().map(|table| table.name).collect();
    let mut sampled: Vec<&str> = SAMPLES.iter().map(|(name, _)| *name).collect();
    journalled.sort_unstable();
    sampled.sort_unstable();
    assert_eq!(tables, journalled);
    assert_eq!(sampled, journalled);
    for table in journalled {
        let strange: i64 = store
            .conn
            .query_row(
                "SELECT count(*) FROM pragma_table_info(?1) WHERE type NOT IN ('INTEGER', 'TEXT')",
                [table],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(strange, 0, "{table}: images hold INTEGER and TEXT only");
        let sql: String = store
            .conn
            .query_row(
                "SELECT sql FROM sqlite_schema WHERE name = ?1",
                [table],
                |row| row.get(0),
            )
            .unwrap();
        assert!(
            sql.contains("INTEGER PRIMARY KEY AUTOINCREMENT") && sql.ends_with("STRICT"),
            "{table}"
        );
    }
}

#[test]
fn a_row_of_every_table_made_changed_in_every_column_and_deleted_comes_back() {
    let mut store = full_store();
    for (table, insert) in SAMPLES {
        there_and_back(&mut store, &format!("make a {table}"), run(insert));
        let mut info = store
            .conn
            .prepare(
                "SELECT name, type FROM pragma_table_info(?1)
                 WHERE name NOT IN (SELECT \"from\" FROM pragma_foreign_key_list(?1))",
            )
            .unwrap();
        let columns: Vec<(String, String)> = info
            .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(|column: rusqlite::Result<_>| column.unwrap())
            .filter(|(name, _)| name != "id")
            // An entry of unknown age is evidence: that is tried elsewhere.
            .filter(|(name, _)| name != "entered_at" || !evidence::holds_for(table))
            .collect();
        drop(info);
        for (column, kind) in columns {
            let value = if kind == "TEXT" { "'2030-01-01'" } else { "77" };
            let sql = format!("UPDATE {table} SET {column} = {value} WHERE id = 1");
            there_and_back(&mut store, &format!("set {table}.{column}"), run(&sql));
        }
        let first = match *table {
            // Has a link that would dangle.
            "person" => "DELETE FROM person_link; DELETE FROM person",
            // Has runs that would lose it.
            "provision_type" => "DELETE FROM provision",
            _ => "",
        };
        let sql = format!("{first}; DELETE FROM {table} WHERE id = 1");
        there_and_back(&mut store, &format!("delete a {table}"), run(&sql));
    }
}

#[test]
fn what_a_cascade_did_and_what_changed_twice_comes_back_with_the_rest() {
    let mut store = full_store();
    there_and_back(
        &mut store,
        "delete all pupils",
        run("DELETE FROM contact; DELETE FROM pupil"),
    );
    let twice =
        "UPDATE pupil SET sex = 'M'; UPDATE pupil SET sex = 'F'; DELETE FROM need WHERE id = 1;
                 UPDATE need SET rank = 1; UPDATE pupil SET class = '6C'";
    there_and_back(&mut store, "several times", run(twice));
}

#[test]
fn triggers_of_the_schema_refuse_or_keep_an_index_and_never_write_a_record() {
    // One that wrote would write again while a step is replayed.
    let store = store();
    let mut triggers = store
        .conn
        .prepare("SELECT sql FROM main.sqlite_schema WHERE type = 'trigger'")
        .unwrap();
    let triggers: Vec<String> = triggers
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(|sql: rusqlite::Result<_>| sql.unwrap())
        .collect();
    assert!(triggers.len() >= 6);
    for sql in triggers {
        let body = sql.split("BEGIN").nth(1).unwrap();
        for act in body.split(';').map(str::trim) {
            let keeps = |index: &&str| act.starts_with(&format!("INSERT INTO {index} ("));
            let harmless = act.starts_with("SELECT RAISE(ABORT") || WORDS.iter().any(keeps);
            assert!(harmless || act.is_empty() || act == "END", "{sql}");
        }
    }
}

#[test]
fn an_update_that_changes_nothing_leaves_no_trace() {
    let mut store = full_store();
    let steps = store.history(None, 99).unwrap().len();
    store
        .step(
            "Nothing",
            run("UPDATE pupil SET class = class; UPDATE need SET rank = rank"),
        )
        .unwrap();
    assert_eq!(store.history(None, 99).unwrap().len(), steps);
}

#[test]
fn a_write_outside_a_step_and_an_edit_of_the_journal_fail() {
    let mut store = full_store();
    for sql in [
        "UPDATE pupil SET class = 'X'",
        "DELETE FROM need",
        "INSERT INTO setting (name, value) VALUES ('x', '')",
    ] {
        let error = store.conn.execute_batch(sql).unwrap_err().to_string();
        assert!(error.contains("outside a step"), "{error}");
    }
    for sql in [
        "UPDATE journal_step SET label = 'x' WHERE id = 2",
        "DELETE FROM journal_step WHERE id = 2",
        "UPDATE journal_row SET after = '{}' WHERE id = 2",
        "DELETE FROM journal_row WHERE id = 2",
        "INSERT OR REPLACE INTO journal_row (id, step, tbl, pk) VALUES (2, 2, 'pupil', 1)",
        "ATTACH ':memory:' AS other",
        "ATTACH '/tmp/other.db' AS other",
        "ATTACH '/tmp/' || 'other.db' AS other",
    ] {
        assert!(store.step("Raw", run(sql)).is_err(), "{sql}");
    }
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn numbers_are_never_used_again() {
    let mut store = store();
    assert_eq!(aisha(&mut store), 1);
    store.undo().unwrap();
    assert_eq!(aisha(&mut store), 2);
    store.undo().unwrap();
    store.redo().unwrap();
    assert_eq!(aisha(&mut store), 3);
}

#[test]
fn undo_is_refused_whole_when_another_has_changed_a_row_since() {
    let mut store = store();
    let id = aisha(&mut store);
    let amend = |store: &mut Store, field: &'static str, value: &str| {
        let values = texts(&[(field, value)]);
        store
            .step("Change", |w| w.amend(Kind::Pupil, id, &values, None))
            .unwrap();
    };
    amend(&mut store, "class", "6A");
    store.author = author("Kim Hale");
    amend(&mut store, "sex", "F");
    add(&mut store, Kind::Need, &[("pupil", "1"), ("code", "ASD")]);
    store.author = author("Sam Reed");
    let before = whole(&store);
    let refused = store.undo().unwrap_err();
    assert!(
        matches!(&refused, Error::HistoryMoved { text } if text == "pupil p1 has changed since")
    );
    assert_eq!(whole(&store), before);
    // Once the other takes theirs back, ours can go; but not from under a record added since.
    store.author = author("Kim Hale");
    store.undo().unwrap();
    store.undo().unwrap();
    add(&mut store, Kind::Need, &[("pupil", "1"), ("code", "HI")]);
    store.author = author("Sam Reed");
    store.undo().unwrap();
    let before = whole(&store);
    let refused = store.undo().unwrap_err();
    assert!(matches!(&refused, Error::HistoryMoved { text } if text == "need n2 was added since"));
    assert_eq!(whole(&store), before);
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn each_author_takes_back_their_own_and_a_new_change_ends_redo() {
    let mut store = store();
    let set = |store: &mut Store, name: &str| store.set_setting(name, "1").unwrap();
    set(&mut store, "a");
    store.author = author("Kim Hale");
    set(&mut store, "b");
    store.author = author("Sam Reed");
    assert_eq!(store.undo().unwrap().label, "Change setting a");
    assert!(matches!(store.undo(), Err(Error::NothingToUndo)));
    store.author = author("Kim Hale");
    set(&mut store, "c");
    store.author = author("Sam Reed");
    store.record_access("Print the register").unwrap();
    assert_eq!(store.redo().unwrap().label, "Change setting a");
    store.undo().unwrap();
    set(&mut store, "d");
    assert!(matches!(store.redo(), Err(Error::NothingToRedo)));
    store.undo().unwrap();
    assert_eq!(store.redo().unwrap().label, "Change setting d");
    assert!(matches!(store.redo(), Err(Error::NothingToRedo)));
    store.seal_history("Boundary").unwrap();
    assert!(matches!(store.undo(), Err(Error::NothingToUndo)));
    let steps = store.history(None, 99).unwrap();
    let stands = |label: &str| {
        steps
            .iter()
            .find(|step| step.label == label)
            .unwrap()
            .in_effect
    };
    assert!(stands("Change setting d") && !stands("Change setting a"));
}
