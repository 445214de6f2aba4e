//! A meeting: one child's record alone on the screen, for parents or a colleague who look on. Lists, the finder, other
//! children and other schools are out of reach until it is ended by the way back pressed twice.

use super::action::{Action, Global, List};
use super::overlay::Overlay;
use super::state::{Meeting, State, Tone};
use super::{App, Error};
use crate::domain::id::PupilId;
use crate::domain::veil::Veil;

/// True for what may be done during a meeting: to read on, to log what is said, to lock, to end it.
fn allows(state: &State, action: Action) -> bool {
    let on_record = matches!(state.overlays.last(), Some(Overlay::Record(_)) | None);
    match action {
        Action::Global(act) => {
            matches!(
                act,
                Global::Back
                    | Global::Lock
                    | Global::Suspend
                    | Global::Help
                    | Global::Menu
                    | Global::Palette
                    | Global::Log(_)
            ) || act == Global::Close && !on_record
        }
        Action::List(by) => !on_record || by != List::Open,
        Action::Form(_) | Action::Field(_) | Action::Picker(_) => !on_record,
        _ => false,
    }
}

/// True for what a meeting keeps from being done.
pub fn bars(state: &State, action: Action) -> bool {
    state.meeting.is_some() && !allows(state, action)
}

impl App {
    /// `:meeting okafor`: shows that child alone; without words the one under the cursor.
    pub(super) fn meet(&mut self, typed: &str) -> Result<(), Error> {
        if self.state.all || self.store.is_none() {
            self.say(
                Tone::Note,
                "A meeting is about a child of one school: go to it first.",
            );
            return Ok(());
        }
        let Some(pupil) = self.who_is_met(typed) else {
            return Ok(());
        };
        self.leave_all()?;
        self.state.meeting = Some(Meeting {
            pupil,
            hidden: self.state.veil.is_some(),
            ending: false,
        });
        self.show_met(pupil)
    }

    fn show_met(&mut self, pupil: PupilId) -> Result<(), Error> {
        // Everybody else is hidden before anything of the child is shown.
        self.read_veil()?;
        self.open_record(pupil)?;
        if !matches!(self.state.overlays.last(), Some(Overlay::Record(_))) {
            return self.meeting_lost();
        }
        let key = self.key_to("global.back");
        let text =
            format!("One child is shown, without what is internal. {key} {key} ends the meeting.");
        self.say(Tone::Note, text);
        Ok(())
    }

    /// After the lock: the meeting goes on where it was.
    pub(super) fn meet_again(&mut self) -> Result<(), Error> {
        let Some(meeting) = self.state.meeting else {
            return Ok(());
        };
        let shows = |overlay: &Overlay| matches!(overlay, Overlay::Record(view) if view.record.pupil.id == meeting.pupil);
        if self.state.overlays.first().is_some_and(shows) {
            return Ok(());
        }
        self.state.overlays.clear();
        self.show_met(meeting.pupil)
    }

    /// The one child that letters name; what they do not tell is said.
    fn who_is_met(&mut self, typed: &str) -> Option<PupilId> {
        if typed.is_empty() {
            let pupil = self.pupil_at_hand();
            if pupil.is_none() {
                self.say(
                    Tone::Note,
                    "Say whom: meeting and a name, such as meeting okafor.",
                );
            }
            return pupil;
        }
        let index = &self.state.register.index;
        let found = index.find(typed, 2);
        match found.as_slice() {
            [one] => index.entries().get(*one).map(|entry| entry.id),
            [] => {
                self.say(Tone::Fault, "No child is called like that here.");
                None
            }
            _ => {
                self.say(
                    Tone::Note,
                    "Several children are called like that: type more of the name.",
                );
                None
            }
        }
    }

    /// All the names but those of the child, the people around it and the staff.
    pub(super) fn but_for(&self, veil: Veil, pupil: PupilId) -> Result<Veil, Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        let Some(record) = store.record(pupil)? else {
            return Ok(veil.for_meeting([""; 4], []));
        };
        let child = record.pupil;
        let people = store.people_of(pupil)?;
        let told = people.iter().filter(|person| person.share != Some(false));
        let staff = store.known()?.staff;
        let others = told.map(|person| person.name.as_str());
        let others = others.chain(staff.iter().map(|(_, name)| name.as_str()));
        let names = [
            child.known_as(),
            &child.surname,
            &child.forename,
            child.middle_names.as_deref().unwrap_or_default(),
        ];
        Ok(veil.for_meeting(names, others))
    }

    /// What takes the same key twice in a row begins anew: to quit, and to end a meeting. Gives what was begun.
    pub(super) fn begins_anew(&mut self) -> (bool, bool) {
        let meeting = self.state.meeting.as_mut();
        let ending = meeting.is_some_and(|meeting| std::mem::take(&mut meeting.ending));
        (std::mem::take(&mut self.quitting), ending)
    }

    /// The key is one more of those.
    pub(super) fn goes_on_from(&mut self, (quitting, ending): (bool, bool)) {
        self.quitting = quitting;
        if let Some(meeting) = &mut self.state.meeting {
            meeting.ending = ending;
        }
    }

    /// As [`Self::is_barred`], of a command that was chosen by its name: that never ends a meeting, the key alone does.
    pub(super) fn is_barred_by_name(&mut self, action: Action) -> Result<bool, Error> {
        let barred = self.is_barred(action)?;
        self.begins_anew();
        Ok(barred)
    }

    /// True, and said, for what cannot be done during a meeting. The way back alone ends it, at the second press.
    pub(super) fn is_barred(&mut self, action: Action) -> Result<bool, Error> {
        let Some(mut meeting) = self.state.meeting else {
            return Ok(false);
        };
        let on_record = matches!(self.state.overlays.last(), Some(Overlay::Record(_)) | None);
        if on_record && action == Action::Global(Global::Back) {
            if meeting.ending {
                self.end_meeting(meeting)?;
            } else {
                meeting.ending = true;
                self.state.meeting = Some(meeting);
                let key = self.key_to("global.back");
                self.say(Tone::Note, format!("{key} again ends the meeting."));
            }
            return Ok(true);
        }
        meeting.ending = false;
        self.state.meeting = Some(meeting);
        if allows(&self.state, action) {
            return Ok(false);
        }
        let key = self.key_to("global.back");
        let text = format!("Not during a meeting: one child alone is shown. {key} {key} ends it.");
        self.say(Tone::Note, text);
        Ok(true)
    }

    /// The child is on file no more: the lists that come to sight name nobody.
    pub(super) fn meeting_lost(&mut self) -> Result<(), Error> {
        if self.state.meeting.take().is_some() {
            self.read_veil()?;
            self.say(
                Tone::Note,
                "The child of the meeting is no longer on file: it is over, and names are hidden.",
            );
        }
        Ok(())
    }

    fn end_meeting(&mut self, meeting: Meeting) -> Result<(), Error> {
        self.state.meeting = None;
        self.state.veil = None;
        if meeting.hidden {
            self.read_veil()?;
        }
        self.say(
            Tone::Note,
            if meeting.hidden {
                "The meeting is over; names are hidden still."
            } else {
                "The meeting is over: everybody is shown again."
            },
        );
        Ok(())
    }
}
