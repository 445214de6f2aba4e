//! What was saved, as a message says it: what, of which child or run, and at which school.

use super::form::About;
use super::state::Tone;
use super::{App, Error};
use crate::domain::add_line;
use crate::domain::contact::Contact;
use crate::domain::date;
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, PersonId, SessionId, TaskId};
use crate::domain::moment::Moment;

impl App {
    /// Says what was taken back, or brought back.
    pub(super) fn say_reversed(&mut self, redo: bool, what: &str) {
        let done = if redo { "Brought back" } else { "Taken back" };
        let text = format!("{done}: {what}{}", self.way_back(!redo));
        self.say(Tone::Done, text);
    }

    /// Says what was saved, of which child and at which school, and shows it.
    pub(super) fn saved(
        &mut self,
        kind: Kind,
        about: About,
        id: i64,
        records: usize,
    ) -> Result<(), Error> {
        if !about.is_edit() {
            self.clear_marks();
        }
        self.reload(false)?;
        let mut text = self.saved_text(kind, about, id, records)?;
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let early = store.told_before_birth(kind, id)?;
        if !early.is_empty() {
            let back = self.way_back(false);
            text = format!("{}{early}{back}", text.trim_end_matches(&back));
        }
        if records <= 1 {
            self.show_saved(kind, id)?;
        }
        self.say(Tone::Done, text);
        Ok(())
    }

    fn saved_text(
        &self,
        kind: Kind,
        about: About,
        id: i64,
        records: usize,
    ) -> Result<String, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let code = &self.state.school.code;
        let back = self.way_back(false);
        let what = match (kind, about) {
            (Kind::Contact, About::New(_)) => "Logged",
            (Kind::Amendment, _) => "Amended",
            (Kind::Strike, _) => "Struck",
            (Kind::Pupil | Kind::Task | Kind::Person, About::New(_)) => "Added",
            _ => "Saved",
        };
        if let Some(told) = self.told_sessions(kind, id, records)? {
            return Ok(format!("{what} {told} at {code}{back}"));
        }
        if records > 1 {
            let on = if kind == Kind::Member { "on" } else { "for" };
            let of = if kind == Kind::Member {
                "runs"
            } else {
                "pupils"
            };
            return Ok(format!("{what} {on} {records} {of} at {code}{back}"));
        }
        let contact = match (kind, about) {
            (Kind::Contact, _) => Some(ContactId(id)),
            (_, About::Entry(contact)) => Some(contact),
            _ => None,
        };
        if let Some(contact) = contact.map(|id| store.contact(id)).transpose()?.flatten() {
            return Ok(format!(
                "{what} {} at {code}{}{back}",
                told_contact(&contact),
                self.told_follow_up(kind, &contact)
            ));
        }
        let whom = match store.owner(kind, id)? {
            Some(pupil) => format!(": {}", self.spoken_of(pupil)?),
            None => String::new(),
        };
        let more = match kind {
            Kind::Task => store.task(TaskId(id))?.map_or_else(String::new, |task| {
                format!(", due {}", self.told_day(task.due))
            }),
            Kind::Person => match store.children_of(PersonId(id))?.len() {
                0 | 1 => String::new(),
                links => format!(", shared with {} more", links - 1),
            },
            _ => String::new(),
        };
        let noun = match kind {
            Kind::Pupil | Kind::Status | Kind::Need if !whom.is_empty() => String::new(),
            _ => format!(" {}", kind.noun()),
        };
        Ok(format!("{what}{noun}{whom} at {code}{more}{back}"))
    }

    fn told_follow_up(&self, kind: Kind, contact: &Contact) -> String {
        match contact.follow_up.filter(|_| kind == Kind::Contact) {
            Some(follow) => format!(", follow-up {}", self.told_day(follow.due)),
            None => String::new(),
        }
    }

    pub(super) fn told_day(&self, due: Option<Moment>) -> String {
        due.map_or_else(
            || "someday".to_owned(),
            |due| date::relative(due.day, self.state.today),
        )
    }

    /// `session: Lexia, held today`; of several made in one step, each run's name. Nothing of another kind.
    fn told_sessions(
        &self,
        kind: Kind,
        last: i64,
        records: usize,
    ) -> Result<Option<String>, Error> {
        if kind != Kind::Session {
            return Ok(None);
        }
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let first = last - i64::try_from(records).unwrap_or(1) + 1;
        let (mut runs, mut how) = (Vec::new(), String::new());
        for id in first..=last {
            let Some(session) = store.session(SessionId(id))? else {
                continue;
            };
            runs.extend(
                store
                    .run(session.provision)?
                    .map(|run| run.provision.title()),
            );
            let word = if session.held { "held" } else { "missed" };
            how = format!("{word} {}", date::relative(session.day, self.state.today));
        }
        let noun = if records > 1 { "sessions" } else { "session" };
        Ok(Some(format!("{noun}: {}, {how}", runs.join(", "))))
    }
}

/// `phone call: Aisha Okafor`, `meeting: 3 pupils`.
fn told_contact(contact: &Contact) -> String {
    let whom = match contact.pupils.as_slice() {
        [] => add_line::about_nobody(contact.topic),
        [only] => only.spoken_name(),
        many => format!("{} pupils", many.len()),
    };
    format!("{}: {whom}", contact.kind.title().to_lowercase())
}
