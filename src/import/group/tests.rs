//! Rows of one child, of two, and of nobody.

use super::*;

fn draft(
    row: usize,
    upn: &str,
    mis: &str,
    names: (&str, &str),
    dob: Option<i32>,
    needs: &[(u32, &str)],
) -> Draft {
    let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    let reading = |(rank, code): &(u32, &str)| {
        let code = (*code).to_owned();
        (*rank, NeedReading { code, flag: None })
    };
    Draft {
        pupil: Incoming {
            row,
            upn: text(upn),
            mis_id: text(mis),
            surname: text(names.0),
            forename: text(names.1),
            dob: dob.and_then(|year| NaiveDate::from_ymd_opt(year, 5, 6)),
            ..Incoming::default()
        },
        needs: needs.iter().map(reading).collect(),
        flagged: Vec::new(),
    }
}

fn codes(pupil: &Incoming) -> Vec<&str> {
    pupil.needs.iter().map(|need| need.code.as_str()).collect()
}

const ADA: (&str, &str) = ("Okafor", "Ada");

#[test]
fn one_upn_one_office_number_or_one_name_and_birthday_is_one_child() {
    for (upn, mis, dob) in [
        ("B801200005001", "", None),
        ("", "12", None),
        ("", "", Some(2016)),
    ] {
        let rows = vec![
            draft(2, upn, mis, ADA, dob, &[(1, "ASD")]),
            draft(3, upn, mis, ADA, dob, &[(1, "SLCN"), (1, "ASD")]),
        ];
        let gathered = gather(rows, &Told::default());
        assert_eq!(gathered.pupils.len(), 1);
        assert_eq!(codes(&gathered.pupils[0]), ["ASD", "SLCN"]);
        assert_eq!(gathered.pupils[0].row, 2);
    }
}

#[test]
fn ranks_may_start_at_nought_have_gaps_and_stand_in_any_order() {
    let rows = vec![
        draft(2, "B801200005001", "", ADA, None, &[(5, "HI")]),
        draft(3, "B801200005001", "", ADA, None, &[(0, "ASD")]),
        draft(4, "B801200005001", "", ("", ""), None, &[(2, "SLCN")]),
    ];
    assert_eq!(
        codes(&gather(rows, &Told::default()).pupils[0]),
        ["ASD", "SLCN", "HI"]
    );
}

#[test]
fn a_upn_on_two_children_is_taken_from_both_and_neither_is_lost() {
    let rows = vec![
        draft(2, "B801200005001", "", ADA, Some(2016), &[]),
        draft(3, "", "", ("Moss", "Ben"), Some(2016), &[]),
        draft(4, "B801200005001", "", ("Okafor", "Bea"), Some(2016), &[]),
        draft(5, "B801200005001", "", ADA, Some(2016), &[(1, "ASD")]),
    ];
    let gathered = gather(rows, &Told::default());
    let rows: Vec<usize> = gathered.flagged.iter().map(|fault| fault.row).collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(gathered.flagged[0].reason.contains("rows 2, 4, 5"));
    assert_eq!((gathered.pupils.len(), gathered.already_listed), (3, 1));
    assert!(gathered.pupils.iter().all(|pupil| pupil.upn.is_none()));
    assert_eq!(codes(&gathered.pupils[0]), ["ASD"]);
}

#[test]
fn two_of_one_name_in_one_class_stay_two_and_a_row_that_says_the_same_is_one() {
    let row = |row, needs: &[(u32, &str)]| {
        let mut draft = draft(row, "", "", ADA, None, needs);
        draft.pupil.class = Some("5B".to_owned());
        draft
    };
    let gathered = gather(
        vec![
            row(2, &[(1, "SLCN")]),
            row(3, &[(1, "PD")]),
            row(4, &[(1, "SLCN")]),
        ],
        &Told::default(),
    );
    assert_eq!((gathered.pupils.len(), gathered.already_listed), (2, 1));
    assert!(
        gathered.flagged[0]
            .reason
            .contains("row 2 has the same name and class")
    );
}

#[test]
fn every_cell_in_which_a_later_row_differs_is_told() {
    let mut later = draft(3, "B801200005001", "", ("Bell", "Ada"), Some(2016), &[]);
    later.pupil.class = Some("4A".to_owned());
    let mut first = draft(2, "B801200005001", "", ADA, Some(2016), &[]);
    first.pupil.class = Some("4B".to_owned());
    let gathered = gather(vec![first, later], &Told::default());
    let told: Vec<(&str, &str)> = gathered
        .differences
        .iter()
        .map(|difference| (difference.kept.as_str(), difference.other.as_str()))
        .collect();
    assert_eq!(told, [("Okafor", "Bell"), ("4B", "4A")]);
}

#[test]
fn a_changed_surname_is_still_one_child_and_two_of_one_name_with_two_upns_are_two() {
    let rows = vec![
        draft(2, "B801200005001", "", ADA, Some(2016), &[]),
        draft(3, "B801200005001", "", ("Bell", "Ada"), Some(2016), &[]),
        draft(4, "A950000178301", "", ADA, Some(2016), &[]),
    ];
    let gathered = gather(rows, &Told::default());
    assert_eq!((gathered.pupils.len(), gathered.rejected.len()), (2, 0));
}

#[test]
fn an_office_number_on_two_children_is_told_and_both_are_taken() {
    let rows = vec![
        draft(2, "", "12", ADA, Some(2016), &[]),
        draft(3, "", "12", ("Moss", "Ben"), Some(2014), &[]),
    ];
    let gathered = gather(rows, &Told::default());
    assert_eq!((gathered.pupils.len(), gathered.flagged.len()), (2, 1));
}

#[test]
fn a_row_without_a_name_is_rejected_unless_another_row_names_the_child() {
    let rows = vec![
        draft(2, "B801200005001", "", ("", ""), None, &[]),
        draft(3, "A950000178301", "", ("", ""), None, &[(1, "ASD")]),
        draft(4, "A950000178301", "", ADA, None, &[]),
    ];
    let gathered = gather(rows, &Told::default());
    assert_eq!(gathered.rejected.len(), 1);
    assert_eq!(gathered.rejected[0].row, 2);
    assert_eq!(gathered.pupils[0].surname.as_deref(), Some("Okafor"));
}
