//! An entry of the diary older than a quarter of an hour is amended or struck; its first text stays, whatever is tried
//! (interaction design, rules of evidence).

use super::*;
use crate::domain::contact::{Locked, Visibility};
use crate::domain::date;
use crate::domain::id::StepId;
use chrono::TimeDelta;

/// A child with one entry and its follow-up, entered this long ago.
fn entered(minutes: i64) -> Store {
    let mut store = store();
    aisha(&mut store);
    aisha(&mut store);
    add(
        &mut store,
        Kind::Contact,
        &[
            ("pupils", "p1"),
            ("at", "2026-11-23"),
            ("text", "First words"),
            ("follow_up", "2026-11-30"),
        ],
    );
    store.later(TimeDelta::minutes(minutes));
    store
}

fn amend(store: &mut Store, pairs: &[(&'static str, &str)]) -> Result<()> {
    let values = texts(pairs);
    store.step("Change", |w| w.amend(Kind::Contact, 1, &values, None))
}

type Try = (&'static str, fn(&mut Store) -> Result<()>);

/// Every way to overwrite an entry or to make it go.
const TRIES: [Try; 9] = [
    ("words", |s| amend(s, &[("text", "Other words")])),
    ("children", |s| amend(s, &[("pupils", "p1, p2")])),
    ("moment", |s| amend(s, &[("at", "2026-11-22")])),
    ("who sees it", |s| amend(s, &[("visibility", "shareable")])),
    ("tags and follow-up", |s| {
        amend(s, &[("tags", "x"), ("follow_up", "")])
    }),
    ("of a child", |s| {
        s.step("Say", |w| w.say_of(ContactId(1), PupilId(1), "x"))
    }),
    ("bin", |s| s.step("Bin", |w| w.bin(Kind::Contact, 1))),
    ("undo", |s| s.undo().map(drop)),
    ("undo by number", |s| {
        let step = s.history(None, 1)?[0].id;
        s.undo_step(step).map(drop)
    }),
];

#[test]
fn no_way_overwrites_bins_or_takes_back_what_is_evidence() {
    for (name, attempt) in TRIES {
        let mut store = entered(16);
        let all = |store: &Store| {
            ["contact", "contact_pupil", "task"].map(|table| store.dump(table).unwrap())
        };
        let before = all(&store);
        let refused = attempt(&mut store).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "c1 was entered more than 15 minutes ago and is evidence now: amend it or strike it; the first text \
             stays.",
            "{name}"
        );
        assert_eq!(all(&store), before, "{name}");
        assert_eq!(store.verify().unwrap(), None);
    }
}

#[test]
fn within_a_quarter_of_an_hour_all_of_it_is_put_right() {
    for (name, attempt) in TRIES {
        let mut store = entered(14);
        let before = store.revision().unwrap();
        attempt(&mut store).unwrap();
        assert!(store.revision().unwrap() > before, "{name}");
    }
}

#[test]
fn the_follow_up_is_a_task_and_stays_changeable() {
    let mut store = entered(60);
    let seen = store.values(Kind::Contact, 1).unwrap().unwrap();
    let mut values = seen.clone();
    values.insert("follow_up", None);
    store
        .step("Change", |w| {
            w.amend(Kind::Contact, 1, &values, Some(&seen))
        })
        .unwrap();
    assert_eq!(
        store.contact(ContactId(1)).unwrap().unwrap().follow_up,
        None
    );
    store.undo().unwrap();
    assert!(
        store
            .contact(ContactId(1))
            .unwrap()
            .unwrap()
            .follow_up
            .is_some()
    );
}

#[test]
fn what_was_binned_in_time_comes_back_at_any_time_and_does_not_go_again() {
    let mut store = entered(5);
    store.step("Bin", |w| w.bin(Kind::Contact, 1)).unwrap();
    store.later(TimeDelta::hours(5));
    store.undo().unwrap();
    assert!(matches!(store.redo(), Err(Error::Evidence { .. })));
    assert_eq!(store.diary(None).unwrap(), [ContactId(1)]);

    let mut store = entered(5);
    store.step("Bin", |w| w.bin(Kind::Contact, 1)).unwrap();
    store.later(TimeDelta::hours(5));
    let words = amend(&mut store, &[("follow_up", "2026-12-01")]);
    assert!(matches!(words, Err(Error::Refused { .. })), "in the bin");
    store.step("Back", |w| w.restore(Kind::Contact, 1)).unwrap();
    assert!(matches!(store.undo(), Err(Error::Evidence { .. })));
    assert_eq!(store.diary(None).unwrap(), [ContactId(1)]);
}

#[test]
fn a_correction_in_time_is_not_taken_back_late() {
    let mut store = entered(10);
    amend(&mut store, &[("text", "Second words")]).unwrap();
    store.later(TimeDelta::minutes(10));
    assert!(matches!(store.undo(), Err(Error::Evidence { .. })));
    // Taken back in time, an entry may still be brought back: nothing is lost by it.
    let mut store = entered(10);
    store.undo().unwrap();
    store.later(TimeDelta::hours(1));
    store.redo().unwrap();
    assert_eq!(
        store.contacts(&[ContactId(1)]).unwrap()[0].text,
        "First words"
    );
}

#[test]
fn an_amendment_or_a_strike_stays_too_and_one_strike_is_enough() {
    let mut store = entered(60);
    let say = |store: &mut Store, kind, field: &'static str| {
        let values = texts(&[("contact", "1"), (field, "It was Tuesday")]);
        store.step("Later", |w| w.add(kind, &values))
    };
    let id = say(&mut store, Kind::Amendment, "text").unwrap();
    let values = texts(&[("text", "No")]);
    let refused = store.step("Change", |w| w.amend(Kind::Amendment, id, &values, None));
    assert!(matches!(refused, Err(Error::Refused { .. })));
    say(&mut store, Kind::Strike, "reason").unwrap();
    assert!(matches!(
        say(&mut store, Kind::Strike, "reason"),
        Err(Error::Refused { .. })
    ));
    store.undo().unwrap();
    assert!(
        store
            .contact(ContactId(1))
            .unwrap()
            .unwrap()
            .strike()
            .is_none()
    );
    store.redo().unwrap();
    store.later(TimeDelta::minutes(16));
    assert!(matches!(store.undo(), Err(Error::Evidence { id, .. }) if id == "c1"));
    let contact = store.contact(ContactId(1)).unwrap().unwrap();
    assert_eq!(
        (contact.text.as_str(), contact.amendments.len()),
        ("First words", 2)
    );
    assert!(contact.strike().is_some());
}

#[test]
fn what_was_built_on_a_step_taken_back_out_of_turn_is_told_and_left_alone() {
    let mut store = entered(0);
    store
        .step("Change", |w| {
            w.amend(Kind::Contact, 1, &texts(&[("pupils", "p1, p2")]), None)
        })
        .unwrap();
    amend(&mut store, &[("pupils", "p1")]).unwrap();
    let steps = store.history(None, 9).unwrap();
    // The second child is in no entry any more, so its own step may go; the correction cannot come back without it.
    store.undo_step(steps[3].id).unwrap();
    let refused = store.undo().unwrap_err();
    assert_eq!(
        refused.to_string(),
        "A record that this one belongs to is no longer on file, so this was left alone and nothing was changed."
    );
    assert_eq!(store.dump("contact_pupil").unwrap().lines().count(), 1);
    store.redo().unwrap();
    store.undo().unwrap();
    assert_eq!(store.dump("contact_pupil").unwrap().lines().count(), 2);
}

#[test]
fn a_step_is_taken_back_by_its_number_where_nothing_later_touched_its_rows() {
    let mut store = store();
    aisha(&mut store);
    let step = |store: &Store| store.history(None, 1).unwrap()[0].id;
    let added = step(&store);
    store.set_setting("a", "1").unwrap();
    let setting = step(&store);
    let class = texts(&[("class", "6A")]);
    store
        .step("Change", |w| w.amend(Kind::Pupil, 1, &class, None))
        .unwrap();
    assert!(matches!(
        store.undo_step(added),
        Err(Error::HistoryMoved { .. })
    ));
    // Also where the later changes left the row as it was.
    let class = texts(&[("class", "5B")]);
    store
        .step("Change", |w| w.amend(Kind::Pupil, 1, &class, None))
        .unwrap();
    assert!(matches!(
        store.undo_step(added),
        Err(Error::HistoryMoved { text }) if text == "pupil p1 has changed since"
    ));
    assert_eq!(store.undo_step(setting).unwrap().label, "Change setting a");
    assert_eq!(store.setting("a").unwrap(), None);
    let why = |store: &mut Store, id| store.undo_step(id).unwrap_err().to_string();
    assert!(why(&mut store, setting).contains("taken back already"));
    assert!(why(&mut store, StepId(99)).contains("no such step"));
    assert!(why(&mut store, StepId(1)).contains("no change of a record"));
    assert_eq!(store.redo().unwrap().label, "Change setting a");
    store.author = author("Kim Hale");
    assert!(why(&mut store, setting).contains("somebody else made it"));
    store.author = author("Sam Reed");
    store.seal_history("Boundary").unwrap();
    assert!(why(&mut store, setting).contains("before the last boundary"));
    assert_eq!(store.verify().unwrap(), None);
}

#[test]
fn who_sees_evidence_may_be_narrowed_and_never_widened() {
    let mut store = store();
    aisha(&mut store);
    add(
        &mut store,
        Kind::Contact,
        &[
            ("pupils", "p1"),
            ("at", "2026-11-23"),
            ("text", "First words"),
            ("visibility", "shareable"),
        ],
    );
    store.later(TimeDelta::minutes(16));
    amend(&mut store, &[("visibility", "internal")]).unwrap();
    let sees = |store: &Store| store.contact(ContactId(1)).unwrap().unwrap().visibility;
    assert_eq!(sees(&store), Visibility::Internal);
    assert!(matches!(
        amend(&mut store, &[("visibility", "shareable")]),
        Err(Error::Evidence { .. })
    ));
    assert!(matches!(store.undo(), Err(Error::Evidence { .. })));
    assert_eq!(sees(&store), Visibility::Internal);
}

#[test]
fn the_follow_up_that_is_done_stays_when_its_day_is_taken_away() {
    let mut store = entered(0);
    store
        .step("Tick", |w| w.tick(TaskId(1), date::from_iso("2026-11-24")))
        .unwrap();
    amend(&mut store, &[("follow_up", "")]).unwrap();
    let task = store.task(TaskId(1)).unwrap().unwrap();
    assert!(task.binned_at.is_none() && task.done_on.is_some());
}

/// The entry is evidence from its own fifteenth minute, whenever a child was added to it.
#[test]
fn a_child_added_late_cannot_be_taken_out_after_the_entry_has_become_evidence() {
    let mut store = entered(14);
    amend(&mut store, &[("pupils", "p1, p2")]).unwrap();
    store.later(TimeDelta::minutes(2));
    assert!(matches!(store.undo(), Err(Error::Evidence { id, .. }) if id == "c1"));
    assert_eq!(
        store.contact(ContactId(1)).unwrap().unwrap().pupils.len(),
        2
    );
}

/// An entry of 9:00, then these moments, minutes after it: each but the last with a step made at it.
fn then(minutes: &[i64]) -> Store {
    let mut store = entered(0);
    let mut shown = 0;
    for (at, minute) in minutes.iter().enumerate() {
        store.later(TimeDelta::minutes(minute - shown));
        shown = *minute;
        if at + 1 < minutes.len() {
            store.set_setting("a", &at.to_string()).unwrap();
        }
    }
    store
}

#[test]
fn what_a_later_step_has_shown_no_clock_set_back_takes_away() {
    const YEAR: i64 = 365 * 24 * 60;
    // By number the entry's own step is taken back although it is not the last.
    let tries = TRIES.iter().filter(|(name, _)| !name.starts_with("undo"));
    let tries: Vec<&Try> = tries.collect();
    for (minutes, want) in [
        (vec![5], None),
        (vec![5, 10, 14], None),
        (vec![16], Some(Locked::ByAge)),
        // Now alone tells that it ran back.
        (vec![-1], Some(Locked::ByClock)),
        (vec![-YEAR], Some(Locked::ByClock)),
        // A step was made after its quarter of an hour.
        (vec![16, 5], Some(Locked::ByClock)),
        (vec![2, 16, 3, 5], Some(Locked::ByClock)),
        (vec![12 * YEAR, 5], Some(Locked::ByClock)),
        // A step was made before it, and the clock put right again.
        (vec![-1, 5], Some(Locked::ByClock)),
        (vec![2, -3 * YEAR, 5], Some(Locked::ByClock)),
    ] {
        for (name, attempt) in &tries {
            let mut store = then(&minutes);
            let entry = store.contact(ContactId(1)).unwrap().unwrap();
            assert_eq!(store.locked(&entry).unwrap(), want, "{minutes:?}");
            let before = store.dump("contact").unwrap();
            match (attempt(&mut store), want) {
                (Ok(()), None) => {}
                (Err(Error::Evidence { why, .. }), Some(want)) => {
                    assert_eq!(why, want, "{minutes:?} {name}");
                    assert_eq!(store.dump("contact").unwrap(), before);
                }
                (other, _) => panic!("{minutes:?} {name}: {other:?}"),
            }
        }
    }
}

#[test]
fn undo_and_redo_go_by_the_later_steps_too() {
    let mut store = then(&[16, 5]);
    store.undo().unwrap();
    let refused = store.undo().unwrap_err();
    assert_eq!(
        refused.to_string(),
        "The clock was set back after c1 was entered, which makes it evidence: amend it or strike it; the first text \
         stays."
    );
    let step = store.history(None, 9).unwrap();
    let own = step.iter().find(|step| step.label == "Add").unwrap().id;
    assert!(matches!(
        store.undo_step(own),
        Err(Error::Evidence {
            why: Locked::ByClock,
            ..
        })
    ));
    // An amendment goes by its own step, as an entry does.
    let values = texts(&[("contact", "1"), ("text", "It was Tuesday")]);
    store
        .step("Amend", |w| w.add(Kind::Amendment, &values))
        .unwrap();
    store.undo().unwrap();
    store.redo().unwrap();
    store.later(TimeDelta::minutes(-1));
    assert!(matches!(store.undo(), Err(Error::Evidence { .. })));
}

#[test]
fn a_step_made_ahead_by_mistake_locks_nothing_that_is_entered_after_the_clock_was_put_right() {
    let mut store = store();
    aisha(&mut store);
    let far = TimeDelta::days(12 * 365);
    store.later(far);
    store.set_setting("a", "in 2038").unwrap();
    store.later(-far);
    let values = [
        ("pupils", "p1"),
        ("at", "2026-11-23"),
        ("text", "First words"),
    ];
    add(&mut store, Kind::Contact, &values);
    store.set_setting("a", "now").unwrap();
    store.later(TimeDelta::minutes(14));
    amend(&mut store, &[("text", "Other words")]).unwrap();
    // Nor what is entered while it is behind.
    store.later(-far);
    add(&mut store, Kind::Contact, &values);
    store.later(TimeDelta::minutes(14));
    let second = texts(&[("text", "Other words")]);
    store
        .step("Change", |w| w.amend(Kind::Contact, 2, &second, None))
        .unwrap();
    assert!(matches!(
        amend(&mut store, &[("text", "Third words")]),
        Err(Error::Evidence { .. })
    ));
}

/// At a save no more of the journal is read than an index leads to, and the steps after the entry's own.
#[test]
fn the_rule_is_asked_of_the_end_of_the_history_alone() {
    let store = entered(0);
    for (sql, want) in [
        (
            crate::store::evidence::OWN_STEP,
            "SEARCH journal_row USING INDEX journal_row_record (tbl=? AND pk=?)",
        ),
        (
            crate::store::evidence::SHOWN,
            "SEARCH journal_step USING INTEGER PRIMARY KEY (rowid>?)",
        ),
    ] {
        let plan = store.conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"));
        let mut plan = plan.unwrap();
        let count = plan.parameter_count();
        let rows = plan.query_map(rusqlite::params_from_iter(vec!["1"; count]), |row| {
            row.get::<_, String>(3)
        });
        let told: Vec<String> = rows.unwrap().map(Result::unwrap).collect();
        assert_eq!(told, [want]);
    }
}
