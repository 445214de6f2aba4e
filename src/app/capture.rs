//! The add line on the desk: opened, read as it is typed, saved as one step.

use super::field::Field;
use super::overlay::Overlay;
use super::overlay::add::{AddBox, MOST, Named};
use super::state::Tone;
use super::{App, Error};
use crate::domain::add_line::{self, AddLine, What};
use crate::domain::contact::Visibility;
use crate::domain::finder::Match;
use crate::domain::form::Context;
use crate::domain::id::{ContactId, PupilId, TaskId};
use crate::domain::moment::Moment;
use crate::domain::person::{self, Person};
use crate::domain::school;
use crate::domain::step;
use crate::store::{Draft, DraftOf, Mark};
use std::collections::BTreeMap;

/// The field a draft of the add line keeps the line under.
const LINE: &str = "line";
/// The field it keeps the moment under that the line was begun.
const BEGUN: &str = "begun";

impl App {
    /// Opens the add line about the child at hand, with the draft that was kept about that child; this text goes
    /// behind it.
    pub(super) fn open_add(&mut self, text: &str) -> Result<(), Error> {
        if let [only] = self.pupils_at_hand().as_slice() {
            return self.open_add_about(Some(*only), text);
        }
        let marked = self.state.overlays.is_empty() && self.targets_marked() > 1;
        self.open_add_about(None, text)?;
        if marked && self.state.flash.is_none() {
            let text = "The line is about whom it names with @, not about what is marked.";
            self.say(Tone::Note, text);
        }
        Ok(())
    }

    /// Opens the add line about a child, or about nobody in particular.
    pub(super) fn open_add_about(
        &mut self,
        about: Option<PupilId>,
        text: &str,
    ) -> Result<(), Error> {
        if self.refuses_change() {
            return Ok(());
        }
        let at_hand = match about {
            Some(pupil) => Some((pupil, self.spoken_of(pupil)?)),
            None => None,
        };
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let mut drafts = store.drafts_of(DraftOf::AddLine, "", about.map(|id| id.0), false)?;
        let chosen = self.chosen_draft.take();
        let at =
            chosen.and_then(|mark| drafts.iter().position(|one| one.mark == Some(mark.clone())));
        let draft = (!drafts.is_empty()).then(|| drafts.swap_remove(at.unwrap_or_default()));
        let kept = |name| draft.as_ref().and_then(|draft| draft.texts.get(name));
        let begun = kept(BEGUN).and_then(|text| Moment::from_stored(text));
        let mark = draft.as_ref().and_then(|draft| draft.mark.clone());
        let draft = kept(LINE).cloned();
        let mut input = Field::default().taking(MOST);
        let both: Vec<&str> = draft.as_deref().into_iter().chain([text]).collect();
        let line = both.join(" ");
        if !line.trim().is_empty() && !input.paste(&line) {
            self.say(
                Tone::Fault,
                "That paste is too long for one line: nothing was taken.",
            );
            return Ok(());
        }
        let read = add_line::parse("", &self.context());
        self.state.overlays.push(Overlay::Add(Box::new(AddBox {
            input,
            begun: begun.filter(|begun| begun.day <= self.state.today),
            read,
            who: Vec::new(),
            at_hand,
            about: None,
            nobody: None,
            sees: None,
            with: None,
            chips: Vec::new(),
            advice: None,
            fault: None,
            dirty: !text.is_empty(),
            from_draft: draft.is_some(),
            mark,
        })));
        self.tell_others(drafts.len());
        self.read_add()
    }

    /// What an add line is read against: the moment it was begun, whenever it is finished.
    fn context_of_add(&self) -> Context {
        let context = self.context();
        match self.state.overlays.last() {
            Some(Overlay::Add(open)) => match open.begun {
                Some(begun) => Context {
                    today: begun.day,
                    time: begun.time,
                    ..context
                },
                None => context,
            },
            _ => context,
        }
    }

    /// Reads the line again after a key. It is begun with its first letter, and anew once it has been emptied.
    pub(super) fn read_add(&mut self) -> Result<(), Error> {
        let (now, today) = (self.context().now(), self.state.today);
        if let Some(Overlay::Add(open)) = self.state.overlays.last_mut() {
            let is_empty = open.input.text().trim().is_empty();
            open.begun = if is_empty {
                None
            } else {
                open.begun.or(Some(now))
            };
        }
        let context = self.context_of_add();
        let Some(Overlay::Add(open)) = self.state.overlays.last() else {
            return Ok(());
        };
        let read = add_line::parse(open.input.text(), &context);
        let who = self.named(&read)?;
        let (with, sees) = self.with_whom(&read, &who)?;
        if let Some(Overlay::Add(open)) = self.state.overlays.last_mut() {
            open.chips = add_line::chips(&read, context.now(), today);
            open.advice = add_line::advice(&read, open.input.text(), &context);
            let is_open = matches!(read.what, What::Contact(_)) && read.who.is_empty();
            open.about = open.at_hand.clone().filter(|_| is_open && !read.nobody);
            let nobody = is_open && open.about.is_none();
            open.nobody = nobody.then(|| add_line::about_nobody(read.topic));
            open.sees = sees;
            open.read = read;
            open.who = who;
            open.with = with;
            open.fault = None;
        }
        Ok(())
    }

    /// With whom the line is, as it will be saved: somebody around the children it names, or the one at hand; and who may
    /// see an entry then.
    fn with_whom(
        &self,
        read: &AddLine,
        who: &[Named],
    ) -> Result<(Option<String>, Option<Visibility>), Error> {
        let kind = match read.what {
            What::Contact(kind) => Some(kind),
            What::Task => None,
        };
        let words = read.with.as_deref().unwrap_or_default();
        let sees = |people: &[Person]| kind.map(|kind| Visibility::by_default(kind, words, people));
        let mut pupils: Vec<PupilId> = Vec::new();
        for named in who {
            match named.means {
                Match::One(id) => pupils.push(id),
                // Whose mum it is nobody knows yet.
                Match::Several(_) | Match::None => return Ok((read.with.clone(), sees(&[]))),
            }
        }
        if let (true, Some(Overlay::Add(open))) =
            (who.is_empty() && !read.nobody, self.state.overlays.last())
        {
            pupils.extend(open.at_hand.as_ref().map(|(id, _)| *id));
        }
        if pupils.is_empty() {
            let internal = kind.map(|_| Visibility::Internal);
            return Ok((read.with.clone(), internal));
        }
        let people = self.people_around(&pupils)?;
        let with = match person::meant(&people, words) {
            _ if words.is_empty() => None,
            Some(person) => Some(person.spoken()),
            None => Some(format!("{words}, nobody on file")),
        };
        Ok((with, sees(&people)))
    }

    /// Tab on the add line: the better day that is offered takes the place of the one that is typed.
    pub(super) fn take_better_day(&mut self) -> Result<(), Error> {
        let Some(Overlay::Add(open)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        let instead = open.advice.as_ref();
        let Some(line) = instead.and_then(|advice| advice.instead.clone()) else {
            return Ok(());
        };
        open.input.set(&line);
        self.typed()
    }

    /// Whom the `@`s of a line mean.
    fn named(&self, read: &AddLine) -> Result<Vec<Named>, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let index = &self.state.register.index;
        let mut who = Vec::with_capacity(read.who.len());
        for typed in &read.who {
            let means = index.meant(typed);
            let ids = match &means {
                Match::One(id) => vec![*id],
                Match::Several(ids) => ids.clone(),
                Match::None => Vec::new(),
            };
            let lines = store.lines(&ids)?;
            who.push(Named {
                typed: typed.clone(),
                names: lines.iter().map(super::edit::spoken).collect(),
                left: matches!(lines.as_slice(), [only] if only.pupil.is_leaver(self.state.today)),
                means,
            });
        }
        Ok(who)
    }

    /// Enter on the add line: saves it, or says why not.
    pub(super) fn take_add(&mut self) -> Result<(), Error> {
        let to_day = self.key_to("global.all-schools");
        let Some(Overlay::Add(open)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        if open.input.text().trim().is_empty() {
            return self.drop_add();
        }
        let mut pupils: Vec<PupilId> = Vec::new();
        let mut fault = None;
        for named in &open.who {
            match &named.means {
                Match::One(id) => pupils.push(*id),
                Match::Several(_) => {
                    let choices: Vec<String> = named
                        .names
                        .iter()
                        .enumerate()
                        .map(|(n, name)| format!("{} {name}", n + 1))
                        .collect();
                    fault = Some(format!(
                        "\"@{}\" may be {}: put the digit behind the letters, such as @{}2.",
                        named.typed,
                        choices.join(", "),
                        named.typed
                    ));
                    break;
                }
                Match::None => {
                    fault = Some(format!(
                        "Nobody here matches \"@{}\". Nothing was saved; the line is kept.",
                        named.typed
                    ));
                    break;
                }
            }
        }
        if let Some(code) = &open.read.school
            && !code.eq_ignore_ascii_case(&self.state.school.code)
        {
            fault = Some(elsewhere(code, &to_day));
        }
        // A line that names nobody is about the child under the cursor, and without one about nobody, as its chip says.
        let about = open.about.as_ref().map(|(id, _)| *id);
        if fault.is_some() {
            open.fault = fault;
            open.dirty = true;
            return self.keep_draft();
        }
        let (read, mark) = (open.read.clone(), open.mark.clone());
        self.save_add(&read, &pupils, about, mark.as_ref())
    }

    fn save_add(
        &mut self,
        read: &AddLine,
        who: &[PupilId],
        about: Option<PupilId>,
        mark: Option<&Mark>,
    ) -> Result<(), Error> {
        let pupils: Vec<PupilId> = if who.is_empty() {
            about.into_iter().collect()
        } else {
            who.to_vec()
        };
        let context = Context {
            people: self.people_around(&pupils)?,
            ..self.context_of_add()
        };
        let entry = match add_line::entry(read, who, about, &context) {
            Ok(entry) => entry,
            Err(faults) => {
                let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
                return self.refuse_add(faults.join(" "));
            }
        };
        let label = step::added(
            entry.kind,
            entry.pupils.first().copied(),
            entry.pupils.len(),
        );
        let outcome = self.store_mut()?.step(&label, |writer| {
            writer.drop_draft(mark)?;
            writer.capture(&entry)
        });
        match outcome {
            Ok(made) => {
                self.state.overlays.pop();
                let about = super::form::About::New(pupils.first().copied());
                let first = made.first().copied().unwrap_or_default();
                self.saved(entry.kind, about, first, made.len())
            }
            Err(error) => self.refuse_add(error.to_string()),
        }
    }

    /// Says why the line was not saved; it is kept.
    fn refuse_add(&mut self, why: String) -> Result<(), Error> {
        if let Some(Overlay::Add(open)) = self.state.overlays.last_mut() {
            open.fault = Some(why);
            open.dirty = true;
        }
        self.keep_draft()
    }

    /// Esc: the line is kept as a draft.
    pub(super) fn leave_add(&mut self) -> Result<(), Error> {
        let Some(Overlay::Add(open)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        let kept_about = open.kept_about();
        if open.input.text().trim().is_empty() {
            return self.drop_add();
        }
        open.dirty = true;
        self.leave_draft()?;
        let beside = self.is_kept_beside();
        self.state.overlays.pop();
        let text = match kept_about {
            _ if beside => super::edit::KEPT_BESIDE,
            Some(_) => "The line is kept: a brings it back, about the same child.",
            None => "The line is kept: a brings it back.",
        };
        self.say(Tone::Note, text);
        Ok(())
    }

    /// Closes an empty line, whose draft goes with it.
    fn drop_add(&mut self) -> Result<(), Error> {
        match self.state.overlays.pop() {
            Some(Overlay::Add(open)) => self.drop_draft(false, open.mark),
            _ => Ok(()),
        }
    }

    /// The draft of an open add line.
    pub(super) fn add_draft(open: &AddBox) -> Draft {
        let mut texts = BTreeMap::from([(LINE.to_owned(), open.input.text().to_owned())]);
        texts.extend(
            open.begun
                .map(|begun| (BEGUN.to_owned(), begun.to_stored())),
        );
        Draft {
            kind: DraftOf::AddLine,
            variant: String::new(),
            about: open.kept_about(),
            editing: false,
            texts,
            mark: open.mark.clone(),
        }
    }

    /// Shows where a saved record is now, in the pane it belongs to when that pane is in front.
    pub(super) fn show_saved(
        &mut self,
        kind: crate::domain::form::Kind,
        id: i64,
    ) -> Result<(), Error> {
        use super::pane::Pane;
        use crate::domain::form::Kind;
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        match (kind, self.state.pane) {
            (Kind::Task, _) if self.state.shows(Pane::Tasks) => {
                self.state.tasks.go(TaskId(id));
            }
            (Kind::Contact, _) if self.state.shows(Pane::Diary) => {
                self.state.diary.go(ContactId(id));
            }
            (Kind::Pupil | Kind::Status | Kind::Need | Kind::Person, Pane::Register) => {
                if let Some(pupil) = store.owner(kind, id)? {
                    self.state.register.reveal(store, self.state.today, pupil)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Why a line with this school's code is not taken here; the key leads to the day across schools.
fn elsewhere(code: &str, to_day: &str) -> String {
    if code.eq_ignore_ascii_case(school::OWN) {
        return format!(
            "A task of your own is added on the day across schools ({to_day}). Nothing was saved; the line is kept."
        );
    }
    format!("^{code} is another school: open it first. Nothing was saved; the line is kept.")
}
