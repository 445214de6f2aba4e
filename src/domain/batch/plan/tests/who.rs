//! Who is who: numbers against names, children nearly on file, children who are back.

use super::*;

#[test]
fn a_number_never_beats_name_and_birthday() {
    const OTHER: &str = "R201100018042";
    let on_file = [
        added(1, &row(2, ADA, "Khan", "Amir", DOB)),
        added(2, &row(3, OTHER, "Khan", "Aisha", DOB)),
    ];
    let swapped = vec![
        row(2, OTHER, "Khan", "Amir", DOB),
        row(3, ADA, "Khan", "Aisha", DOB),
    ];
    let plan = plan_rows(swapped, &on_file);
    assert_eq!((plan.asks.len(), plan.changed.len()), (2, 0));
    assert_eq!(plan.asks[0].candidates, [PupilId(2), PupilId(1)]);
    // A sibling's row without a birthday, and a changed surname that all else speaks for.
    let sibling = plan_rows(vec![row(2, ADA, "Khan", "Bilal", None)], &on_file);
    assert_eq!((sibling.asks.len(), sibling.changed.len()), (1, 0));
    let married = plan_rows(vec![row(2, ADA, "Malik", "Amir", DOB)], &on_file);
    assert_eq!((married.asks.len(), married.changed.len()), (0, 1));
}

#[test]
fn a_child_nearly_on_file_is_asked_about_and_never_marked_as_left() {
    let on_file = [added(1, &row(2, "", "O'Brien", "Zara", DOB))];
    for near in [
        row(2, "", "OBrien", "Zara", DOB),
        row(2, "", "O'Brian", "Zara", DOB),
        row(2, "", "O'Brien", "Zara Jane", DOB),
        row(2, "", "Zara", "O'Brien", DOB),
        row(2, "", "Moss", "Zara", DOB),
        row(2, "", "O'Brien", "Zara", Some(day(2016, 10, 4))),
        row(2, "", "OBRIEN", "Zara", None),
    ] {
        let plan = plan_rows(vec![near.clone()], &on_file);
        assert_eq!(plan.asks.len(), 1, "{near:?}");
        assert!(plan.added.is_empty() && plan.left.is_empty(), "{near:?}");
    }
    for other in [
        row(2, "", "O'Brien", "Liam", DOB),
        row(2, "", "O'Brien", "Zara", Some(day(2014, 1, 20))),
        row(2, "", "Moss", "Ben", DOB),
    ] {
        assert_eq!(
            plan_rows(vec![other.clone()], &on_file).added.len(),
            1,
            "{other:?}"
        );
    }
    // A new twin of nearly one name, while the other is in the list as well.
    let twins = vec![
        row(2, "", "O'Brien", "Zara", DOB),
        row(3, "", "O'Brien", "Zarah", DOB),
    ];
    let plan = plan_rows(twins, &on_file);
    assert_eq!((plan.asks.len(), plan.added.len()), (0, 1));
}

#[test]
fn who_left_and_is_in_the_list_again_is_proposed_as_returned() {
    let mut gone = ada();
    gone.left_on = Some(day(2026, 7, 20));
    let on_file = [added(1, &gone)];
    let plan = plan_rows(vec![ada()], &on_file);
    assert_eq!((plan.returned.len(), plan.unchanged), (1, 1));
    assert!(plan.is_empty(), "proposed, not done");
    assert!(plan_rows(vec![gone], &on_file).returned.is_empty());
}

#[test]
fn two_rows_that_are_most_likely_one_child_are_both_taken_and_that_is_told() {
    let born = Some(day(2017, 3, 12));
    let batch = Batch {
        rows: 4,
        pupils: vec![
            row(2, "A123456789012", "O'Brien", "Niamh", born),
            row(3, "", "OBrien", "Niamh", born),
            row(4, "", "O'Brien", "Sean", born),
            row(5, "", "OBrien", "Niamh", Some(day(2016, 3, 12))),
        ],
        ..Batch::default()
    };
    let plan = plan(batch, &[], today());
    assert_eq!(plan.added.len(), 4);
    let told: Vec<(usize, &str)> = plan
        .flagged
        .iter()
        .map(|fault| (fault.row, fault.value.as_str()))
        .collect();
    assert_eq!(told, [(3, "Niamh OBrien")]);
}
