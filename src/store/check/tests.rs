//! A journal changed outside the program, row by row, and what else a check finds.

use super::*;
use crate::domain::form::Kind;
use crate::store::tests::{author, texts};

fn filled() -> Store {
    let mut store = Store::memory(author("Sam")).unwrap();
    for surname in ["Okafor", "Ali", "Obi", "Nowak"] {
        let pupil = texts(&[("surname", surname)]);
        store
            .step("Add pupil", |writer| writer.add(Kind::Pupil, &pupil))
            .unwrap();
        let change = texts(&[("class", "5B")]);
        let id = store.names(store.today()).unwrap().len() as i64;
        store
            .step("Change", |writer| {
                writer.amend(Kind::Pupil, id, &change, None)
            })
            .unwrap();
    }
    store.undo().unwrap();
    // What the program never does: the guards are taken away first.
    store
        .conn
        .execute_batch(
            "PRAGMA foreign_keys = OFF; DROP TRIGGER journal_step_keeps_steps; DROP TRIGGER journal_step_keeps_words;
             DROP TRIGGER journal_row_keeps_rows; DROP TRIGGER journal_row_keeps_images;",
        )
        .unwrap();
    store
}

fn ids(store: &Store, table: &str) -> Vec<i64> {
    let sql = format!("SELECT id FROM {table} ORDER BY id");
    let mut ids = store.conn.prepare(&sql).unwrap();
    let ids = ids.query_map([], |row| row.get(0)).unwrap();
    ids.map(Result::unwrap).collect()
}

/// The step a row of the journal belongs to.
fn step_of(store: &Store, row: i64) -> i64 {
    let sql = "SELECT step FROM journal_row WHERE id = ?1";
    store.conn.query_row(sql, [row], |row| row.get(0)).unwrap()
}

#[test]
fn every_row_of_the_journal_that_is_edited_deleted_swapped_or_slipped_in_is_found_at_its_step() {
    let sound = filled();
    assert_eq!(sound.check().unwrap(), []);
    let (steps, rows) = (ids(&sound, "journal_step"), ids(&sound, "journal_row"));
    assert!(steps.len() > 8 && rows.len() > 8);
    let last = *steps.last().unwrap();
    let tampered = |sql: &str| {
        let store = filled();
        store.conn.execute_batch(sql).unwrap();
        store.check().unwrap().pop()
    };
    // A step that was taken back and is gone dangles as well.
    let at = |step: i64| Some(Unsound::Journal(StepId(step)));
    for step in &steps {
        let edits = [
            "label = label || '.'",
            "author = 'Kim'",
            "at = '2020-01-01T00:00:00Z'",
        ];
        for edit in edits {
            let sql = format!("UPDATE journal_step SET {edit} WHERE id = {step}");
            assert_eq!(tampered(&sql), at(*step), "{sql}");
        }
        if *step < last {
            let sql = format!("DELETE FROM journal_step WHERE id = {step}");
            assert_eq!(tampered(&sql), at(*step), "{sql}");
            let sql = format!(
                "UPDATE journal_step SET id = 0 WHERE id = {step};
                 UPDATE journal_step SET id = {step} WHERE id = {step} + 1;
                 UPDATE journal_step SET id = {step} + 1 WHERE id = 0;"
            );
            assert_eq!(tampered(&sql), at(*step), "{sql}");
        }
    }
    for row in &rows {
        let step = step_of(&sound, *row);
        for sql in [
            format!(
                "UPDATE journal_row SET after = '{{}}' WHERE id = {row} AND after IS NOT NULL;
                     UPDATE journal_row SET before = '{{}}' WHERE id = {row} AND after IS NULL"
            ),
            format!("UPDATE journal_row SET pk = pk + 1 WHERE id = {row}"),
            format!("DELETE FROM journal_row WHERE id = {row}"),
        ] {
            assert_eq!(tampered(&sql), at(step), "{sql}");
        }
    }
    let slipped = "INSERT INTO journal_row (step, tbl, pk, after) VALUES (3, 'pupil', 1, '{}')";
    assert_eq!(tampered(slipped), at(3));
}

#[test]
fn references_and_indexes_of_words_that_do_not_hold_are_found_and_the_words_made_anew() {
    let mut store = filled();
    store
        .conn
        .execute_batch("INSERT INTO contact_words (rowid, text) VALUES (999, 'nobody said this');")
        .unwrap();
    assert_eq!(store.check().unwrap(), [Unsound::Words("contact_words")]);
    store.index_words_anew().unwrap();
    assert_eq!(store.check().unwrap(), []);
}
