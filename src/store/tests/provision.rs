//! The provision map: children put on runs and taken off, and what is refused.

use super::*;
use crate::domain::code::Area;
use crate::domain::provision::catalogue;
use crate::store::PutOn;

/// A type, its first run by Ms Pratt, and two pupils.
fn group() -> Store {
    let mut store = store();
    aisha(&mut store);
    aisha(&mut store);
    add(&mut store, Kind::Staff, &[("name", "Ms Pratt")]);
    let of = [
        ("name", "Talk group"),
        ("minutes", "20"),
        ("sessions_week", "3"),
        ("weeks", "12"),
    ];
    add(&mut store, Kind::ProvisionType, &of);
    let run = [("type", "1"), ("staff", "1"), ("starts", "2026-09-07")];
    add(&mut store, Kind::Provision, &run);
    store
}

fn put(store: &mut Store, pupils: &[i64], what: PutOn) -> Result<(ProvisionId, Vec<MemberId>)> {
    let pupils: Vec<PupilId> = pupils.iter().map(|id| PupilId(*id)).collect();
    store.step("Put on", |w| w.put_on(&pupils, what, on("2026-11-23")))
}

#[test]
fn children_join_a_run_once_and_one_undo_takes_all_of_them_off() {
    let mut store = group();
    let what = PutOn::Run(ProvisionId(1));
    let (run, put_on) = put(&mut store, &[1, 2], what).unwrap();
    assert_eq!((run, put_on.len()), (ProvisionId(1), 2));
    // Who is on it already stays as they are.
    assert!(put(&mut store, &[1, 2], what).unwrap().1.is_empty());
    let whole = store.run(run).unwrap().unwrap();
    let days: Vec<_> = whole.members.iter().map(|one| one.from).collect();
    assert_eq!(days, [on("2026-11-23"); 2]);
    let of_child = store.runs_of(PupilId(2)).unwrap();
    assert_eq!(of_child, [whole]);
    store.undo().unwrap();
    assert!(store.run(run).unwrap().unwrap().members.is_empty());
}

#[test]
fn a_new_run_takes_the_types_shape_and_whoever_ran_the_last_one() {
    let mut store = group();
    let (run, _) = put(&mut store, &[1], PutOn::Type(ProvisionTypeId(1))).unwrap();
    let run = store.run(run).unwrap().unwrap().provision;
    assert_eq!(run.staff_name.as_deref(), Some("Ms Pratt"));
    assert_eq!((run.minutes, run.sessions_week, run.weeks), (20, 3, 12));
    assert_eq!(run.starts, on("2026-11-23"));
    // A name of the catalogue becomes a type the first time it is used, and only then.
    let nessy = catalogue::ALL
        .iter()
        .find(|one| one.name == "Nessy")
        .unwrap();
    for _ in 0..2 {
        put(&mut store, &[2], PutOn::Offered(nessy)).unwrap();
    }
    let types = store.provision_types().unwrap();
    let names: Vec<&str> = types.iter().map(|of| of.name.as_str()).collect();
    assert_eq!(names, ["Nessy", "Talk group"]);
    assert_eq!(types[0].area, Some(Area::Cognition));
}

#[test]
fn a_leaver_a_second_place_and_an_end_before_the_start_are_refused() {
    let mut store = group();
    let left = texts(&[("left_on", "2026-11-03")]);
    store
        .step("Change", |w| w.amend(Kind::Pupil, 2, &left, None))
        .unwrap();
    let refused = put(&mut store, &[1, 2], PutOn::Run(ProvisionId(1))).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "p2 left on 3 Nov 2026 and cannot be put on provision after that."
    );
    // Nothing is half done.
    assert!(store.runs_of(PupilId(1)).unwrap().is_empty());
    let mut member = |pairs: &[(&'static str, &str)]| {
        let mut values = texts(&[("provision", "1"), ("pupil", "1")]);
        values.extend(texts(pairs));
        store.step("Add", |w| w.add(Kind::Member, &values))
    };
    member(&[("from", "2026-09-07"), ("to", "2026-10-02")]).unwrap();
    for (pairs, want) in [
        (
            &[("from", "2026-10-02")][..],
            "p1 is on v1 already, since 7 Sep 2026 (b1).",
        ),
        (
            &[("from", "2026-11-23"), ("to", "2026-11-20")],
            "The last day, Fri 20 Nov 2026, lies before the first, Mon 23 Nov 2026.",
        ),
    ] {
        assert_eq!(member(pairs).unwrap_err().to_string(), want);
    }
    // Back again later is another place.
    member(&[("from", "2026-10-05")]).unwrap();
}

#[test]
fn a_run_and_a_place_go_to_the_bin_and_come_back() {
    let mut store = group();
    put(&mut store, &[1], PutOn::Run(ProvisionId(1))).unwrap();
    for (kind, left) in [(Kind::Member, 1), (Kind::Provision, 0)] {
        store.step("Bin", |w| w.bin(kind, 1)).unwrap();
        assert_eq!(store.runs(false).unwrap().len(), left);
        assert!(store.runs_of(PupilId(1)).unwrap().is_empty());
        let bin = store.bin().unwrap();
        assert_eq!((bin[0].kind, bin[0].title.as_str()), (kind, "Talk group"));
        store.step("Bring back", |w| w.restore(kind, 1)).unwrap();
    }
    assert_eq!(store.runs_of(PupilId(1)).unwrap().len(), 1);
}

#[test]
fn what_provision_names_stays_on_file_and_the_rest_may_go() {
    let mut store = group();
    for (kind, id) in [(Kind::Staff, "w1"), (Kind::ProvisionType, "y1")] {
        let refused = store.step("Remove", |w| w.remove(kind, 1)).unwrap_err();
        let want = format!("{id} is named in provision and stays on file.");
        assert_eq!(refused.to_string(), want);
    }
    add(&mut store, Kind::Staff, &[("name", "Mr Oduya")]);
    store.step("Remove", |w| w.remove(Kind::Staff, 2)).unwrap();
    assert_eq!(store.staff().unwrap().len(), 1);
}

#[test]
fn the_history_of_a_run_and_of_a_child_has_who_was_put_on_it() {
    let mut store = group();
    let of_run = store.history_of(Kind::Provision, 1).unwrap().len();
    let of_child = store.history_of(Kind::Pupil, 1).unwrap().len();
    put(&mut store, &[1], PutOn::Run(ProvisionId(1))).unwrap();
    let session = [("provision", "1"), ("date", "2026-11-20")];
    add(&mut store, Kind::Session, &session);
    assert_eq!(
        store.history_of(Kind::Provision, 1).unwrap().len(),
        of_run + 2
    );
    assert_eq!(
        store.history_of(Kind::Pupil, 1).unwrap().len(),
        of_child + 1
    );
}

#[test]
fn what_is_emptied_in_a_run_is_taken_from_its_type_again() {
    let mut store = group();
    let change = |store: &mut Store, minutes: &str| {
        let values = texts(&[("minutes", minutes)]);
        store
            .step("Change", |w| w.amend(Kind::Provision, 1, &values, None))
            .unwrap();
        store
            .run(ProvisionId(1))
            .unwrap()
            .unwrap()
            .provision
            .minutes
    };
    assert_eq!(change(&mut store, "45"), 45);
    assert_eq!(change(&mut store, ""), 20);
    let bare = add(
        &mut store,
        Kind::ProvisionType,
        &[("name", "Walk and talk")],
    );
    let of = bare.to_string();
    let values = texts(&[("type", &of), ("minutes", "10")]);
    let refused = store
        .step("Add", |w| w.add(Kind::Provision, &values))
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "sessions_week is not given, and the type y2 has none."
    );
}
