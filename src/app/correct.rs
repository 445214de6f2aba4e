//! Putting right what was entered: a row, a cell, an amendment, a strike, the bin. Evidence is never overwritten.

use super::form::{About, Opening};
use super::overlay::{Overlay, record};
use super::pane::Pane;
use super::pane::diary::Diary;
use super::pane::register::Register;
use super::pane::tasks::Tasks;
use super::state::Tone;
use super::{App, Error};
use crate::domain::contact::Locked;
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, PersonId, ProvisionId};
use crate::domain::step;

impl App {
    /// To the bin: tasks, and entries that are not evidence yet.
    pub(super) fn bin(&mut self) -> Result<(), Error> {
        if self.refuses_change() {
            return Ok(());
        }
        let targets = self.targets();
        if let [(kind @ (Kind::Need | Kind::Status | Kind::Person), id)] = targets.as_slice() {
            return self.take_out(*kind, *id);
        }
        let mut rows = targets.clone();
        rows.retain(|(kind, _)| {
            matches!(
                kind,
                Kind::Contact | Kind::Task | Kind::Provision | Kind::Member
            )
        });
        if rows.is_empty() {
            self.says_no_bin(targets.first().map(|(kind, _)| *kind));
            return Ok(());
        }
        match (rows.len(), self.evidence_among(&rows)?.as_slice()) {
            (_, []) => self.bin_rows(&rows),
            (1, [(contact, why)]) => {
                self.add_to_entry(Kind::Strike, *contact)?;
                let text = match why {
                    Locked::ByAge => format!(
                        "{contact} is older than 15 minutes and stays on record: this strikes it, with a reason."
                    ),
                    Locked::ByClock => format!(
                        "{}: it stays on record, and this strikes it.",
                        why.reason(&contact.to_string())
                    ),
                };
                self.say(Tone::Note, text);
                Ok(())
            }
            (_, evidence) => {
                let by_age = evidence.iter().all(|(_, why)| *why == Locked::ByAge);
                let are = match (evidence.len(), by_age) {
                    (1, true) => "is older than 15 minutes and stays",
                    (1, false) => "is evidence, for the clock was set back, and stays",
                    (_, true) => "are older than 15 minutes and stay",
                    (_, false) => {
                        "are evidence, by age or because the clock was set back, and stay"
                    }
                };
                let text = format!(
                    "{} of these {are} on record: strike them one by one. Nothing went to the bin.",
                    evidence.len()
                );
                self.say(Tone::Note, text);
                Ok(())
            }
        }
    }

    /// Takes what was entered by mistake off a child's record; undo brings it back.
    pub(super) fn take_out(&mut self, kind: Kind, id: i64) -> Result<(), Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let called = store.called(kind, id)?;
        let others = match kind {
            Kind::Person => store.children_of(PersonId(id))?.len().saturating_sub(1),
            _ => 0,
        };
        let label = step::removed(kind, id);
        self.store_mut()?
            .step(&label, |writer| writer.remove(kind, id))?;
        self.reload(false)?;
        let what = called.map_or_else(|| kind.noun().to_owned(), |one| one.text(kind));
        let more = match others {
            0 => String::new(),
            1 => ", still with 1 other child".to_owned(),
            many => format!(", still with {many} other children"),
        };
        let (code, back) = (&self.state.school.code, self.way_back(false));
        let text = format!("Taken out: {what} at {code}{more}{back}");
        self.say(Tone::Done, text);
        Ok(())
    }

    fn says_no_bin(&mut self, kind: Option<Kind>) {
        let text = match kind {
            Some(Kind::Pupil) => "A pupil is never binned: e sets the day the child left.",
            Some(_) => "The bin takes tasks and fresh diary entries.",
            None => "There is no row under the cursor.",
        };
        self.say(Tone::Note, text);
    }

    /// The entries of these that may only be amended or struck, and why.
    fn evidence_among(&self, rows: &[(Kind, i64)]) -> Result<Vec<(ContactId, Locked)>, Error> {
        let mut evidence = Vec::new();
        for (_, id) in rows.iter().filter(|(kind, _)| *kind == Kind::Contact) {
            let id = ContactId(*id);
            evidence.extend(self.locked(id)?.map(|why| (id, why)));
        }
        Ok(evidence)
    }

    fn locked(&self, id: ContactId) -> Result<Option<Locked>, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        Ok(match store.contact(id)? {
            Some(contact) => store.locked(&contact)?,
            None => None,
        })
    }

    pub(super) fn bin_rows(&mut self, rows: &[(Kind, i64)]) -> Result<(), Error> {
        let Some((first, _)) = rows.first().copied() else {
            return Ok(());
        };
        // All rows of a pane are of one kind.
        let ids: Vec<i64> = rows.iter().map(|(_, id)| *id).collect();
        let what = self.told_rows(rows)?;
        self.store_mut()?
            .step(&step::binned(first, &ids), |writer| {
                rows.iter()
                    .try_for_each(|(kind, id)| writer.bin(*kind, *id))
            })?;
        self.clear_marks();
        self.reload(false)?;
        let (code, back) = (&self.state.school.code, self.way_back(false));
        let text = format!("To the bin: {what} at {code}{back}   g b bin");
        self.say(Tone::Done, text);
        Ok(())
    }

    /// What rows are, for a message: of a run its name and what goes with it, of others whose they are.
    pub(super) fn told_rows(&self, rows: &[(Kind, i64)]) -> Result<String, Error> {
        const NAMED: usize = 3;
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let mut told = Vec::new();
        for (kind, id) in rows.iter().take(NAMED) {
            let words = self.state.veil.is_none();
            let called = store.called(*kind, *id)?.filter(|_| words);
            let what = called.map_or_else(|| kind.noun().to_owned(), |one| one.text(*kind));
            let run = match kind {
                Kind::Provision => store.run(ProvisionId(*id))?,
                _ => None,
            };
            told.push(match run {
                Some(run) => format!(
                    "{what} with {} and {}",
                    counted(run.members.len(), "place"),
                    counted(run.sessions.len(), "session")
                ),
                None => what,
            });
        }
        let more = rows.len().saturating_sub(NAMED);
        let noun = match rows.first() {
            Some((kind, _)) if rows.len() > 1 => format!("{} {}: ", rows.len(), kind.plural()),
            _ => String::new(),
        };
        let mut text = format!("{noun}{}", told.join(", "));
        if more > 0 {
            text = format!("{text} and {more} more");
        }
        Ok(text)
    }

    pub(super) fn on_entry(&mut self, kind: Kind) -> Result<(), Error> {
        if let [(Kind::Contact, id)] = self.targets().as_slice() {
            return self.add_to_entry(kind, ContactId(*id));
        }
        if !self.refuses_several("works on") {
            self.say(
                Tone::Note,
                "That works on one diary entry: 3 shows the diary.",
            );
        }
        Ok(())
    }

    /// Opens the form of the row under the cursor, or of one field of it. Evidence is amended instead.
    pub(super) fn edit_row(&mut self, only: Option<&'static str>) -> Result<(), Error> {
        let targets = self.targets();
        let (kind, id) = match targets.as_slice() {
            [] => {
                self.needs_row();
                return Ok(());
            }
            [one] => *one,
            _ => {
                self.refuses_several("edits");
                return Ok(());
            }
        };
        if kind == Kind::Contact
            && let Some(why) = self.locked(ContactId(id))?
        {
            self.add_to_entry(Kind::Amendment, ContactId(id))?;
            let what = match why {
                Locked::ByAge => format!("c{id} is older than 15 minutes"),
                Locked::ByClock => why.reason(&format!("c{id}")),
            };
            let text = format!("{what}: this adds an amendment, the first text stays.");
            self.say(Tone::Note, text);
            return Ok(());
        }
        let mut opening = Opening::new(kind, About::On(id));
        opening.only = only;
        self.open_form(opening)
    }

    pub(super) fn edit_cell(&mut self) -> Result<(), Error> {
        if let Some(Overlay::Record(view)) = self.state.overlays.last() {
            let begin = match view.items.get(view.list.cursor().unwrap_or_default()) {
                Some(record::Item::Pupil) | None => "class",
                Some(_) => view.current().0.def().begin,
            };
            return self.edit_row(Some(begin));
        }
        let field = match self.state.pane {
            Pane::Register => Register::CELLS.get(self.state.register.cell),
            Pane::Diary => Diary::CELLS.get(self.state.diary.cell),
            Pane::Tasks => Tasks::CELLS.get(self.state.tasks.cell),
            Pane::Provision => match self.targets().first() {
                Some((Kind::Member, _)) => Some(&"to"),
                _ => Some(&"ends"),
            },
        };
        self.edit_row(field.copied())
    }

    pub(super) fn move_cell(&mut self, right: bool) {
        let (cell, count) = match self.state.pane {
            Pane::Register => (&mut self.state.register.cell, Register::CELLS.len()),
            Pane::Diary => (&mut self.state.diary.cell, Diary::CELLS.len()),
            Pane::Tasks => (&mut self.state.tasks.cell, Tasks::CELLS.len()),
            // Its one cell is the last day.
            Pane::Provision => return,
        };
        *cell = if right {
            (*cell + 1).min(count - 1)
        } else {
            cell.saturating_sub(1)
        };
    }
}

/// `1 session`, `3 sessions`.
fn counted(count: usize, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{s}")
}
