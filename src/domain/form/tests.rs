//! Forms read the same wherever they are filled in.

use super::*;
use crate::domain::calendar::Term;
use crate::domain::id::TermId;

fn context() -> Context {
    Context::on(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap())
}

fn form(kind: Kind, new: bool, texts: &[(&'static str, &str)]) -> Result<Values, Vec<String>> {
    let texts = texts
        .iter()
        .map(|(name, text)| (*name, (*text).to_owned()))
        .collect();
    read(kind, &texts, new, &context())
        .map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

#[test]
fn a_pupil_needs_one_name_and_nothing_else() {
    assert!(form(Kind::Pupil, true, &[("forename", "Aisha")]).is_ok());
    assert_eq!(
        form(Kind::Pupil, true, &[("class", "5B")]),
        Err(vec![
            "Surname: a pupil needs one name, surname or forename.".to_owned()
        ])
    );
    assert!(form(Kind::Pupil, false, &[("class", "5B")]).is_ok());
    assert!(form(Kind::Pupil, false, &[("surname", ""), ("forename", "")]).is_err());
}

#[test]
fn a_change_is_judged_by_the_record_it_makes_but_not_for_what_was_wrong_before() {
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let change = |before: &Values, field: &'static str, to: &str| {
        let texts = BTreeMap::from([(field, to.to_owned())]);
        read_change(Kind::Contact, &texts, before, &context()).map_err(|faults| faults[0].field)
    };
    let call = Values::from([
        ("kind", text("phone")),
        ("text", text("said no")),
        ("outcome", None),
        ("review", None),
    ]);
    assert_eq!(change(&call, "kind", "safeguarding"), Err("text"));
    assert_eq!(change(&call, "review", "yes"), Err("review"));
    assert_eq!(change(&call, "text", ""), Err("text"));
    assert!(change(&call, "kind", "letter").is_ok());
    let mut silent = call;
    silent.insert("text", None);
    assert!(change(&silent, "with", "mum").is_ok());
    assert_eq!(change(&silent, "review", "yes"), Err("review"));
}

#[test]
fn a_day_is_read_as_it_is_said_behind_where_it_cannot_lie_ahead() {
    let mut context = context();
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    let term = Term {
        id: TermId(1),
        name: "Autumn".to_owned(),
        starts: day(2026, 9, 2),
        ends: day(2026, 12, 18),
    };
    context.calendar = Arc::new(Calendar::new(vec![term], Vec::new()));
    let read = |kind: Kind, field: &str, typed: &str| {
        let field = kind.def().field(field).unwrap();
        let read = field.read(typed, &context).map_err(|fault| fault.text)?;
        match read.value {
            Some(Value::Date(day)) => Ok(day),
            other => Err(format!("{other:?}")),
        }
    };
    for (typed, want) in [
        ("14/3/18", day(2018, 3, 14)),
        ("4/5/95", day(1995, 5, 4)),
        ("1 sept 24", day(2024, 9, 1)),
        ("12/12", day(2025, 12, 12)),
        ("fri", day(2026, 11, 20)),
        ("y", day(2026, 11, 22)),
    ] {
        assert_eq!(read(Kind::Pupil, "dob", typed), Ok(want), "{typed}");
    }
    for (typed, want) in [
        ("12/12", day(2026, 12, 12)),
        ("12/3", day(2027, 3, 12)),
        ("fri", day(2026, 11, 20)),
        ("5sd", day(2026, 11, 30)),
        ("eot", day(2026, 12, 18)),
        ("12 10", day(2026, 10, 12)),
        ("12/12/27", day(2027, 12, 12)),
    ] {
        assert_eq!(read(Kind::Closure, "date", typed), Ok(want), "{typed}");
    }
    for typed in ["y 1530", "0915", "soon"] {
        assert!(read(Kind::Status, "from", typed).is_err(), "{typed}");
    }
}

#[test]
fn a_date_of_birth_in_the_future_is_refused_with_the_day_it_was_read_as() {
    assert_eq!(
        form(
            Kind::Pupil,
            true,
            &[("surname", "A"), ("dob", "24/11/2026")]
        ),
        Err(vec![
            "Date of birth: Tue 24 Nov 2026 lies in the future.".to_owned()
        ])
    );
}

#[test]
fn defaults_are_filled_in_for_new_records_only() {
    let new = form(
        Kind::Status,
        true,
        &[("pupil", "p1"), ("code", "sen support")],
    )
    .unwrap();
    assert_eq!(new.get("from"), Some(&Some(Value::Date(context().today))));
    assert_eq!(new.get("code"), Some(&Some(Value::Text("K".into()))));
    let change = form(Kind::Status, false, &[("code", "E")]).unwrap();
    assert_eq!(change.get("from"), None);
}

#[test]
fn a_wrong_upn_and_an_unknown_need_are_kept_with_a_warning() {
    let upn = Kind::Pupil
        .def()
        .field("upn")
        .unwrap()
        .read("a801200005001", &context())
        .unwrap();
    assert_eq!(upn.value, Some(Value::Text("A801200005001".into())));
    assert!(upn.warning.is_some());
    let need = Kind::Need
        .def()
        .field("code")
        .unwrap()
        .read("FASD", &context())
        .unwrap();
    assert_eq!(
        (need.value, need.warning.is_some()),
        (Some(Value::Text("FASD".into())), true)
    );
}

#[test]
fn a_choice_is_found_by_its_letters_and_an_unknown_one_lists_them() {
    let sex = Kind::Pupil.def().field("sex").unwrap();
    assert_eq!(
        sex.read("fem", &context()).unwrap().value,
        Some(Value::Text("F".into()))
    );
    let fault = sex.read("q", &context()).unwrap_err().to_string();
    assert_eq!(fault, "Sex: \"q\" is none of F (Female), M (Male).");
}

#[test]
fn field_names_are_unique_and_lower_case_and_every_field_has_help() {
    for kind in Kind::ALL {
        let names: Vec<_> = kind.def().fields.iter().map(|field| field.name).collect();
        for (index, name) in names.iter().enumerate() {
            assert!(!names[..index].contains(name), "{name} twice");
            assert!(
                name.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
                "{name}"
            );
        }
        assert!(kind.def().fields.iter().all(|field| !field.help.is_empty()));
    }
}

#[test]
fn what_a_field_shows_it_reads_back() {
    for (kind, name, text) in [
        (Kind::Pupil, "dob", "14/3/2018"),
        (Kind::Pupil, "year", "Yr 4"),
        (Kind::Need, "rank", "2"),
    ] {
        let field = kind.def().field(name).unwrap();
        let value = field.read(text, &context()).unwrap().value.unwrap();
        assert_eq!(
            field.read(&value.to_text(), &context()).unwrap().value,
            Some(value)
        );
    }
}

#[test]
fn the_week_of_hours_is_kept_by_its_monday_and_none_lies_ahead() {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    // The working date is Monday 23 November 2026.
    let read = |typed: &str| {
        let values = form(Kind::Hours, true, &[("week", typed), ("hours", "2h30")]);
        values.map(|values| values.get("week").cloned().flatten())
    };
    for (typed, want) in [
        ("t", day(2026, 11, 23)),
        ("26/11", day(2026, 11, 23)),
        ("sun", day(2026, 11, 16)),
        ("16/11", day(2026, 11, 16)),
        ("29/11/2026", day(2026, 11, 23)),
        ("1/9/25", day(2025, 9, 1)),
    ] {
        assert_eq!(read(typed), Ok(Some(Value::Date(want))), "{typed}");
    }
    for (typed, want) in [
        (
            "30/11",
            "Week: the week from Mon 30 Nov 2026 lies in the future.",
        ),
        (
            "mon 0915",
            "Week: a day of it is asked for, without a time.",
        ),
    ] {
        assert_eq!(read(typed), Err(vec![want.to_owned()]), "{typed}");
    }
}
