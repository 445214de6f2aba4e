//! A file's shape against the ladder's, and the seals that stand for it.

use super::*;
use crate::store::schema::SCHOOL;

#[test]
fn the_seal_of_the_newest_shape_is_the_one_that_is_noted() {
    let conn = file::memory_of(&SCHOOL, SCHOOL.version()).unwrap();
    let made = seal(&conn).unwrap();
    assert_eq!(
        SCHOOL.seal(),
        Some(&*made),
        "in schema.rs, the seal of the newest shape"
    );
}

#[test]
fn every_object_taken_away_changed_or_added_is_named() {
    let shape = Shape::of(&SCHOOL, SCHOOL.version(), "").unwrap();
    let fresh = || file::memory_of(&SCHOOL, SCHOOL.version()).unwrap();
    assert_eq!(shape.differences(&fresh()).unwrap(), []);
    let mut tried = 0;
    for object in &shape.objects {
        // What SQLite makes with a table goes with it.
        if object.sql.is_none() || object.name.starts_with("sqlite_") {
            continue;
        }
        let named = |odd| Misshapen {
            kind: object.kind.clone(),
            name: object.name.clone(),
            odd,
        };
        let conn = fresh();
        let before = seal(&conn).unwrap();
        conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON")
            .unwrap();
        let edit = "UPDATE sqlite_schema SET sql = sql || ' ' WHERE type = ?1 AND name = ?2";
        conn.execute(edit, [&object.kind, &object.name]).unwrap();
        assert_eq!(
            shape.differences(&conn).unwrap(),
            [named(Difference::Changed)]
        );
        assert_ne!(seal(&conn).unwrap(), before);
        let remove = "DELETE FROM sqlite_schema WHERE type = ?1 AND name = ?2";
        conn.execute(remove, [&object.kind, &object.name]).unwrap();
        assert_eq!(
            shape.differences(&conn).unwrap(),
            [named(Difference::Missing)]
        );
        assert_ne!(seal(&conn).unwrap(), before);
        tried += 1;
    }
    assert!(tried > 60, "{tried}");
    for (kind, sql) in [
        ("table", "CREATE TABLE \"x\ny\" (a)"),
        ("index", "CREATE INDEX \"x\ny\" ON pupil (surname)"),
        ("view", "CREATE VIEW \"x\ny\" AS SELECT 1"),
        (
            "trigger",
            "CREATE TRIGGER \"x\ny\" AFTER INSERT ON contact BEGIN SELECT 1; END",
        ),
    ] {
        let conn = fresh();
        let before = seal(&conn).unwrap();
        conn.execute_batch(sql).unwrap();
        let odd = shape.differences(&conn).unwrap();
        let told: Vec<String> = odd.iter().map(ToString::to_string).collect();
        assert_eq!(told, [format!("{kind} x\\ny was added")]);
        assert_ne!(seal(&conn).unwrap(), before);
    }
}

#[test]
fn what_sqlite_counts_for_itself_is_no_part_of_the_shape() {
    let shape = Shape::of(&SCHOOL, SCHOOL.version(), "").unwrap();
    let conn = file::memory_of(&SCHOOL, SCHOOL.version()).unwrap();
    let before = seal(&conn).unwrap();
    conn.execute_batch("ANALYZE").unwrap();
    assert_eq!(shape.differences(&conn).unwrap(), []);
    assert_eq!(seal(&conn).unwrap(), before);
}

#[test]
fn objects_made_in_another_order_are_no_other_shape() {
    let store = crate::store::tests::store();
    let sql = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL LIMIT 1";
    let made: String = store.conn.query_row(sql, [], |row| row.get(0)).unwrap();
    let name = made.split_whitespace().nth(2).unwrap();
    store
        .conn
        .execute_batch(&format!("DROP INDEX {name}; {made}"))
        .unwrap();
    assert_ne!(Some(&*seal(&store.conn).unwrap()), SCHOOL.seal());
    assert_eq!(store.look(), []);
}

#[test]
fn all_but_tables_is_mended() {
    let shape = Shape::of(&SCHOOL, SCHOOL.version(), "").unwrap();
    let conn = file::memory_of(&SCHOOL, SCHOOL.version()).unwrap();
    conn.execute_batch(
        "DROP TRIGGER journal_row_keeps_rows; DROP INDEX pupil_upn; DROP VIEW contact_pupil_said;
         CREATE VIEW contact_pupil_said AS SELECT 1 AS id, 'x' AS words; CREATE INDEX \"o\"\"dd\" ON pupil (dob);
         CREATE TRIGGER foreign_one AFTER INSERT ON contact BEGIN SELECT 1; END;",
    )
    .unwrap();
    assert_eq!(shape.differences(&conn).unwrap().len(), 5);
    shape.mend(&conn).unwrap();
    assert_eq!(shape.differences(&conn).unwrap(), []);
}

/// Undo leaves what is empty out of an image: a column with a default that may be empty could have been either.
#[test]
fn a_column_of_a_record_with_a_default_is_never_empty() {
    let shape = Shape::of(&SCHOOL, SCHOOL.version(), "").unwrap();
    for table in crate::store::journal::JOURNALLED {
        let sql = "SELECT count(*) FROM pragma_table_info(?1) WHERE dflt_value IS NOT NULL AND \"notnull\" = 0";
        let open: i64 = shape
            .conn
            .query_row(sql, [table.name], |row| row.get(0))
            .unwrap();
        assert_eq!(open, 0, "{}", table.name);
    }
}
