//! Every way to tamper with a journal is tried on every step and every row of one, and found.

use super::*;
use crate::domain::form::Kind;
use crate::store::Store;
use crate::store::tests::{add, aisha, store, texts};

/// A journal with changes, an undo, a redo, an access and a boundary, on a connection whose guards are gone.
fn unguarded() -> Store {
    let mut store = store();
    let id = aisha(&mut store);
    add(&mut store, Kind::Need, &[("pupil", "1"), ("code", "ASD")]);
    add(
        &mut store,
        Kind::Need,
        &[("pupil", "1"), ("code", "HI"), ("rank", "1")],
    );
    let class = texts(&[("class", "6A")]);
    store
        .step("Change", |w| w.amend(Kind::Pupil, id, &class, None))
        .unwrap();
    store.undo().unwrap();
    store.redo().unwrap();
    store.record_access("Print").unwrap();
    store.seal_history("Boundary").unwrap();
    store.set_setting("a", "b").unwrap();
    store
        .conn
        .execute_batch(
            "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;
             DROP TRIGGER journal_step_keeps_steps; DROP TRIGGER journal_step_keeps_words;
             DROP TRIGGER journal_row_keeps_rows; DROP TRIGGER journal_row_keeps_images;",
        )
        .unwrap();
    assert_eq!(store.verify().unwrap(), None);
    store
}

/// Does it, looks, and puts everything back.
fn found(store: &Store, sql: &str) -> bool {
    store.conn.execute_batch("SAVEPOINT tampered").unwrap();
    let before = store.conn.total_changes();
    store.conn.execute_batch(sql).unwrap();
    assert!(store.conn.total_changes() > before, "{sql} did nothing");
    let found = store.verify().unwrap();
    store
        .conn
        .execute_batch("ROLLBACK TO tampered; RELEASE tampered")
        .unwrap();
    found.is_some()
}

fn count(store: &Store, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    store.conn.query_row(&sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn an_edit_of_any_field_of_any_step_or_row_is_found() {
    let store = unguarded();
    for table in ["journal_step", "journal_row"] {
        let mut columns = store
            .conn
            .prepare("SELECT name, type FROM pragma_table_info(?1)")
            .unwrap();
        let columns: Vec<(String, String)> = columns
            .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for id in 1..=count(&store, table) {
            for (column, kind) in &columns {
                let other = match (column.as_str(), kind.as_str()) {
                    ("id", _) => "id + 1000".to_owned(),
                    (column, "INTEGER") => format!("coalesce({column}, 0) + 1"),
                    (column, _) => format!("coalesce({column}, '') || '0'"),
                };
                let sql = format!("UPDATE {table} SET {column} = {other} WHERE id = {id}");
                assert!(found(&store, &sql), "{sql}");
                // Blanked, where there is anything.
                let filled = format!("SELECT {column} IS NOT NULL FROM {table} WHERE id = {id}");
                let filled: bool = store.conn.query_row(&filled, [], |row| row.get(0)).unwrap();
                let may_be_empty = [
                    "working_date",
                    "reverses",
                    "before",
                    "after",
                    "before_digest",
                    "after_digest",
                ];
                if filled && may_be_empty.contains(&column.as_str()) {
                    let sql = format!("UPDATE {table} SET {column} = NULL WHERE id = {id}");
                    assert!(found(&store, &sql), "{sql}");
                }
            }
        }
    }
}

#[test]
fn a_step_or_row_removed_slipped_in_or_exchanged_is_found() {
    let store = unguarded();
    let (steps, rows) = (count(&store, "journal_step"), count(&store, "journal_row"));
    let mut tries = vec![
        "INSERT INTO journal_row (step, tbl, pk) VALUES (3, 'pupil', 1)".to_owned(),
        "INSERT INTO journal_row (id, step, tbl, pk) VALUES (0, 3, 'pupil', 1)".to_owned(),
        "INSERT INTO journal_row (id, step, tbl, pk) VALUES (-5, 3, 'pupil', 1)".to_owned(),
        format!(
            "INSERT INTO journal_step SELECT {steps} + 1, kind, label, author, login, at, working_date, reverses,
               {rows} + 1, 0, hash, hash FROM journal_step WHERE id = {steps}"
        ),
    ];
    // Cut at the very end with its rows it is a shorter journal that is sound in itself; without them it shows.
    tries.extend((1..=steps).map(|id| format!("DELETE FROM journal_step WHERE id = {id}")));
    tries.extend((1..=rows).map(|id| format!("DELETE FROM journal_row WHERE id = {id}")));
    tries.extend((1..steps).map(|id| swap("journal_step", id)));
    tries.extend((1..rows).map(|id| swap("journal_row", id)));
    for sql in tries {
        assert!(found(&store, &sql), "{sql}");
    }
    let cut = format!(
        "DELETE FROM journal_row WHERE step = {steps}; DELETE FROM journal_step WHERE id = {steps}"
    );
    assert!(!found(&store, &cut));
}

/// Two neighbours change places.
fn swap(table: &str, id: i64) -> String {
    let next = id + 1;
    format!(
        "UPDATE {table} SET id = -1 WHERE id = {id}; UPDATE {table} SET id = {id} WHERE id = {next};
         UPDATE {table} SET id = {next} WHERE id = -1"
    )
}

#[test]
fn another_key_gives_another_chain() {
    let of = |byte| {
        let mut key = RawKey::blank();
        key.fill(byte);
        Chain::new(&JournalKey::of_file(&key))
    };
    let (one, other) = (of(1), of(2));
    assert_eq!(one.digest("{}"), of(1).digest("{}"));
    assert_ne!(one.digest("{}"), other.digest("{}"));
    assert_eq!(unhex(&hex(&[0, 171, 255])), Some(vec![0, 171, 255]));
    assert_eq!(unhex("0g"), None);
    assert_eq!(unhex("abc"), None);
}
