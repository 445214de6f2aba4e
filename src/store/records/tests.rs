//! Rows edited, removed and slipped in with the key, in every table, each named with its newest step.

use super::*;
use crate::store::journal::tests::{SAMPLES, full_store};
use crate::store::tests::dice::{Dice, count};
use crate::store::{Store, Unsound};
use rusqlite::OptionalExtension;
use std::cell::OnceCell;

/// A store with a row in every table, and nothing on its connection that would keep a journal: what the raw key gives.
fn bare() -> Store {
    let mut store = full_store();
    take_triggers(&mut store);
    let raw = "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON";
    store.conn.execute_batch(raw).unwrap();
    assert_eq!(store.check().unwrap(), []);
    store
}

fn take_triggers(store: &mut Store) {
    let drop = "SELECT coalesce(group_concat('DROP TRIGGER temp.' || name, ';'), '') FROM sqlite_temp_schema
                WHERE type = 'trigger'";
    let drop: String = store.conn.query_row(drop, [], |row| row.get(0)).unwrap();
    store.conn.execute_batch(&drop).unwrap();
    store.journal = OnceCell::new();
}

/// Does it in a savepoint, looks, and puts everything back; `None` where the schema itself refused it.
fn found(store: &Store, sql: &str) -> Option<Vec<Unsound>> {
    store.conn.execute_batch("SAVEPOINT raw").unwrap();
    let before = store.conn.total_changes();
    let done = store.conn.execute_batch(sql).is_ok() && store.conn.total_changes() > before;
    let found = done.then(|| store.check().unwrap());
    store
        .conn
        .execute_batch("ROLLBACK TO raw; RELEASE raw")
        .unwrap();
    found
}

fn ids(store: &Store, table: &str) -> Vec<i64> {
    let mut ids = store
        .conn
        .prepare(&format!("SELECT id FROM {table} ORDER BY id"))
        .unwrap();
    let ids = ids.query_map([], |row| row.get(0)).unwrap();
    ids.map(rusqlite::Result::unwrap).collect()
}

fn columns(store: &Store, table: &str) -> Vec<(String, String)> {
    let sql = "SELECT name, type FROM pragma_table_info(?1) WHERE name <> 'id'";
    let mut columns = store.conn.prepare(sql).unwrap();
    let columns = columns
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    columns.map(rusqlite::Result::unwrap).collect()
}

/// The newest step of a row.
fn newest(store: &Store, table: &str, id: i64) -> Option<StepId> {
    let sql = "SELECT step FROM journal_row WHERE tbl = ?1 AND pk = ?2 ORDER BY id DESC LIMIT 1";
    let step = store
        .conn
        .query_row(sql, rusqlite::params![table, id], |row| row.get(0));
    step.optional().unwrap().map(StepId)
}

fn stray(store: &Store, table: &Table, id: i64, how: Untold) -> Unsound {
    let step = newest(store, table.name, id);
    Unsound::Record(Stray {
        record: table.row(id),
        step,
        how,
    })
}

/// What a cell says instead, of the same kind.
fn other((column, kind): &(String, String), value: usize) -> String {
    match kind.as_str() {
        "INTEGER" => format!("coalesce({column}, 0) + {}", 1 + value % 9),
        _ => format!("coalesce({column}, '') || '{}'", value % 10),
    }
}

#[test]
fn in_every_table_a_row_edited_removed_or_slipped_in_with_the_key_is_named_with_its_step() {
    let store = bare();
    for table in JOURNALLED {
        let name = table.name;
        let id = *ids(&store, name).last().unwrap();
        let mut edits = 0;
        for column in columns(&store, name) {
            let sql = format!(
                "UPDATE {name} SET {} = {} WHERE id = {id}",
                column.0,
                other(&column, 0)
            );
            // Ranks and periods are held by the file itself.
            let Some(found) = found(&store, &sql) else {
                continue;
            };
            let named = stray(&store, table, id, Untold::Changed);
            assert!(found.contains(&named), "{sql}: {found:?}");
            edits += 1;
        }
        assert!(edits >= columns(&store, name).len() / 2, "{name}");
        let sql = format!("DELETE FROM {name} WHERE id = {id}");
        let gone = found(&store, &sql).unwrap();
        assert!(
            gone.contains(&stray(&store, table, id, Untold::Gone)),
            "{sql}: {gone:?}"
        );
        let (_, sql) = SAMPLES.iter().find(|(of, _)| *of == name).unwrap();
        let slipped = found(&store, sql).unwrap();
        let is_new = |one: &Unsound| {
            matches!(one, Unsound::Record(one) if one.how == Untold::SlippedIn
            && one.step.is_none() && JOURNALLED.iter().any(|of| of.name == name && one.record.starts_with(&of.row(0).replace('0', ""))))
        };
        assert!(slipped.iter().any(is_new), "{sql}: {slipped:?}");
    }
}

/// `SEED` and `COUNT` (60 by default) choose another thousand.
#[test]
fn any_row_changed_at_random_with_the_key_is_named() {
    let (mut dice, count) = (Dice::new(), count(60));
    let store = bare();
    let mut done = 0;
    while done < count {
        let table = dice.one(JOURNALLED);
        let id = *dice.one(&ids(&store, table.name));
        let columns = columns(&store, table.name);
        let column = dice.one(&columns);
        let (name, new) = (table.name, 1_000 + done as i64);
        let to = other(column, dice.below(100));
        let (sql, named) = match dice.below(4) {
            0 => (
                format!("DELETE FROM {name} WHERE id = {id}"),
                stray(&store, table, id, Untold::Gone),
            ),
            1 => {
                let names: Vec<&str> = columns.iter().map(|(name, _)| &**name).collect();
                let cell = |one: &&'_ str| {
                    if *one == column.0 {
                        to.clone()
                    } else {
                        (*one).to_owned()
                    }
                };
                let values: Vec<String> = names.iter().map(cell).collect();
                let (rest, values) = (names.join(", "), values.join(", "));
                let sql = format!(
                    "INSERT INTO {name} (id, {rest}) SELECT {new}, {values} FROM {name} WHERE id = {id}"
                );
                (sql, stray(&store, table, new, Untold::SlippedIn))
            }
            2 => {
                let sql = format!(
                    "UPDATE {name} SET {} = NULL WHERE id = {id} AND {} IS NOT NULL",
                    column.0, column.0
                );
                (sql, stray(&store, table, id, Untold::Changed))
            }
            _ => {
                let sql = format!("UPDATE {name} SET {} = {to} WHERE id = {id}", column.0);
                (sql, stray(&store, table, id, Untold::Changed))
            }
        };
        // What the file's own shape refuses is no change.
        if let Some(found) = found(&store, &sql) {
            assert!(
                found.contains(&named),
                "seed {}: {sql}: {found:?}",
                dice.seed
            );
            done += 1;
        }
    }
}

#[test]
fn a_row_that_a_step_removed_and_that_is_there_again_is_named() {
    let store = bare();
    let mut store = {
        let mut store = store;
        store
            .step("Remove", |writer| {
                Ok(writer
                    .conn
                    .execute_batch("DELETE FROM closure WHERE id = 1")?)
            })
            .unwrap();
        take_triggers(&mut store);
        store
    };
    assert_eq!(store.check().unwrap(), []);
    let back = "INSERT INTO closure (id, day, name) VALUES (1, '2026-11-27', 'INSET')";
    let closure = JOURNALLED
        .iter()
        .find(|table| table.name == "closure")
        .unwrap();
    assert_eq!(
        found(&store, back).unwrap(),
        [stray(&store, closure, 1, Untold::Back)]
    );
    // Taken back, it is as its newest image again.
    store.undo().unwrap();
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn more_records_than_are_named_are_counted() {
    let store = bare();
    let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
                INSERT INTO closure (day, name) SELECT '2026-11-27', 'INSET' FROM n";
    let found = found(&store, many).unwrap();
    assert_eq!(found.len(), 201);
    assert_eq!(found.last(), Some(&Unsound::MoreRecords(50)));
}

/// What is held against a shape with these rungs on top.
fn strays(store: &Store, besides: &str) -> Vec<String> {
    let shape = Shape::of(
        &crate::store::schema::SCHOOL,
        crate::store::schema::SCHOOL.version(),
        besides,
    )
    .unwrap();
    let mut records = Records::new();
    assert_eq!(
        store
            .chain
            .walk(&store.conn, |image| records.note(image))
            .unwrap(),
        None
    );
    let mut strays = Vec::new();
    let tell = |stray: Result<Stray, &'static str>| strays.push(stray.unwrap().to_string());
    records
        .hold(&store.conn, &store.chain, &shape, tell)
        .unwrap();
    strays
}

#[test]
fn a_column_that_a_rung_added_holds_its_default_in_rows_of_before() {
    const FIRST: &str = "ALTER TABLE pupil ADD COLUMN house TEXT NOT NULL DEFAULT 'red'";
    const SECOND: &str = "ALTER TABLE pupil ADD COLUMN lunches INTEGER NOT NULL DEFAULT -5";
    let mut store = bare();
    store.conn.execute_batch(FIRST).unwrap();
    assert_eq!(strays(&store, FIRST), [""; 0]);
    // A step with the first column there, none with the second.
    store
        .step("Change", |writer| {
            Ok(writer
                .conn
                .execute_batch("UPDATE pupil SET house = 'blue' WHERE id = 1")?)
        })
        .unwrap();
    take_triggers(&mut store);
    let step = newest(&store, "pupil", 1).unwrap();
    store.conn.execute_batch(SECOND).unwrap();
    let both = format!("{FIRST}; {SECOND}");
    assert_eq!(strays(&store, &both), [""; 0]);
    for (id, edit) in [
        (1, "house = 'red'"),
        (2, "house = 'blue'"),
        (1, "lunches = 5"),
        (2, "lunches = 6, house = 'red'"),
    ] {
        store.conn.execute_batch("SAVEPOINT raw").unwrap();
        store
            .conn
            .execute_batch(&format!("UPDATE pupil SET {edit} WHERE id = {id}"))
            .unwrap();
        let step = if id == 1 {
            step
        } else {
            newest(&store, "pupil", 2).unwrap()
        };
        assert_eq!(
            strays(&store, &both),
            [format!("pupil p{id} is not as step {step} left it")],
            "{edit}"
        );
        store
            .conn
            .execute_batch("ROLLBACK TO raw; RELEASE raw")
            .unwrap();
    }
}
