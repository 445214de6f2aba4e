//! Forms as they are filled in, without a store.

use super::*;
use chrono::NaiveDate;

fn context() -> Context {
    Context {
        today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
    }
}

fn status_form() -> Form {
    Form::open(
        Kind::Status,
        About::New(Some(PupilId(4))),
        Values::new(),
        "t".into(),
        context(),
    )
}

fn type_in(form: &mut Form, text: &str) {
    for c in text.chars() {
        form.make_room();
        form.current().input.insert(c);
        form.typed(context());
    }
}

#[test]
fn the_pupil_a_form_was_opened_on_is_not_asked_for_and_is_saved() {
    let mut form = status_form();
    assert!(form.blanks.iter().all(|one| one.def.name != "pupil"));
    type_in(&mut form, "k");
    let values = form.read(context()).unwrap();
    assert_eq!(Kind::owner(&values), Some(PupilId(4)));
}

#[test]
fn arrows_change_the_value_of_whatever_field_it_is() {
    let mut form = status_form();
    form.change_value(1, context());
    assert_eq!(form.current().input.text(), "K");
    form.change_value(-1, context());
    assert_eq!(form.current().input.text(), "N");
    form.move_focus(true);
    form.change_value(-1, context());
    assert_eq!(form.current().input.text(), "22/11/2026");
    form.change_value(-7, context());
    assert_eq!(form.current().input.text(), "15/11/2026");
}

#[test]
fn typing_at_a_value_replaces_it_and_typing_at_words_goes_on() {
    let mut form = status_form();
    form.change_value(1, context());
    type_in(&mut form, "e");
    assert_eq!(form.current().input.text(), "e");
    form.move_focus(true);
    type_in(&mut form, "1/9/26");
    assert_eq!(form.current().input.text(), "1/9/26", "in place of the t");
    form.move_focus(true);
    type_in(&mut form, "seen");
    form.move_focus(true);
    form.move_focus(false);
    type_in(&mut form, " by EP");
    assert_eq!(form.current().input.text(), "seen by EP");
}

#[test]
fn a_fault_takes_the_caret_to_its_field() {
    let mut form = status_form();
    form.move_focus(false);
    assert_eq!(form.read(context()), None);
    assert_eq!(form.current().def.name, "code");
    assert_eq!(form.faults, ["Status: this cannot be empty."]);
}

#[test]
fn an_edit_saves_only_what_differs() {
    let seen: Values = [
        ("surname", Some(Value::Text("Ali".into()))),
        ("class", Some(Value::Text("4P".into()))),
    ]
    .into();
    let mut form = Form::open(Kind::Pupil, About::On(1), seen, "t".into(), context());
    while form.current().def.name != "class" {
        form.move_focus(true);
    }
    form.current().input.set("5B");
    form.typed(context());
    assert_eq!(form.texts(), [("class", "5B".to_owned())].into());
}

#[test]
fn a_name_from_the_finder_takes_the_place_of_a_drafted_name_and_waits_behind_a_longer_draft() {
    let open = || {
        Form::open(
            Kind::Pupil,
            About::New(None),
            Values::new(),
            "t".into(),
            context(),
        )
    };
    let texts = |form: &Form| {
        let mut all = form.blanks.iter().map(|one| one.input.text().to_owned());
        (all.next().unwrap(), all.next().unwrap())
    };
    let mut form = open();
    form.take_draft(
        &[("forename".to_owned(), "Ao".to_owned())].into(),
        context(),
    );
    form.fill_name("Bloggs", "Zed", context());
    assert_eq!(texts(&form), ("Bloggs".into(), "Zed".into()));
    assert!(!form.from_draft);

    let draft = [("surname", "Ali"), ("class", "5B")];
    let draft = draft.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let mut form = open();
    form.take_draft(&draft.into(), context());
    form.fill_name("Bloggs", "Zed", context());
    assert_eq!(texts(&form), ("Ali".into(), String::new()));
    assert!(form.from_draft && form.is_touched());
    form.start_afresh(context());
    assert_eq!(texts(&form), ("Bloggs".into(), "Zed".into()));
}

#[test]
fn a_draft_comes_back_and_can_be_thrown_away() {
    let mut form = status_form();
    type_in(&mut form, "e");
    let draft = form.draft_texts();
    let mut again = status_form();
    again.take_draft(&draft, context());
    assert!(again.is_touched());
    assert_eq!(again.current().input.text(), "e");
    again.start_afresh(context());
    assert!(!again.is_touched());
}
