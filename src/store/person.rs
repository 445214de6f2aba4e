//! The people around a child. A person is on file once; each child has a link to them.

use super::error::{Error, Result};
use super::{Store, Writer, no_record, text, whole, yes};
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{PersonId, PupilId};
use crate::domain::person::Person;
use crate::domain::text::fold;
use rusqlite::{Connection, OptionalExtension, Row, params};

const SELECT: &str = "SELECT person_link.id, person, pupil, name, relationship, phone, email,
       parental_responsibility, share
     FROM person_link JOIN person ON person.id = person_link.person";

fn read(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: PersonId(row.get(0)?),
        shared: row.get(1)?,
        pupil: PupilId(row.get(2)?),
        name: row.get(3)?,
        relationship: row.get(4)?,
        phone: row.get(5)?,
        email: row.get(6)?,
        parental_responsibility: row.get::<_, Option<i64>>(7)?.map(|yes| yes != 0),
        share: row.get::<_, Option<i64>>(8)?.map(|yes| yes != 0),
    })
}

pub(super) fn find(conn: &Connection, id: PersonId) -> Result<Option<Person>> {
    let person = conn
        .prepare_cached(&format!("{SELECT} WHERE person_link.id = ?1"))?
        .query_row([id.0], read)
        .optional()?;
    Ok(person)
}

/// A pupil's people, in the order they were entered.
pub(super) fn of(conn: &Connection, pupil: PupilId) -> Result<Vec<Person>> {
    let mut people = conn.prepare_cached(&format!(
        "{SELECT} WHERE pupil = ?1 ORDER BY person_link.id"
    ))?;
    let people = people.query_map([pupil.0], read)?;
    Ok(people.collect::<rusqlite::Result<_>>()?)
}

/// What a form starts from.
pub(super) fn values(person: &Person) -> Values {
    let text = |text: &Option<String>| text.clone().map(Value::Text);
    let word = |yes: bool| Value::Text(if yes { "yes" } else { "no" }.to_owned());
    Values::from([
        ("pupil", Some(Value::Whole(person.pupil.0))),
        ("name", Some(Value::Text(person.name.clone()))),
        ("relationship", text(&person.relationship)),
        ("phone", text(&person.phone)),
        ("email", text(&person.email)),
        (
            "parental_responsibility",
            person.parental_responsibility.map(word),
        ),
        ("share", person.share.map(word)),
    ])
}

impl Store {
    /// The people around a pupil, in the order they were entered.
    pub fn people_of(&self, pupil: PupilId) -> Result<Vec<Person>> {
        self.read(|conn| of(conn, pupil))
    }

    /// One person as one child's.
    pub fn person(&self, id: PersonId) -> Result<Option<Person>> {
        self.read(|conn| find(conn, id))
    }

    /// People any part of whose name begins with these letters, in any case and without accents, at most `most`, by
    /// name. Of a person several children share the first link.
    pub fn people_like(&self, name: &str, most: usize) -> Result<Vec<Person>> {
        let key = fold(name.trim());
        if key.is_empty() {
            return Ok(Vec::new());
        }
        self.read(|conn| {
            // `instr` takes every character as itself, where LIKE would not.
            let mut people = conn.prepare_cached(&format!(
                "{SELECT}
                 WHERE person_link.id IN (
                   SELECT (SELECT min(id) FROM person_link WHERE person = found.id) FROM person AS found
                   WHERE instr(' ' || replace(found.name_key, '-', ' '), ' ' || ?1) > 0
                      OR instr(' ' || found.name_key, ' ' || ?1) > 0)
                 ORDER BY name_key, person_link.id LIMIT ?2"
            ))?;
            let people = people.query_map(params![key, most as i64], read)?;
            Ok(people.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// All links of the person behind this one, in the order they were entered: the children they belong to.
    pub fn children_of(&self, id: PersonId) -> Result<Vec<(PersonId, PupilId)>> {
        self.read(|conn| {
            let mut links = conn.prepare_cached(
                "SELECT id, pupil FROM person_link
                 WHERE person = (SELECT person FROM person_link WHERE id = ?1) ORDER BY id",
            )?;
            let links = links.query_map([id.0], |row| {
                Ok((PersonId(row.get(0)?), PupilId(row.get(1)?)))
            })?;
            Ok(links.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// The id somebody already on file is named by: `a3`. A bare number is a name.
fn named_by_id(name: &str) -> Option<PersonId> {
    let id = name.starts_with(['a', 'A']).then(|| name.parse().ok())?;
    id.filter(|_| !name.contains(char::is_whitespace))
}

impl Writer<'_> {
    pub(super) fn people_of_all(&self, pupils: &[PupilId]) -> Result<Vec<Person>> {
        let mut people = Vec::new();
        for pupil in pupils {
            people.extend(of(self.conn, *pupil)?);
        }
        Ok(people)
    }

    fn person(&self, id: PersonId) -> Result<Person> {
        find(self.conn, id)?.ok_or_else(|| no_record(Kind::Person, id.0))
    }

    /// Nobody is twice on one child's list.
    fn refuse_twice(&self, person: &Person) -> Result<()> {
        let there: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT link.id FROM person_link AS link JOIN person AS other ON other.id = link.person
                 WHERE link.pupil = ?1 AND link.id <> ?2 AND (other.id = ?3 OR other.name_key = ?4)
                 LIMIT 1",
            )?
            .query_row(
                params![
                    person.pupil.0,
                    person.id.0,
                    person.shared,
                    fold(&person.name)
                ],
                |row| row.get(0),
            )
            .optional()?;
        match there {
            Some(id) => Err(Error::Refused {
                text: format!(
                    "Pupil {} has a person of that name already: change {} instead.",
                    person.pupil,
                    PersonId(id)
                ),
            }),
            None => Ok(()),
        }
    }

    pub(super) fn add_person(&mut self, values: &Values) -> Result<PersonId> {
        let mut person = Person {
            id: PersonId(0),
            shared: 0,
            pupil: self.owner(values)?,
            name: String::new(),
            relationship: None,
            phone: None,
            email: None,
            parental_responsibility: None,
            share: None,
        };
        if text(values, "name").is_none() {
            return Err(Error::NotGiven { field: "name" });
        }
        self.fill(&mut person, values, true)?;
        self.refuse_twice(&person)?;
        if person.shared == 0 {
            person.shared = self
                .conn
                .prepare_cached(
                    "INSERT INTO person (name, name_key, phone, email, entered_at)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .insert(params![
                    person.name,
                    fold(&person.name),
                    person.phone,
                    person.email,
                    self.now
                ])?;
        } else {
            self.update_shared(&person)?;
        }
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO person_link (person, pupil, relationship, parental_responsibility, share, entered_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .insert(params![
                person.shared,
                person.pupil.0,
                person.relationship,
                person.parental_responsibility,
                person.share,
                self.now
            ])?;
        Ok(PersonId(id))
    }

    /// Takes the fields that are given; of a new entry the empty ones are not, so that of somebody who is shared what
    /// was not typed stays as it is.
    fn fill(&self, person: &mut Person, values: &Values, new: bool) -> Result<()> {
        // First, since it may bring the telephone number and the address that others then change.
        if values.contains_key("name") {
            let name = text(values, "name").ok_or(Error::NotGiven { field: "name" })?;
            if let Some(other) = named_by_id(name) {
                let other = self.person(other)?;
                (person.shared, person.name) = (other.shared, other.name);
                (person.phone, person.email) = (other.phone, other.email);
            } else {
                name.clone_into(&mut person.name);
            }
        }
        for (field, value) in values {
            if new && value.is_none() {
                continue;
            }
            let words = || text(values, field).map(str::to_owned);
            match *field {
                "pupil" if whole(values, field) != Some(person.pupil.0) => {
                    person.pupil = self.owner(values)?;
                }
                "relationship" => person.relationship = words(),
                "phone" => person.phone = words(),
                "email" => person.email = words(),
                "parental_responsibility" => person.parental_responsibility = yes(values, field),
                "share" => person.share = yes(values, field),
                _ => {}
            }
        }
        Ok(())
    }

    /// Name, telephone and e-mail are those of the person all their children share; the rest is this child's.
    pub(super) fn amend_person(&mut self, id: PersonId, values: &Values) -> Result<()> {
        let mut person = self.person(id)?;
        let was = person.shared;
        self.fill(&mut person, values, false)?;
        self.refuse_twice(&person)?;
        self.update_shared(&person)?;
        self.conn
            .prepare_cached(
                "UPDATE person_link SET person = ?1, pupil = ?2, relationship = ?3,
                   parental_responsibility = ?4, share = ?5
                 WHERE id = ?6",
            )?
            .execute(params![
                person.shared,
                person.pupil.0,
                person.relationship,
                person.parental_responsibility,
                person.share,
                id.0
            ])?;
        self.drop_if_nobodys(was)
    }

    fn update_shared(&mut self, person: &Person) -> Result<()> {
        self.conn
            .prepare_cached(
                "UPDATE person SET name = ?1, name_key = ?2, phone = ?3, email = ?4 WHERE id = ?5",
            )?
            .execute(params![
                person.name,
                fold(&person.name),
                person.phone,
                person.email,
                person.shared
            ])?;
        Ok(())
    }

    /// Takes a person off one child's list; off the file with the last one.
    pub(super) fn remove_person(&mut self, id: PersonId) -> Result<()> {
        let person = self.person(id)?;
        self.conn
            .prepare_cached("DELETE FROM person_link WHERE id = ?1")?
            .execute([id.0])?;
        self.drop_if_nobodys(person.shared)
    }

    fn drop_if_nobodys(&mut self, person: i64) -> Result<()> {
        self.conn
            .prepare_cached(
                "DELETE FROM person WHERE id = ?1
                 AND NOT EXISTS (SELECT 1 FROM person_link WHERE person = ?1)",
            )?
            .execute([person])?;
        Ok(())
    }
}
