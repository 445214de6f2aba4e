//! Files of every version that was ever released open in this one, with the shape a new file has and nothing lost.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::{Connection, OpenFlags};
use sendesk::domain::calendar::Calendar;
use sendesk::domain::form::{Kind, Value};
use sendesk::domain::id::{ContactId, PersonId, ProvisionId, PupilId, TaskId};
use sendesk::domain::moment::Moment;
use sendesk::domain::provision::cost::Costs;
use sendesk::domain::school::School;
use sendesk::store::{Desk, DraftOf, Places, Store};
use std::fs;
use std::path::Path;

/// The key the fixtures' journals are chained under.
const KEY: &str = "1111111111111111111111111111111111111111111111111111111111111111";

fn keyed(path: &Path, key: &str) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let conn = Connection::open_with_flags(path, flags).unwrap();
    conn.execute_batch(&format!("PRAGMA key = \"x'{key}'\""))
        .unwrap();
    conn
}

/// Everything the schema says, in one order.
fn schema(path: &Path, key: &str) -> Vec<String> {
    let conn = keyed(path, key);
    let mut rows = conn
        .prepare("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
        .unwrap();
    let rows = rows.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// A demonstration desk with one new school, and the key of its file.
fn desk(places: &Places) -> String {
    let mut desk = Desk::create_demo(places, "Sam Reed").unwrap();
    let school = School::read("Oakfield Primary School", "OAK", None, None, None).unwrap();
    desk.add_school(&school).unwrap();
    drop(desk);
    let on_desk = keyed(&places.data.join("desk.db"), &desk_key(places));
    on_desk
        .query_row("SELECT raw_key FROM school", [], |row| row.get(0))
        .unwrap()
}

fn desk_key(places: &Places) -> String {
    let keys = fs::read_to_string(places.data.join("desk.keys")).unwrap();
    let keys: serde_json::Value = serde_json::from_str(&keys).unwrap();
    keys["demo_key"].as_str().unwrap().to_owned()
}

/// How many steps a ladder has; none is a fault.
fn rungs(ours: impl Fn(&str) -> bool) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations");
    let names = fs::read_dir(folder).unwrap();
    let count = names
        .filter(|entry| ours(&entry.as_ref().unwrap().file_name().to_string_lossy()))
        .count();
    assert!(count >= 1);
    count
}

#[test]
fn a_desk_of_every_version_climbs_to_the_newest_shape_with_its_schools() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for version in 1..=rungs(|name| name.starts_with("desk_")) {
        let old = fs::read_to_string(here.join(format!("tests/data/desk_v{version}.sql"))).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            data: folder.path().join("data"),
        };
        desk(&places);
        let (path, key) = (places.data.join("desk.db"), desk_key(&places));
        let fresh = schema(&path, &key);

        fs::remove_file(&path).unwrap();
        let conn = keyed(&path, &key);
        conn.execute_batch(&old).unwrap();
        conn.close().unwrap();

        let mut desk = Desk::unlock_demo(&places).unwrap();
        let codes = |desk: &Desk| -> Vec<String> {
            let schools = desk.schools().unwrap();
            schools.into_iter().map(|entry| entry.school.code).collect()
        };
        assert_eq!(codes(&desk), ["OAK"]);
        let school = School::read("Elm Infant School", "ELM", None, None, None).unwrap();
        desk.add_school(&school).unwrap();
        assert_eq!(codes(&desk).len(), 2);
        let own = desk.own();
        let mut lines = own.open_tasks().unwrap();
        lines.extend(own.done_tasks(on("2026-09-01")).unwrap());
        let told: Vec<_> = lines
            .iter()
            .map(|line| (line.task.title.as_str(), line.task.due, line.task.urgent))
            .collect();
        let meeting = "Network meeting: bring the SEN2 figures";
        let half_past = NaiveTime::from_hms_opt(13, 30, 0).unwrap();
        if version == 1 {
            assert_eq!(told, []);
        } else {
            let due = Some(Moment::at(on("2026-12-03"), half_past));
            let second = ("NPQ SENCO: send in the second assignment", None, false);
            assert_eq!(told, [(meeting, due, true), second]);
            let draft = own.draft(None).unwrap().unwrap();
            assert_eq!(draft.texts["title"], "Book the EHCP training");
            assert_eq!(own.reverse(false).unwrap(), "Add task");
            assert!(own.open_tasks().unwrap().is_empty());
        }
        drop(desk);
        assert_eq!(schema(&path, &key), fresh);
        // The file as it was lies beside it, whole and under the same key.
        let older = places.data.join("desk.older.db");
        let is_old = version < rungs(|name| name.starts_with("desk_"));
        assert_eq!(older.exists(), is_old, "version {version}");
        if is_old {
            let conn = keyed(&older, &key);
            let shape =
                "SELECT user_version || ' ' || (SELECT code FROM school) FROM pragma_user_version";
            let shape: String = conn.query_row(shape, [], |row| row.get(0)).unwrap();
            assert_eq!(shape, format!("{version} OAK"));
        }
    }
}

#[test]
fn a_desk_that_cannot_be_copied_first_stays_in_its_old_shape() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let old = fs::read_to_string(here.join("tests/data/desk_v1.sql")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let places = Places {
        data: folder.path().join("data"),
    };
    desk(&places);
    let (path, key) = (places.data.join("desk.db"), desk_key(&places));
    fs::remove_file(&path).unwrap();
    let conn = keyed(&path, &key);
    conn.execute_batch(&old).unwrap();
    conn.close().unwrap();
    // A folder stands where the copy is to lie.
    fs::create_dir(places.data.join("desk.older.db")).unwrap();
    fs::write(places.data.join("desk.older.db/x"), "").unwrap();
    Desk::unlock_demo(&places).unwrap_err();
    let conn = keyed(&path, &key);
    let shape: i64 = conn
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(shape, 1);
}

fn on(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

#[test]
fn a_file_of_every_version_climbs_to_the_newest_shape_with_all_it_holds() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for version in 1..=rungs(|name| !name.starts_with("desk_")) {
        let old = fs::read_to_string(here.join(format!("tests/data/v{version}.sql"))).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            data: folder.path().join("data"),
        };
        let key = desk(&places);
        let path = places.data.join("schools/OAK.db");
        let fresh = schema(&path, &key);

        fs::remove_file(&path).unwrap();
        let conn = keyed(&path, KEY);
        conn.execute_batch(&old).unwrap();
        let made: i64 = conn
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap();
        assert_eq!(made, version as i64);
        conn.close().unwrap();
        keyed(&places.data.join("desk.db"), &desk_key(&places))
            .execute("UPDATE school SET raw_key = ?1, journal_key = NULL", [KEY])
            .unwrap();

        let mut store = Desk::unlock_demo(&places)
            .unwrap()
            .open_school("OAK")
            .unwrap();
        let aisha = store.record(PupilId(1)).unwrap().unwrap();
        assert_eq!(aisha.pupil.spoken_name(), "Aisha Okafor");
        assert_eq!(aisha.status().map(|period| period.code.as_str()), Some("K"));
        assert_eq!(aisha.needs.len(), 1);
        assert_eq!(store.all_lines().unwrap().len(), 2);
        // Every record is what the history says, whatever the rungs did: one that fills in a value has to make a step of it.
        assert_eq!(store.check().unwrap(), [], "version {version}");
        assert_eq!(store.notice(), None, "version {version}");
        if version >= 2 {
            diary_of_version_2(&store);
        }
        if version >= 3 {
            provision_of_version_3(&store);
        }
        if version >= 5 {
            drafts_of_version_5(&store);
        }
        let hours = store.hours().unwrap();
        let weeks: Vec<_> = hours
            .iter()
            .map(|line| (line.minutes, line.week.to_string()))
            .collect();
        let first_had = version >= 4;
        assert_eq!(
            weeks,
            [(390, "2026-11-23".to_owned())][..usize::from(first_had)]
        );
        // Written to, and taken back.
        let values = [("class", None)].into();
        store
            .step("Change", |w| w.amend(Kind::Pupil, 1, &values, None))
            .unwrap();
        store.undo().unwrap();
        write_an_entry(&mut store);
        assert_eq!(store.check().unwrap(), [], "version {version}");
        drop(store);
        assert_eq!(schema(&path, KEY), fresh);
    }
}

/// What version 2 first had: people shared by siblings, entries with all that belongs to them, tasks, the calendar.
fn diary_of_version_2(store: &Store) {
    let contact = store.contact(ContactId(1)).unwrap().unwrap();
    assert_eq!(contact.text, "Reading is better.\nShe asks for the plan.");
    assert_eq!(contact.person, Some(PersonId(1)));
    assert_eq!(
        contact.pupils[1].words.as_deref(),
        Some("Zo\u{eb} sleeps badly")
    );
    assert_eq!(contact.amendments[0].text, "It was Tuesday");
    assert!(contact.follow_up.is_some_and(|task| !task.done));
    let struck = store.contact(ContactId(2)).unwrap().unwrap();
    assert!(struck.strike().is_some());
    assert_eq!(store.diary(None).unwrap(), [ContactId(1), ContactId(2)]);
    assert_eq!(store.bin().unwrap()[0].id, 3);
    for (words, found) in [("read", 1), ("sleeps", 1), ("wrong", 2)] {
        let ids = store.find_contacts(words, &[], 9).unwrap();
        assert_eq!(ids, [ContactId(found)], "{words}");
    }
    let links = [(PersonId(1), PupilId(1)), (PersonId(2), PupilId(2))];
    assert_eq!(store.children_of(PersonId(2)).unwrap(), links);
    assert_eq!(store.open_tasks().unwrap().len(), 1);
    assert!(store.task(TaskId(2)).unwrap().unwrap().done_on.is_some());
    assert_ne!(store.calendar().unwrap(), Calendar::default());
    assert_eq!(store.drafts().unwrap()[0].kind, DraftOf::AddLine);
}

/// What version 3 first had: a run with its children, its sessions and a rate.
fn provision_of_version_3(store: &Store) {
    let run = store.run(ProvisionId(1)).unwrap().unwrap();
    assert_eq!(run.provision.name, "Talk group");
    assert_eq!(run.provision.staff_name.as_deref(), Some("Ms Pratt"));
    assert_eq!((run.members.len(), run.held(), run.missed()), (2, 1, 1));
    let day = run.provision.starts;
    let calendar = store.calendar().unwrap();
    let costs = Costs::of(&run, &store.rates().unwrap(), &calendar, day);
    // As it was shown before the rate was noted, by a step of the climb that undo does not pass.
    assert_eq!(run.provision.planned_rate, Some(1_600));
    assert_eq!(costs.whole.planned, Ok(19_200));
    assert_eq!(store.staff().unwrap()[0].minutes_week, Some(1950));
}

/// What version 5 first had: two drafts of one form.
fn drafts_of_version_5(store: &Store) {
    let drafts = store.drafts_of(DraftOf::AddLine, "", None, false).unwrap();
    assert_eq!(drafts.len(), 2);
    assert_eq!(drafts[0].texts["line"], "@okafor wrote");
}

/// The indexes of words take what is written now, in a file of any age.
fn write_an_entry(store: &mut Store) {
    let at = Moment::from_stored("2026-11-24T08:40").map(Value::Moment);
    let values = [
        ("pupils", Some(Value::Pupils(vec![PupilId(2)]))),
        ("at", at),
        ("text", Some(Value::Text("Marmalade".to_owned()))),
    ];
    let id = store
        .step("Add contact of pupil p2", |w| {
            w.add(Kind::Contact, &values.into())
        })
        .unwrap();
    let found = store.find_contacts("marma", &[], 9).unwrap();
    assert_eq!(found, [ContactId(id)]);
    store.undo().unwrap();
    assert_eq!(store.find_contacts("marma", &[], 9).unwrap(), []);
}
