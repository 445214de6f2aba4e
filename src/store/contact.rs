//! Entries of the diary: SQL in, [`Contact`] out, whole and by the page.

use super::error::Result;
use super::{Store, read_moment, read_time};
use crate::domain::contact::{
    Amendment, Contact, ContactKind, Correction, FollowUp, Involved, Topic, Visibility,
};
use crate::domain::form::{Value, Values};
use crate::domain::id::{AmendmentId, ContactId, PersonId, PupilId, TaskId};
use rusqlite::{Connection, OptionalExtension, Row};

/// A contact and the first task out of the bin that follows it up.
const SELECT: &str = "SELECT contact.id, contact.kind, contact.at, contact.minutes, contact.with_words,
       contact.person, contact.outcome, contact.text, contact.visibility, contact.review, contact.tags,
       contact.entered_at, contact.binned_at, task.id, task.due, task.done_on, contact.about
     FROM contact LEFT JOIN task ON task.id =
       (SELECT min(id) FROM task WHERE source = contact.id AND binned_at IS NULL)
     WHERE contact.id = ?1";

const PUPILS: &str =
    "SELECT pupil.id, pupil.surname, pupil.forename, pupil.preferred_forename, pupil.class, words
     FROM contact_pupil JOIN pupil ON pupil.id = contact_pupil.pupil
     WHERE contact_pupil.contact = ?1 ORDER BY place, contact_pupil.id";

const AMENDMENTS: &str =
    "SELECT id, what, text, entered_at FROM amendment WHERE contact = ?1 ORDER BY id";

/// The columns of `pupil` that [`read_involved`] reads.
pub(super) const INVOLVED: &str =
    "pupil.id, pupil.surname, pupil.forename, pupil.preferred_forename, pupil.class";

/// How many they are.
pub(super) const INVOLVED_WIDTH: usize = 5;

/// A child as a list names it, from this column on.
pub(super) fn read_involved(row: &Row<'_>, from: usize) -> rusqlite::Result<Involved> {
    let known_as: Option<String> = row.get(from + 3)?;
    Ok(Involved {
        pupil: PupilId(row.get(from)?),
        surname: row.get(from + 1)?,
        known_as: match known_as {
            Some(name) => name,
            None => row.get(from + 2)?,
        },
        class: row.get(from + 4)?,
        words: None,
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Contact> {
    let task: Option<i64> = row.get(13)?;
    let tags: Option<String> = row.get(10)?;
    let (due, done) = (read_moment(row, 14)?, row.get_ref(15)?.as_str_or_null()?);
    Ok(Contact {
        id: ContactId(row.get(0)?),
        kind: ContactKind::from_word(row.get_ref(1)?.as_str()?).unwrap_or(ContactKind::Note),
        at: read_moment(row, 2)?.unwrap_or(super::NO_MOMENT),
        minutes: row.get(3)?,
        with: row.get(4)?,
        person: row.get::<_, Option<i64>>(5)?.map(PersonId),
        outcome: row.get(6)?,
        text: row.get(7)?,
        // A word of a later version: nobody is shown what they may not see.
        visibility: Visibility::from_word(row.get_ref(8)?.as_str()?)
            .unwrap_or(Visibility::Internal),
        review: row.get::<_, Option<i64>>(9)? == Some(1),
        tags: tags
            .map(|tags| tags.split(' ').map(str::to_owned).collect())
            .unwrap_or_default(),
        pupils: Vec::new(),
        topic: row
            .get_ref(16)?
            .as_str_or_null()?
            .and_then(Topic::from_word),
        follow_up: task.map(|task| FollowUp {
            task: TaskId(task),
            due,
            done: done.is_some(),
        }),
        amendments: Vec::new(),
        entered_at: read_time(row, 11)?.unwrap_or_default(),
        binned_at: read_time(row, 12)?,
    })
}

/// The entry, whole.
pub(super) fn find(conn: &Connection, id: ContactId) -> Result<Option<Contact>> {
    let found = conn
        .prepare_cached(SELECT)?
        .query_row([id.0], read)
        .optional()?;
    let Some(mut contact) = found else {
        return Ok(None);
    };
    contact.pupils = pupils(conn, id)?;
    let mut amendments = conn.prepare_cached(AMENDMENTS)?;
    let amendments = amendments.query_map([id.0], |row| {
        Ok(Amendment {
            id: AmendmentId(row.get(0)?),
            what: match row.get_ref(1)?.as_str()? {
                "strike" => Correction::Strike,
                _ => Correction::Amend,
            },
            text: row.get(2)?,
            entered_at: read_time(row, 3)?.unwrap_or_default(),
        })
    })?;
    contact.amendments = amendments.collect::<rusqlite::Result<_>>()?;
    Ok(Some(contact))
}

/// The children it is about, in the order they were named.
pub(super) fn pupils(conn: &Connection, id: ContactId) -> Result<Vec<Involved>> {
    let mut pupils = conn.prepare_cached(PUPILS)?;
    let pupils = pupils.query_map([id.0], |row| {
        Ok(Involved {
            words: row.get(INVOLVED_WIDTH)?,
            ..read_involved(row, 0)?
        })
    })?;
    Ok(pupils.collect::<rusqlite::Result<_>>()?)
}

/// The child named first.
pub(super) fn first_pupil(conn: &Connection, id: ContactId) -> Result<Option<PupilId>> {
    let first = conn
        .prepare_cached(
            "SELECT pupil FROM contact_pupil WHERE contact = ?1 ORDER BY place, id LIMIT 1",
        )?
        .query_row([id.0], |row| row.get(0).map(PupilId))
        .optional()?;
    Ok(first)
}

/// What a form starts from. Whether it is a review says `yes`, `no` or, where nobody said, nothing.
pub(super) fn values(conn: &Connection, id: ContactId) -> Result<Option<Values>> {
    let Some(contact) = find(conn, id)? else {
        return Ok(None);
    };
    let review: Option<i64> = conn
        .prepare_cached("SELECT review FROM contact WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))?;
    let task = match &contact.follow_up {
        Some(follow_up) => super::task::find(conn, follow_up.task)?,
        None => None,
    };
    let usual = super::entry::usual_title(contact.kind, contact.with.as_deref());
    let promised = task.map(|task| task.title).filter(|title| *title != usual);
    let text = |text: Option<String>| text.filter(|text| !text.is_empty()).map(Value::Text);
    let word = |word: &str| Some(Value::Text(word.to_owned()));
    let pupils = contact.pupils.iter().map(|one| one.pupil).collect();
    Ok(Some(Values::from([
        ("pupils", Some(Value::Pupils(pupils))),
        ("with", text(contact.with)),
        ("at", Some(Value::Moment(contact.at))),
        ("outcome", text(contact.outcome)),
        ("text", text(Some(contact.text))),
        (
            "follow_up",
            contact
                .follow_up
                .and_then(|task| task.due)
                .map(Value::Moment),
        ),
        ("follow_up_text", text(promised)),
        ("minutes", contact.minutes.map(Value::Whole)),
        ("visibility", word(contact.visibility.word())),
        (
            "review",
            review.and_then(|yes| word(if yes == 1 { "yes" } else { "no" })),
        ),
        ("tags", text(Some(contact.tags.join(" ")))),
        ("about", contact.topic.and_then(|topic| word(topic.word()))),
        ("kind", word(contact.kind.word())),
    ])))
}

impl Store {
    /// An entry, whole: its children, its amendments, its follow-up. `None` when there is no such entry.
    pub fn contact(&self, id: ContactId) -> Result<Option<Contact>> {
        self.read(|conn| find(conn, id))
    }

    /// These entries, in the order asked; numbers of none are skipped. For a page of rows.
    pub fn contacts(&self, ids: &[ContactId]) -> Result<Vec<Contact>> {
        self.read(|conn| {
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                found.extend(find(conn, *id)?);
            }
            Ok(found)
        })
    }

    /// The same as one pupil's diary has them: words about another child alone are not in them. Of nobody, whole.
    pub fn contacts_of(&self, of: Option<PupilId>, ids: &[ContactId]) -> Result<Vec<Contact>> {
        let mut found = self.contacts(ids)?;
        if let Some(pupil) = of {
            for one in &mut found {
                one.keep_words_of(pupil);
            }
        }
        Ok(found)
    }
}
