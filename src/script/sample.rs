//! An invented school put on file: its pupils by an import's own plan, then what a SENCO has written down about them.
//!
//! The demo, the scripts and the benches all make theirs here, so that they cannot differ.

use crate::demo::days::{self, Book, Entry, Task};
use crate::demo::{self, Options};
use crate::domain::batch::plan::plan;
use crate::domain::batch::{Batch, Incoming, Shape};
use crate::domain::calendar::MyDays;
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, PersonId, PupilId, TaskId};
use crate::store::{Desk, Error, Own, Places, Store, Writer};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Entries of one step: what one transaction holds without more memory than a desk has.
const STEP: usize = 20_000;

/// The seed when none is given.
pub const SEED: u64 = 1;

/// What the step is called.
const LABEL: &str = "Fill the diary of the demo";

/// Puts the pupils on file, their people, the terms, the queue and the diary: `None` is a term's worth, a number so
/// many entries in all. Undo does not pass the end of it.
///
/// # Errors
/// What the store refuses: a file that is full or cannot be written.
pub fn fill(store: &mut Store, options: &Options, entries: Option<usize>) -> Result<(), Error> {
    fill_by(STEP, store, options, entries)
}

/// Makes a demo desk with these invented schools on it, the first one the current one.
///
/// # Errors
/// What the store refuses: a desk that is there already, a folder that cannot be written.
pub fn make_desk(
    places: &Places,
    schools: &[Options],
    entries: Option<usize>,
    working_date: Option<NaiveDate>,
) -> Result<(), Error> {
    let mut desk = Desk::create_demo(places, "Demo")?;
    desk.set_working_date(working_date);
    for options in schools {
        let school = demo::describe(options.index);
        desk.add_school(&school)?;
        fill(&mut desk.open_school(&school.code)?, options, entries)?;
        if schools.len() > 1 {
            desk.keep_my_days(&school.code, weekdays(options.index))?;
        }
    }
    match schools {
        [first, _, ..] => fill_own(&desk.own(), first.today),
        _ => Ok(()),
    }
}

/// The weekdays the demo's SENCO is at a school, by its place on the desk.
pub fn weekdays(place: usize) -> MyDays {
    MyDays::read(demo::own::weekdays(place)).unwrap_or_default()
}

/// Puts tasks of the demo's SENCO's own on file. Undo does not pass the end of it.
///
/// # Errors
/// What the store refuses.
pub fn fill_own(own: &Own<'_>, today: NaiveDate) -> Result<(), Error> {
    for values in demo::own::tasks(today) {
        own.add(&values)?;
    }
    own.seal_history()
}

/// What schools of these sizes are invented with.
pub fn options(seed: u64, today: NaiveDate, sizes: &[usize]) -> Vec<Options> {
    let of = |(index, pupils): (usize, &usize)| Options {
        seed,
        today,
        pupils: *pupils,
        index,
    };
    sizes.iter().enumerate().map(of).collect()
}

/// Makes the demo that a first run offers: the one `sendesk demo` opens.
///
/// # Errors
/// As [`make_desk`].
pub fn make_usual(
    places: &Places,
    today: NaiveDate,
    working_date: Option<NaiveDate>,
) -> Result<(), Error> {
    let schools = options(SEED, today, &demo::USUAL_SCHOOLS);
    make_desk(places, &schools, None, working_date)
}

fn fill_by(
    step: usize,
    store: &mut Store,
    options: &Options,
    entries: Option<usize>,
) -> Result<(), Error> {
    let pupils = demo::school(options).pupils;
    let batch = Batch {
        shape: Shape::default(),
        rows: pupils.len(),
        pupils: pupils.clone(),
        ..Batch::default()
    };
    let plan = plan(batch, &[], options.today);
    store.step("Invent the pupils", |writer| {
        writer.apply(&plan, options.today)
    })?;
    drop(plan);
    let ids = numbers(store, &pupils)?;
    enter(step, store, days::book(options, &pupils, &ids, entries))?;
    store.seal_history("Invented school made")
}

/// The number each was given, by the number the office has for it.
fn numbers(store: &Store, pupils: &[Incoming]) -> Result<Vec<PupilId>, Error> {
    let on_file = store.on_file()?;
    let by_office: HashMap<&str, PupilId> = on_file
        .iter()
        .filter_map(|one| Some((one.pupil.mis_id.as_deref()?, one.pupil.id)))
        .collect();
    let number = |row: &Incoming| by_office.get(row.mis_id.as_deref()?).copied();
    Ok(pupils.iter().filter_map(number).collect())
}

/// One step, or for a long diary several of so many entries.
fn enter(step: usize, store: &mut Store, book: Book<'_>) -> Result<(), Error> {
    let (calendar, people) = (book.calendar.clone(), book.people.clone());
    let (tasks, provision) = (book.tasks.clone(), book.provision.clone());
    let many = book.entries() > STEP / 2;
    let mut diary = book.diary().peekable();
    store.step(LABEL, |writer| {
        if many {
            writer.expect_many()?;
        }
        for (kind, values) in &calendar {
            writer.add(*kind, values)?;
        }
        let mut entered: Vec<PersonId> = Vec::with_capacity(people.len());
        for person in &people {
            let id = writer.add(Kind::Person, &person.values(&entered))?;
            entered.push(PersonId(id));
        }
        for task in &tasks {
            add_task(writer, task)?;
        }
        let mut entered: Vec<i64> = Vec::with_capacity(provision.len());
        for one in &provision {
            entered.push(writer.add(one.kind, &one.values(&entered))?);
        }
        add_entries(writer, diary.by_ref().take(step))
    })?;
    while diary.peek().is_some() {
        store.step(LABEL, |writer| {
            writer.expect_many()?;
            add_entries(writer, diary.by_ref().take(step))
        })?;
    }
    Ok(())
}

fn add_task(writer: &mut Writer<'_>, task: &Task) -> Result<(), Error> {
    let id = TaskId(writer.add(Kind::Task, &task.values)?);
    for due in &task.moved {
        writer.move_due(id, Some(*due))?;
    }
    if task.done_on.is_some() {
        writer.tick(id, task.done_on)?;
    }
    Ok(())
}

fn add_entries(writer: &mut Writer<'_>, entries: impl Iterator<Item = Entry>) -> Result<(), Error> {
    for entry in entries {
        let id = ContactId(writer.add(Kind::Contact, &entry.values)?);
        for (pupil, words) in &entry.words_of {
            writer.say_of(id, *pupil, words)?;
        }
        if let Some((kind, values)) = entry.later(id) {
            writer.add(kind, &values)?;
        }
        if entry.followed_up.is_some()
            && let Some(task) = writer.follow_up_of(id)?
        {
            writer.tick(task, entry.followed_up)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Author;

    fn filled(pupils: usize, entries: Option<usize>, step: usize) -> (Store, NaiveDate) {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let mut store = Store::memory(Author {
            name: "Script".to_owned(),
            login: "script".to_owned(),
            working_date: Some(today),
        })
        .unwrap();
        let options = Options {
            seed: 1,
            today,
            pupils,
            index: 0,
        };
        fill_by(step, &mut store, &options, entries).unwrap();
        (store, today)
    }

    #[test]
    fn a_sample_has_a_terms_diary_people_terms_and_a_queue_with_trouble_to_learn_on() {
        let (store, today) = filled(59, None, STEP);
        let order = store.diary(None).unwrap();
        assert!((35..70).contains(&order.len()), "{}", order.len());
        let entries = store.contacts(&order).unwrap();
        assert!(entries.iter().any(|entry| entry.strike().is_some()));
        assert!(
            entries
                .iter()
                .any(|entry| entry.review && entry.person.is_some())
        );
        let words = |entry: &crate::domain::contact::Contact| {
            entry.pupils.iter().any(|child| child.words.is_some())
        };
        assert!(entries.iter().any(words));
        let done = entries
            .iter()
            .filter_map(|entry| entry.follow_up)
            .filter(|one| one.done);
        assert!(done.count() >= 5);
        let open = store.open_tasks().unwrap();
        assert!(open.iter().any(|line| line.task.carried == 3));
        assert!(open.iter().any(|line| line.from.is_some()));
        let (late, due) = store.due_counts(today).unwrap();
        assert!(late >= 3 && due >= 5, "{late} {due}");
        let calendar = store.calendar().unwrap();
        assert_eq!(calendar.week(today), Some(("Autumn".to_owned(), 12)));
        assert_eq!(calendar.closures().len(), 2);
    }

    #[test]
    fn brothers_and_sisters_share_a_mother_and_a_professional_has_several_children() {
        let (store, _) = filled(103, None, STEP);
        let children = |relationship: &str| {
            let people = store
                .on_file()
                .unwrap()
                .into_iter()
                .flat_map(|one| store.people_of(one.pupil.id).unwrap());
            people
                .filter(|person| person.relationship.as_deref() == Some(relationship))
                .map(|person| store.children_of(person.id).unwrap().len())
                .max()
        };
        assert!(children("mother") >= Some(2));
        assert!(children("educational psychologist") >= Some(3));
    }

    #[test]
    fn a_long_diary_is_entered_in_steps_and_undo_does_not_pass_it() {
        let (mut store, _) = filled(30, Some(210), 200);
        assert_eq!(store.diary(None).unwrap().len(), 210);
        let steps = store.history(None, 10).unwrap();
        assert_eq!(steps.iter().filter(|step| step.label == LABEL).count(), 2);
        assert!(store.undo().is_err());
        assert_eq!(store.verify().unwrap(), None);
    }
}
