//! Writing the diary: an entry with its children and its follow-up in one step, and what is said of it later.

use super::contact;
use super::error::{Error, Result};
use super::task::NewTask;
use super::{Writer, moment_in, no_record, text, whole, yes};
use crate::domain::contact::{Contact, ContactKind, Topic, Visibility, read_tags};
use crate::domain::form::{Kind, Value, Values};
use crate::domain::id::{AmendmentId, ContactId, PersonId, PupilId, TaskId};
use crate::domain::moment::Moment;
use crate::domain::person::{self, Person};
use rusqlite::{Connection, OptionalExtension, params};

/// What a follow-up is called when nobody said: `Follow up: phone call with Mrs Okafor`. No child is named.
pub(super) fn usual_title(kind: ContactKind, with: Option<&str>) -> String {
    let what = match kind {
        ContactKind::Safeguarding => "safeguarding log".to_owned(),
        kind => kind.title().to_lowercase(),
    };
    match with {
        Some(with) => format!("Follow up: {what} with {with}"),
        None => format!("Follow up: {what}"),
    }
}

/// What was said of an entry later, as its form had it.
pub(super) fn amendment_values(conn: &Connection, id: AmendmentId) -> Result<Option<Values>> {
    let found = conn
        .prepare_cached("SELECT contact, what, text FROM amendment WHERE id = ?1")?
        .query_row([id.0], |row| {
            let contact = Value::Whole(row.get(0)?);
            let field = match row.get_ref(1)?.as_str()? {
                "strike" => "reason",
                _ => "text",
            };
            Ok(Values::from([
                ("contact", Some(contact)),
                (field, Some(Value::Text(row.get(2)?))),
            ]))
        })
        .optional()?;
    Ok(found)
}

/// An entry as it is to be stored.
#[derive(Debug, Clone)]
struct Entry {
    kind: ContactKind,
    at: Option<Moment>,
    minutes: Option<i64>,
    with: Option<String>,
    outcome: Option<String>,
    text: String,
    visibility: Option<Visibility>,
    review: Option<bool>,
    tags: String,
    pupils: Vec<PupilId>,
    /// It was said to be about nobody.
    nobody: bool,
    topic: Option<Topic>,
}

impl Entry {
    const BLANK: Self = Self {
        kind: ContactKind::Note,
        at: None,
        minutes: None,
        with: None,
        outcome: None,
        text: String::new(),
        visibility: None,
        review: None,
        tags: String::new(),
        pupils: Vec::new(),
        nobody: false,
        topic: None,
    };

    /// Takes the fields that are given.
    fn fill(&mut self, values: &Values) {
        for field in values.keys() {
            let words = text(values, field);
            let owned = || words.map(str::to_owned);
            match *field {
                "pupils" => {
                    let named = values.get(field).cloned().flatten();
                    self.nobody = matches!(&named, Some(Value::Pupils(named)) if named.is_empty());
                    self.pupils = match named {
                        Some(Value::Pupils(pupils)) => pupils,
                        _ => Vec::new(),
                    };
                }
                "kind" => {
                    self.kind = words
                        .and_then(ContactKind::from_word)
                        .unwrap_or(ContactKind::Note);
                }
                "with" => self.with = owned(),
                "at" => self.at = moment_in(values, field),
                "minutes" => self.minutes = whole(values, field),
                "outcome" => self.outcome = owned(),
                "text" => self.text = owned().unwrap_or_default(),
                "visibility" => self.visibility = words.and_then(Visibility::from_word),
                "review" => self.review = yes(values, field),
                "about" => self.topic = words.and_then(Topic::from_word),
                "tags" => self.tags = read_tags(words.unwrap_or_default()).join(" "),
                _ => {}
            }
        }
    }

    fn usual_title(&self) -> String {
        usual_title(self.kind, self.with.as_deref())
    }

    /// What it is about, where it is about no child: the school, unless somebody said.
    fn about(&self) -> Option<Topic> {
        (self.pupils.is_empty()).then(|| self.topic.unwrap_or_default())
    }

    fn usual_visibility(&self, people: &[Person]) -> Visibility {
        if self.pupils.is_empty() {
            return Visibility::Internal;
        }
        let with = self.with.as_deref().unwrap_or_default();
        Visibility::by_default(self.kind, with, people)
    }

    /// The one child; several or none is nobody's task in particular.
    fn only_pupil(&self) -> Option<PupilId> {
        match self.pupils.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    fn meant(&self, people: &[Person]) -> Option<PersonId> {
        let with = self.with.as_deref()?;
        person::meant(people, with).map(|person| person.id)
    }
}

impl Writer<'_> {
    pub(super) fn add_contact(&mut self, values: &Values) -> Result<ContactId> {
        let mut entry = Entry::BLANK;
        entry.fill(values);
        let at = self.check(&entry)?;
        let people = self.people_of_all(&entry.pupils)?;
        let visibility = entry
            .visibility
            .unwrap_or_else(|| entry.usual_visibility(&people));
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO contact (kind, at, minutes, with_words, person, outcome, text, visibility, review,
                   tags, entered_at, about)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, nullif(?10, ''), ?11, ?12)",
            )?
            .insert(params![
                entry.kind.word(),
                at.to_stored(),
                entry.minutes,
                entry.with,
                entry.meant(&people).map(|person| person.0),
                entry.outcome,
                entry.text,
                visibility.word(),
                entry.review,
                entry.tags,
                self.now,
                entry.about().map(Topic::word),
            ])?;
        let id = ContactId(id);
        self.set_pupils(id, &entry.pupils, at)?;
        let (due, promised) = (
            moment_in(values, "follow_up"),
            text(values, "follow_up_text"),
        );
        if due.is_some() || promised.is_some() {
            self.promise(id, &entry, due, promised)?;
        }
        Ok(id)
    }

    /// Whom it is about, or that it is about nobody, and when must be known, and the children be on file.
    fn check(&self, entry: &Entry) -> Result<Moment> {
        if entry.pupils.is_empty() && entry.topic.is_none() && !entry.nobody {
            return Err(Error::NotGiven { field: "pupils" });
        }
        for pupil in &entry.pupils {
            self.must_exist(*pupil)?;
        }
        entry.at.ok_or(Error::NotGiven { field: "at" })
    }

    /// The children as named, each in its place; words about one that stays are kept.
    fn set_pupils(&mut self, id: ContactId, pupils: &[PupilId], at: Moment) -> Result<()> {
        for there in contact::pupils(self.conn, id)? {
            if !pupils.contains(&there.pupil) {
                self.conn
                    .prepare_cached("DELETE FROM contact_pupil WHERE contact = ?1 AND pupil = ?2")?
                    .execute([id.0, there.pupil.0])?;
            }
        }
        let mut put = self.conn.prepare_cached(
            "INSERT INTO contact_pupil (contact, pupil, place, at, entered_at)
             VALUES (?1, ?2, ?3, ?4, (SELECT entered_at FROM contact WHERE id = ?1))
             ON CONFLICT (contact, pupil) DO UPDATE SET place = excluded.place, at = excluded.at",
        )?;
        for (place, pupil) in (1_i64..).zip(pupils) {
            put.execute(params![id.0, pupil.0, place, at.to_stored()])?;
        }
        Ok(())
    }

    fn promise(
        &mut self,
        id: ContactId,
        entry: &Entry,
        due: Option<Moment>,
        promised: Option<&str>,
    ) -> Result<()> {
        self.insert_task(&NewTask {
            title: promised.unwrap_or(&entry.usual_title()),
            due,
            pupil: entry.only_pupil(),
            source: Some(id),
            ..NewTask::default()
        })?;
        Ok(())
    }

    /// An entry that may still be put right.
    fn correctable(&self, id: ContactId) -> Result<Contact> {
        let contact = self.live_contact(id)?;
        self.refuse_evidence(&contact)?;
        Ok(contact)
    }

    fn live_contact(&self, id: ContactId) -> Result<Contact> {
        let contact =
            contact::find(self.conn, id)?.ok_or_else(|| no_record(Kind::Contact, id.0))?;
        if contact.binned_at.is_some() {
            return Err(Error::Refused {
                text: format!("{id} is in the bin: bring it back first."),
            });
        }
        Ok(contact)
    }

    /// What an entry says may be put right for a quarter of an hour; its follow-up is a task and stays changeable.
    pub(super) fn amend_contact(
        &mut self,
        id: ContactId,
        values: &Values,
        current: &Values,
    ) -> Result<()> {
        let is_new = |field: &&'static str| values.get(*field) != current.get(*field);
        let (promise, words): (Vec<&str>, Vec<&str>) = values
            .keys()
            .copied()
            .filter(is_new)
            .partition(|field| matches!(*field, "follow_up" | "follow_up_text"));
        let mut was = Entry::BLANK;
        was.fill(current);
        let mut entry = was.clone();
        let internal = Some(Some(Value::Text(Visibility::Internal.word().to_owned())));
        if words.is_empty() {
            self.live_contact(id)?;
        } else if words == ["visibility"] && values.get("visibility").cloned() == internal {
            // Not what was entered, and fewer see it: that may be done at any time.
            self.live_contact(id)?;
            self.conn
                .prepare_cached("UPDATE contact SET visibility = ?1 WHERE id = ?2")?
                .execute(params![Visibility::Internal.word(), id.0])?;
        } else {
            self.correctable(id)?;
            entry.fill(values);
            self.rewrite(id, &was, &mut entry, values)?;
        }
        self.amend_promise(id, &was, &entry, values, promise.is_empty())
    }

    fn rewrite(
        &mut self,
        id: ContactId,
        was: &Entry,
        entry: &mut Entry,
        values: &Values,
    ) -> Result<()> {
        let at = self.check(entry)?;
        let people = self.people_of_all(&entry.pupils)?;
        let usual = entry.usual_visibility(&people);
        let nobody_chose = !values.contains_key("visibility")
            && was.visibility == Some(was.usual_visibility(&self.people_of_all(&was.pupils)?));
        // Put right, it may turn out to be the school's own; that it may be shared now, somebody has to say.
        if entry.visibility.is_none() || (nobody_chose && usual == Visibility::Internal) {
            entry.visibility = Some(usual);
        }
        self.conn
            .prepare_cached(
                "UPDATE contact SET kind = ?1, at = ?2, minutes = ?3, with_words = ?4, person = ?5, outcome = ?6,
                   text = ?7, visibility = ?8, review = ?9, tags = nullif(?10, ''),
                   about = ?12
                 WHERE id = ?11",
            )?
            .execute(params![
                entry.kind.word(),
                at.to_stored(),
                entry.minutes,
                entry.with,
                entry.meant(&people).map(|person| person.0),
                entry.outcome,
                entry.text,
                entry.visibility.map(Visibility::word),
                entry.review,
                entry.tags,
                id.0,
                entry.about().map(Topic::word),
            ])?;
        self.set_pupils(id, &entry.pupils, at)
    }

    /// Brings the follow-up to what the form says. One that was named and given its child by us goes with the entry.
    fn amend_promise(
        &mut self,
        id: ContactId,
        was: &Entry,
        entry: &Entry,
        values: &Values,
        untouched: bool,
    ) -> Result<()> {
        let there = contact::find(self.conn, id)?.and_then(|contact| contact.follow_up);
        let Some(there) = there else {
            let (due, promised) = (
                moment_in(values, "follow_up"),
                text(values, "follow_up_text"),
            );
            if untouched || (due.is_none() && promised.is_none()) {
                return Ok(());
            }
            return self.promise(id, entry, due, promised);
        };
        let mut task = self.live_task(there.task)?;
        if task.title == was.usual_title() {
            task.title = entry.usual_title();
        }
        if task.pupil == was.only_pupil() {
            task.pupil = entry.only_pupil();
        }
        if !untouched {
            if values.contains_key("follow_up_text") {
                task.title = text(values, "follow_up_text")
                    .map_or_else(|| entry.usual_title(), str::to_owned);
            }
            if values.contains_key("follow_up") {
                task.move_to(moment_in(values, "follow_up"));
            }
            let is_open = task.done_on.is_none();
            if is_open && task.due.is_none() && task.title == entry.usual_title() {
                return self.bin(Kind::Task, task.id.0);
            }
        }
        self.update_task(&task)
    }

    /// The task that follows a contact up.
    pub fn follow_up_of(&self, id: ContactId) -> Result<Option<TaskId>> {
        let contact = contact::find(self.conn, id)?;
        Ok(contact
            .and_then(|contact| contact.follow_up)
            .map(|follow| follow.task))
    }

    /// Words about one child of an entry, which appear in nobody else's chronology; empty takes them out.
    ///
    /// # Errors
    /// [`Error::Evidence`]; [`Error::NoSuchRecord`]; [`Error::Refused`] when the entry is not about that child.
    pub fn say_of(&mut self, id: ContactId, pupil: PupilId, words: &str) -> Result<()> {
        self.correctable(id)?;
        let words = Some(words.trim()).filter(|words| !words.is_empty());
        let done = self
            .conn
            .prepare_cached(
                "UPDATE contact_pupil SET words = ?1 WHERE contact = ?2 AND pupil = ?3",
            )?
            .execute(params![words, id.0, pupil.0])?;
        if done == 0 {
            return Err(Error::Refused {
                text: format!("{id} is not about {pupil}: name the pupil in it first."),
            });
        }
        Ok(())
    }

    /// Says something of an entry later (`text`), or strikes it (`reason`); its own words stay as they are.
    pub(super) fn add_amendment(&mut self, kind: Kind, values: &Values) -> Result<AmendmentId> {
        let (what, field) = match kind {
            Kind::Strike => ("strike", "reason"),
            _ => ("amend", "text"),
        };
        let id = whole(values, "contact").ok_or(Error::NotGiven { field: "contact" })?;
        let words = text(values, field).ok_or(Error::NotGiven { field })?;
        let contact = self.live_contact(ContactId(id))?;
        if kind == Kind::Strike && contact.strike().is_some() {
            return Err(Error::Refused {
                text: format!("{} is struck already.", contact.id),
            });
        }
        let id = self
            .conn
            .prepare_cached(
                "INSERT INTO amendment (contact, what, text, entered_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .insert(params![id, what, words, self.now])?;
        Ok(AmendmentId(id))
    }

    /// Puts a contact, a task, a provision or a place on one in the bin.
    ///
    /// # Errors
    /// [`Error::Evidence`] for a contact of more than a quarter of an hour; [`Error::NoSuchRecord`];
    /// [`Error::Refused`] for other kinds.
    pub fn bin(&mut self, kind: Kind, id: i64) -> Result<()> {
        match kind {
            Kind::Contact => drop(self.correctable(ContactId(id))?),
            Kind::Task => drop(self.live_task(crate::domain::id::TaskId(id))?),
            Kind::Provision => drop(self.live_provision(crate::domain::id::ProvisionId(id))?),
            Kind::Member => drop(self.live_member(crate::domain::id::MemberId(id))?),
            _ => return Err(no_bin(kind)),
        }
        self.set_binned(kind, id, Some(&self.now.clone()))
    }

    /// Takes what went to the bin out of it, however long it has lain there.
    ///
    /// # Errors
    /// [`Error::NoSuchRecord`]; [`Error::Refused`] for other kinds.
    pub fn restore(&mut self, kind: Kind, id: i64) -> Result<()> {
        self.set_binned(kind, id, None)
    }

    fn set_binned(&mut self, kind: Kind, id: i64, at: Option<&str>) -> Result<()> {
        let sql = match kind {
            Kind::Contact => "UPDATE contact SET binned_at = ?1 WHERE id = ?2",
            Kind::Task => "UPDATE task SET binned_at = ?1 WHERE id = ?2",
            Kind::Provision => "UPDATE provision SET binned_at = ?1 WHERE id = ?2",
            Kind::Member => "UPDATE member SET binned_at = ?1 WHERE id = ?2",
            _ => return Err(no_bin(kind)),
        };
        match self.conn.prepare_cached(sql)?.execute(params![at, id])? {
            0 => Err(no_record(kind, id)),
            _ => Ok(()),
        }
    }
}

fn no_bin(kind: Kind) -> Error {
    Error::Refused {
        text: format!("A {} does not go to the bin.", kind.noun()),
    }
}
