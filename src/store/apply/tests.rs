//! An import does what the user agreed to, in one step, and one undo takes it back.

use super::*;
use crate::domain::batch::plan::plan;
use crate::domain::batch::{Ask, Batch, Change, Leaver, Returner, Whom};
use crate::domain::code;
use crate::store::Store;
use crate::store::tests::{add, aisha, on, store};

fn incoming(surname: &str, upn: &str, status: &str, needs: &str) -> Incoming {
    Incoming {
        row: 2,
        upn: (!upn.is_empty()).then(|| upn.to_owned()),
        surname: Some(surname.to_owned()),
        forename: Some("Zoe".to_owned()),
        year: Some("4".to_owned()),
        class: Some("4B".to_owned()),
        status: code::read_status(status),
        needs: code::read_needs(needs),
        ..Incoming::default()
    }
}

fn today() -> NaiveDate {
    on("2026-11-23")
}

fn import(store: &mut Store, plan: &Plan) -> Applied {
    store.step("Import", |w| w.apply(plan, today())).unwrap()
}

fn everything(store: &Store) -> String {
    ["pupil", "status_period", "need"]
        .map(|table| store.dump(table).unwrap())
        .concat()
}

fn status_of(store: &Store, pupil: i64) -> String {
    let record = store.record(PupilId(pupil)).unwrap().unwrap();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let periods: Vec<String> = record
        .statuses
        .iter()
        .map(|period| {
            format!(
                "{} {}..{};",
                period.code,
                day(period.starts),
                day(period.ends)
            )
        })
        .collect();
    periods.concat()
}

fn needs_of(store: &Store, pupil: i64) -> Vec<String> {
    let record = store.record(PupilId(pupil)).unwrap().unwrap();
    record
        .current_needs()
        .map(|need| format!("{} {}", need.rank, need.code))
        .collect()
}

/// The plan for these rows against what is on file.
fn planned(store: &Store, pupils: Vec<Incoming>) -> Plan {
    let batch = Batch {
        rows: pupils.len(),
        pupils,
        ..Batch::default()
    };
    plan(batch, &store.on_file().unwrap(), today())
}

#[test]
fn a_first_import_is_one_step_and_the_same_file_again_changes_nothing() {
    let mut store = store();
    let rows = vec![
        incoming("Ali", "A1", "K", "SLCN; ASD"),
        incoming("Bell", "A2", "School Action", ""),
        incoming("Cole", "A3", "", "something else"),
    ];
    let first = planned(&store, rows.clone());
    assert_eq!(
        import(&mut store, &first),
        Applied {
            added: 3,
            ..Applied::default()
        }
    );
    assert_eq!(status_of(&store, 1), "K ..;");
    assert_eq!(needs_of(&store, 1), ["1 SLCN", "2 ASD"]);
    // What was read into a code, or is in no set, is noted beside it.
    assert!(
        store
            .dump("status_period")
            .unwrap()
            .contains("recorded_as=\"School Action ended")
    );
    assert!(
        store
            .dump("need")
            .unwrap()
            .contains("recorded_as=\"in no census list")
    );
    assert_eq!(status_of(&store, 3), "");
    let pupil = store.record(PupilId(1)).unwrap().unwrap().pupil;
    assert_eq!(pupil.year_of.map(|year| year.0), Some(2026));
    let again = planned(&store, rows);
    assert!(again.is_empty());
    let steps = store.history(None, 9).unwrap().len();
    import(&mut store, &again);
    assert_eq!(store.history(None, 9).unwrap().len(), steps);
    assert_eq!(store.undo().unwrap().label, "Import");
    assert_eq!(everything(&store), "");
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn of_a_known_pupil_only_what_is_listed_is_written() {
    let mut store = store();
    import(
        &mut store,
        &Plan {
            added: vec![incoming("Ali", "A1", "", "")],
            ..Plan::default()
        },
    );
    let mut row = incoming("Ali", "A1", "E", "HI");
    row.class = Some("5C".to_owned());
    row.sex = Some("F".to_owned());
    let mut plan = planned(&store, vec![row]);
    plan.changed[0].fields.retain(|field| field.field != "sex");
    assert_eq!(import(&mut store, &plan).changed, 1);
    let line = store.all_lines().unwrap().remove(0);
    assert_eq!(
        (line.pupil.class.as_deref(), line.pupil.sex),
        (Some("5C"), None)
    );
    assert_eq!(status_of(&store, 1), "E ..;");
    assert_eq!(needs_of(&store, 1), ["1 HI"]);
    // Filled by somebody else meanwhile: left alone.
    assert_eq!(import(&mut store, &plan).changed, 1);
    assert_eq!(needs_of(&store, 1), ["1 HI"]);
}

#[test]
fn a_status_unknown_again_is_filled_after_what_was_held_before() {
    let mut store = store();
    let pupil = aisha(&mut store).to_string();
    add(
        &mut store,
        Kind::Status,
        &[("pupil", &pupil), ("code", "K"), ("from", "2024-09-01")],
    );
    let close = "UPDATE status_period SET ends = '2026-07-20'";
    store
        .step("Close", |w| Ok(w.conn.execute(close, []).map(drop)?))
        .unwrap();
    let fields = vec![crate::domain::batch::FieldChange {
        field: "status",
        old: String::new(),
        new: "E".to_owned(),
    }];
    let mut row = incoming("Okafor", "", "E", "");
    row.status_from = Some(on("2026-01-01"));
    let change = Change {
        pupil: PupilId(1),
        incoming: row,
        fields,
    };
    import(
        &mut store,
        &Plan {
            changed: vec![change],
            ..Plan::default()
        },
    );
    assert_eq!(
        status_of(&store, 1),
        "E 2026-07-21..;K 2024-09-01..2026-07-20;"
    );
}

#[test]
fn what_the_office_has_otherwise_is_taken_only_when_ticked() {
    let mut store = store();
    import(
        &mut store,
        &Plan {
            added: vec![incoming("Ali", "A1", "N", "SLCN; ASD")],
            ..Plan::default()
        },
    );
    let before = everything(&store);
    let mut plan = planned(&store, vec![incoming("Ali", "A1", "K", "ASD; HI")]);
    assert_eq!(plan.office_to_mend.len(), 2);
    assert_eq!(import(&mut store, &plan), Applied::default());
    assert_eq!(everything(&store), before);
    for mend in &mut plan.office_to_mend {
        mend.take = true;
    }
    assert_eq!(import(&mut store, &plan).mended, 2);
    assert_eq!(status_of(&store, 1), "K 2026-11-23..;N ..2026-11-22;");
    assert_eq!(needs_of(&store, 1), ["1 ASD", "2 HI"]);
    // Ours begun on the same day was never in force: its code is put right.
    let mut plan = planned(&store, vec![incoming("Ali", "A1", "E", "ASD; HI")]);
    plan.office_to_mend[0].take = true;
    import(&mut store, &plan);
    assert_eq!(status_of(&store, 1), "E 2026-11-23..;N ..2026-11-22;");
    store.undo().unwrap();
    store.undo().unwrap();
    assert_eq!(everything(&store), before);
}

#[test]
fn leavers_and_unclear_rows_follow_the_users_choice() {
    let mut store = store();
    for surname in ["Ali", "Bell", "Cole"] {
        import(
            &mut store,
            &Plan {
                added: vec![incoming(surname, "", "", "")],
                ..Plan::default()
            },
        );
    }
    let leaver = |pupil, take| Leaver {
        pupil: PupilId(pupil),
        take,
    };
    let ask = |choice| Ask {
        incoming: Incoming {
            class: Some("6A".into()),
            ..incoming("Cole", "A9", "K", "HI")
        },
        reason: "several children on file fit".to_owned(),
        candidates: vec![PupilId(2), PupilId(3)],
        choice,
    };
    let plan = Plan {
        left: vec![leaver(1, true), leaver(2, false)],
        asks: vec![ask(None), ask(Some(Whom::Pupil(PupilId(3))))],
        ..Plan::default()
    };
    let applied = import(&mut store, &plan);
    assert_eq!((applied.left, applied.chosen), (1, 1));
    let lines = store.all_lines().unwrap();
    let left: Vec<_> = lines.iter().map(|line| line.pupil.left_on).collect();
    assert_eq!(left, [Some(today()), None, None]);
    assert_eq!(lines[1].pupil.class.as_deref(), Some("4B"));
    assert_eq!(lines[2].pupil.class.as_deref(), Some("6A"));
    assert_eq!(lines[2].pupil.upn.as_deref(), Some("A9"));
    assert_eq!(
        (status_of(&store, 3), needs_of(&store, 3)),
        ("K ..;".into(), vec!["1 HI".into()])
    );
    let names = store.names(today()).unwrap();
    assert!(!names.entries()[0].on_roll && names.entries()[1].on_roll);
    let gone = Plan {
        left: vec![leaver(77, true)],
        ..Plan::default()
    };
    let refused = store.step("Import", |w| w.apply(&gone, today()));
    assert!(matches!(refused, Err(Error::NoSuchRecord { id }) if id == "p77"));
}

#[test]
fn a_new_child_by_answer_a_returner_and_a_status_that_ended_are_written() {
    let mut store = store();
    let mut gone = incoming("Ali", "A1", "K", "HI");
    gone.left_on = Some(on("2026-07-20"));
    let added = vec![gone, incoming("Bell", "B1", "K", "")];
    import(
        &mut store,
        &Plan {
            added,
            ..Plan::default()
        },
    );
    let mut ended = incoming("Bell", "B1", "K", "");
    ended.status_to = Some(on("2026-07-20"));
    let mut plan = planned(&store, vec![incoming("Ali", "A1", "K", "HI"), ended]);
    assert_eq!((plan.returned.len(), plan.office_to_mend.len()), (1, 1));
    assert!(plan.is_empty());
    plan.returned = vec![Returner {
        take: true,
        ..plan.returned.remove(0)
    }];
    plan.office_to_mend[0].take = true;
    let mut past = incoming("Cole", "", "K", "");
    past.status_to = Some(on("2024-07-20"));
    plan.asks.push(Ask {
        incoming: past,
        reason: "nearly the name of a child on file".to_owned(),
        candidates: vec![PupilId(1)],
        choice: Some(Whom::New),
    });
    let applied = import(&mut store, &plan);
    assert_eq!((applied.added, applied.returned, applied.mended), (1, 1, 1));
    let lines = store.all_lines().unwrap();
    assert_eq!((lines.len(), lines[0].pupil.left_on), (3, None));
    assert_eq!(status_of(&store, 2), "K ..2026-07-20;");
    assert_eq!(status_of(&store, 3), "K ..2024-07-20;");
    assert_eq!(lines[2].status, None);
    store.undo().unwrap();
    assert_eq!(status_of(&store, 2), "K ..;");
}

#[test]
fn a_number_that_was_left_out_stays_to_be_mended_until_it_is_given() {
    use crate::domain::fault::faults;
    let mut store = store();
    let mut row = incoming("Ali", "", "N", "");
    row.dob = Some(on("2018-03-14"));
    row.left_out.push(crate::domain::pupil::LeftOut {
        field: "upn".to_owned(),
        value: "TBC1".to_owned(),
        reason: "is no UPN; left out".to_owned(),
    });
    import(
        &mut store,
        &Plan {
            added: vec![row],
            ..Plan::default()
        },
    );
    let told = |store: &Store| -> Vec<&'static str> {
        let all = store.all_lines().unwrap();
        let one = store.lines(&[PupilId(1)]).unwrap();
        assert_eq!(all[0].left_out, one[0].left_out);
        let record = store.record(PupilId(1)).unwrap().unwrap();
        assert_eq!(record.left_out, one[0].left_out);
        let found = faults(&all[0], today());
        found.iter().map(|fault| fault.field).collect()
    };
    assert_eq!(told(&store), ["upn"]);
    let mut given = incoming("Ali", "B801200005001", "N", "");
    given.dob = Some(on("2018-03-14"));
    let plan = planned(&store, vec![given]);
    import(&mut store, &plan);
    assert_eq!(told(&store), Vec::<&str>::new());
    store.undo().unwrap();
    store.undo().unwrap();
    assert_eq!(everything(&store), "");
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn a_large_first_import_leaves_every_index_as_it_was_and_can_be_undone() {
    let mut store = store();
    let schema = |store: &Store| -> Vec<String> {
        let mut sql = store
            .conn
            .prepare("SELECT name || coalesce(sql, '') FROM sqlite_schema ORDER BY name")
            .unwrap();
        let sql = sql.query_map([], |row| row.get(0)).unwrap();
        sql.map(|sql: rusqlite::Result<_>| sql.unwrap()).collect()
    };
    let before = schema(&store);
    let row = |number: usize| incoming(&format!("Name{number}"), &format!("U{number}"), "K", "HI");
    let added: Vec<Incoming> = (0..MANY).map(row).collect();
    import(
        &mut store,
        &Plan {
            added,
            ..Plan::default()
        },
    );
    assert_eq!(schema(&store), before);
    assert_eq!(store.names(today()).unwrap().len(), MANY);
    let sound: String = store
        .conn
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
    store.undo().unwrap();
    assert_eq!(everything(&store), "");
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn a_plan_is_not_applied_to_a_register_that_moved_on() {
    let mut store = store();
    let made = |store: &Store| {
        let (on_file, basis) = store.on_file_at().unwrap();
        let batch = Batch {
            rows: 1,
            pupils: vec![incoming("Ali", "A1", "K", "HI")],
            ..Batch::default()
        };
        Plan {
            basis: Some(basis),
            ..plan(batch, &on_file, today())
        }
    };
    let first = made(&store);
    let second = first.clone();
    store.record_access("Looked").unwrap();
    import(&mut store, &first);
    let before = everything(&store);
    let steps: [fn(&mut Store); 3] = [
        |_| (),
        |store| {
            store.undo().unwrap();
        },
        |store| {
            store.redo().unwrap();
        },
    ];
    for step in steps {
        step(&mut store);
        let refused = store.step("Import", |w| w.apply(&second, today()));
        assert!(matches!(refused, Err(Error::RegisterMoved)), "{refused:?}");
    }
    assert_eq!(everything(&store), before);
    let again = made(&store);
    assert!(again.is_empty());
    import(&mut store, &again);
}
