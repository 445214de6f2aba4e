//! Forms as they are filled in, without a store.

use super::*;
use crate::domain::form::Value;
use chrono::NaiveDate;

fn context() -> Context {
    Context::on(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap())
}

fn open(kind: Kind, about: About, seen: Values) -> Form {
    Form::open(Opening::new(kind, about), seen, "t".into(), &context())
}

fn status_form() -> Form {
    open(Kind::Status, About::New(Some(PupilId(4))), Values::new())
}

fn type_in(form: &mut Form, text: &str) {
    for c in text.chars() {
        form.make_room();
        form.current().input.insert(c);
        form.typed(&context());
    }
}

#[test]
fn the_pupil_a_form_was_opened_on_is_not_asked_for_and_is_saved() {
    let mut form = status_form();
    assert!(form.blanks.iter().all(|one| one.def.name != "pupil"));
    type_in(&mut form, "k");
    let values = form.read(&context()).unwrap();
    assert_eq!(Kind::owner(&values), Some(PupilId(4)));
}

#[test]
fn arrows_change_the_value_of_whatever_field_it_is() {
    let mut form = status_form();
    form.change_value(1, &context());
    assert_eq!(form.current().input.text(), "K");
    form.change_value(-1, &context());
    assert_eq!(form.current().input.text(), "N");
    form.move_focus(true, &context());
    form.change_value(1, &context());
    assert_eq!(form.current().input.text(), "22/11/2026", "down: earlier");
    form.change_value(7, &context());
    assert_eq!(form.current().input.text(), "15/11/2026");
    form.change_value(-1, &context());
    assert_eq!(form.current().input.text(), "16/11/2026", "up: later");
    form.change_value(-7, &context());
    assert_eq!(form.current().input.text(), "23/11/2026");
    form.change_value(-1, &context());
    assert_eq!(form.current().input.text(), "23/11/2026", "not to come");
}

#[test]
fn typing_at_a_value_replaces_it_and_typing_at_words_goes_on() {
    let mut form = status_form();
    form.change_value(1, &context());
    type_in(&mut form, "e");
    assert_eq!(form.current().input.text(), "e");
    form.move_focus(true, &context());
    type_in(&mut form, "1/9/26");
    assert_eq!(form.current().input.text(), "1/9/26", "in place of the t");
    form.move_focus(true, &context());
    type_in(&mut form, "seen");
    form.move_focus(true, &context());
    form.move_focus(false, &context());
    type_in(&mut form, " by EP");
    assert_eq!(form.current().input.text(), "seen by EP");
}

#[test]
fn a_fault_takes_the_caret_to_its_field() {
    let mut form = status_form();
    form.move_focus(false, &context());
    assert_eq!(form.read(&context()), None);
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
    let mut form = open(Kind::Pupil, About::On(1), seen);
    while form.current().def.name != "class" {
        form.move_focus(true, &context());
    }
    form.current().input.set("5B");
    form.typed(&context());
    assert_eq!(form.texts(), [("class", "5B".to_owned())].into());
}

#[test]
fn a_name_from_the_finder_takes_the_place_of_a_drafted_name_and_waits_behind_a_longer_draft() {
    let open = || open(Kind::Pupil, About::New(None), Values::new());
    let texts = |form: &Form| {
        let mut all = form.blanks.iter().map(|one| one.input.text().to_owned());
        (all.next().unwrap(), all.next().unwrap())
    };
    let mut form = open();
    form.take_draft(
        &[("forename".to_owned(), "Ao".to_owned())].into(),
        &context(),
    );
    form.fill_name("Bloggs", "Zed", &context());
    assert_eq!(texts(&form), ("Bloggs".into(), "Zed".into()));
    assert!(!form.from_draft);

    let draft = [("surname", "Ali"), ("class", "5B")];
    let draft = draft.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let mut form = open();
    form.take_draft(&draft.into(), &context());
    form.fill_name("Bloggs", "Zed", &context());
    assert_eq!(texts(&form), ("Ali".into(), String::new()));
    assert!(form.from_draft && form.is_touched());
    form.start_afresh(&context());
    assert_eq!(texts(&form), ("Bloggs".into(), "Zed".into()));
}

#[test]
fn a_draft_comes_back_and_can_be_thrown_away() {
    let mut form = status_form();
    type_in(&mut form, "e");
    let draft = form.draft_texts();
    let mut again = status_form();
    again.take_draft(&draft, &context());
    assert!(again.is_touched());
    assert_eq!(again.current().input.text(), "e");
    again.start_afresh(&context());
    assert!(!again.is_touched());
}

fn call(presets: &[(&'static str, &str)]) -> Form {
    let mut opening = Opening::new(Kind::Contact, About::New(Some(PupilId(4))));
    opening.presets = presets
        .iter()
        .map(|(name, text)| (*name, (*text).to_owned()))
        .collect();
    Form::open(
        opening,
        Values::new(),
        "Aisha Okafor 5B at Oakfield".into(),
        &context(),
    )
}

fn text_of<'a>(form: &'a Form, name: &str) -> &'a str {
    form.blank(name).unwrap().input.text()
}

#[test]
fn the_caret_of_a_contact_stands_in_its_words_and_the_title_names_kind_and_child() {
    let mut form = call(&[("kind", "phone")]);
    assert_eq!(form.current().def.name, "text");
    assert_eq!(form.title, "Phone call: Aisha Okafor 5B at Oakfield");
    form.move_focus(true, &context());
    assert_eq!(form.current().def.name, "follow_up");
}

#[test]
fn who_may_see_a_contact_follows_with_whom_until_somebody_says_otherwise() {
    let mut form = call(&[("kind", "phone"), ("with", "mum")]);
    assert_eq!(text_of(&form, "visibility"), "shareable");
    let at = |form: &Form, name: &str| {
        form.blanks
            .iter()
            .position(|one| one.def.name == name)
            .unwrap()
    };
    form.focus = at(&form, "with");
    type_in(&mut form, "EP");
    assert_eq!(text_of(&form, "visibility"), "internal");
    form.focus = at(&form, "visibility");
    form.change_value(-1, &context());
    assert_eq!(text_of(&form, "visibility"), "shareable");
    form.focus = at(&form, "with");
    type_in(&mut form, "SALT");
    assert_eq!(text_of(&form, "visibility"), "shareable", "chosen by hand");
}

#[test]
fn a_day_without_school_is_advised_against_and_tab_takes_the_better_one() {
    let mut form = call(&[("kind", "phone")]);
    form.move_focus(true, &context());
    type_in(&mut form, "sat");
    form.move_focus(true, &context());
    assert_eq!(
        form.current().def.name,
        "follow_up",
        "the first Tab takes it"
    );
    assert_eq!(form.current().input.text(), "30/11/2026");
    form.move_focus(true, &context());
    assert_eq!(form.current().def.name, "follow_up_text");
}

#[test]
fn now_is_the_moment_the_form_was_opened() {
    let context = Context {
        time: chrono::NaiveTime::from_hms_opt(14, 2, 0),
        ..context()
    };
    let opening = Opening::new(Kind::Contact, About::New(Some(PupilId(4))));
    let form = Form::open(opening, Values::new(), String::new(), &context);
    assert_eq!(text_of(&form, "at"), "23/11/2026 14:02");
}

#[test]
fn a_form_of_one_cell_has_one_box_and_a_draft_of_its_own() {
    let mut opening = Opening::new(Kind::Task, About::On(3));
    opening.only = Some("due");
    assert_eq!(opening.variant(), "cell due");
    let seen: Values = [("title", Some(Value::Text("Ring EP".into())))].into();
    let form = Form::open(opening, seen, String::new(), &context());
    assert_eq!(form.blanks.len(), 1);
}
