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
    let guards = sound.check().unwrap();
    let gone = |one: &Unsound| matches!(one, Unsound::Shape(odd) if odd.odd == super::super::shape::Difference::Missing && odd.kind == "trigger");
    assert!(guards.len() == 4 && guards.iter().all(gone), "{guards:?}");
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
fn what_an_opening_looks_at_is_told_as_a_sentence_and_refuses_nothing() {
    let store = filled();
    let look = |sql: &str| {
        store.conn.execute_batch("SAVEPOINT tampered").unwrap();
        store.conn.execute_batch(sql).unwrap();
        let found = store.look();
        store
            .conn
            .execute_batch("ROLLBACK TO tampered; RELEASE tampered")
            .unwrap();
        found
    };
    assert_eq!(store.look().len(), 4);
    let guards = |step: i64| [&store.look()[..], &[Unsound::Journal(StepId(step))]].concat();
    let (steps, rows) = (ids(&store, "journal_step"), ids(&store, "journal_row"));
    let (last, row) = (*steps.last().unwrap(), *rows.last().unwrap());
    for sql in [
        format!("UPDATE journal_step SET label = 'x' WHERE id = {last}"),
        format!("UPDATE journal_step SET hash = 'x' WHERE id = {last} - 1"),
        format!("UPDATE journal_row SET after_digest = 'x' WHERE id = {row}"),
        format!("DELETE FROM journal_row WHERE id = {row}"),
        "INSERT INTO journal_row (step, tbl, pk) VALUES (3, 'pupil', 1)".to_owned(),
    ] {
        assert_eq!(look(&sql), guards(last), "{sql}");
    }
    assert_eq!(
        look(&format!("DELETE FROM journal_step WHERE id = {last}")),
        guards(last - 1)
    );
    let mut store = Store::memory(author("Sam")).unwrap();
    assert_eq!(store.look(), []);
    assert_eq!(store.notice(), None);
    store
        .conn
        .execute_batch("CREATE VIEW mine AS SELECT 1")
        .unwrap();
    store.noticed = store.look();
    assert_eq!(
        store.notice().unwrap(),
        "OAK: The file is not built as sendesk builds it: view mine was added. Somebody changed it outside sendesk: see \
         sendesk doctor before you rely on it."
    );
    assert_eq!(store.check().unwrap(), store.noticed);
}

#[test]
fn a_file_in_which_a_table_is_gone_is_told_as_far_as_it_can_be_read() {
    let store = Store::memory(author("Sam")).unwrap();
    store
        .conn
        .execute_batch("PRAGMA foreign_keys = OFF; DROP TABLE need")
        .unwrap();
    let told: Vec<String> = store
        .check()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        told.iter().any(|text| text.contains("table need is gone")),
        "{told:?}"
    );
    assert!(
        told.iter().any(|text| text.contains("the rows of need")),
        "{told:?}"
    );
    let store = Store::memory(author("Sam")).unwrap();
    store
        .conn
        .execute_batch("PRAGMA foreign_keys = OFF; DROP TABLE contact_words")
        .unwrap();
    let told: Vec<String> = store
        .check()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(told[0].contains("contact_words"), "{told:?}");
    assert!(told.last().unwrap().contains("Not all of it"), "{told:?}");
}

#[test]
fn references_and_indexes_of_words_that_do_not_hold_are_found_and_the_words_made_anew() {
    let mut store = filled();
    store
        .conn
        .execute_batch("INSERT INTO contact_words (rowid, text) VALUES (999, 'nobody said this');")
        .unwrap();
    let guards = filled().check().unwrap();
    let found = [&guards[..], &[Unsound::Words("contact_words")]].concat();
    assert_eq!(store.check().unwrap(), found);
    store.index_words_anew().unwrap();
    assert_eq!(store.check().unwrap(), guards);
}
