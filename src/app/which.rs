//! Which school is meant, or the user's own: asked before anything new is made from the day, and to go to one by name.

use super::action::{Action, Global};
use super::form::{About, Opening};
use super::overlay::Overlay;
use super::overlay::schools::SchoolBox;
use super::pane::Pane;
use super::pane::day::Whose;
use super::state::Tone;
use super::{App, Error};
use crate::domain::form::Kind;

impl App {
    /// Asks which school is meant; nothing is there by default.
    pub(super) fn ask_school(&mut self, then: Option<Action>) -> Result<(), Error> {
        let title = if then.is_some() {
            "At which school?"
        } else {
            "Go to a school"
        };
        // A task may be the user's own.
        let takes_own = self.state.all
            && self.own().is_some()
            && matches!(
                then,
                Some(Action::Global(Global::New | Global::Make(Kind::Task)))
            );
        let open = SchoolBox::open(&self.state.schools, title.to_owned(), then, takes_own);
        self.state.overlays.push(Overlay::Schools(open));
        // Where there is one school there is nothing to ask.
        if self.state.schools.len() == 1 && self.state.all && !takes_own {
            return self.choose_school(0);
        }
        Ok(())
    }

    /// `:school bede`: goes to the one school these letters mean, or shows which they may mean.
    pub(super) fn school_named(&mut self, typed: &str) -> Result<(), Error> {
        let title = "Go to a school".to_owned();
        let mut open = SchoolBox::open(&self.state.schools, title, None, false);
        open.query.set(typed);
        open.look();
        if let Some(Whose::School(place)) = open.current() {
            return self.switch(place);
        }
        self.state.overlays.push(Overlay::Schools(open));
        Ok(())
    }

    /// Enter in the box of schools.
    pub(super) fn take_asked_school(&mut self) -> Result<(), Error> {
        let Some(Overlay::Schools(open)) = self.state.overlays.last() else {
            return Ok(());
        };
        if let Some(whose) = open.current() {
            return self.take_whose(whose);
        }
        let text = "No school is chosen yet: press its digit, or letters of its name.";
        self.say(Tone::Note, text);
        Ok(())
    }

    /// A school was chosen, or the user's own.
    pub(super) fn take_whose(&mut self, whose: Whose) -> Result<(), Error> {
        match whose {
            Whose::School(place) => self.choose_school(place),
            Whose::Mine => self.choose_own(),
        }
    }

    /// A school was chosen: goes there and does what it was asked for. A new record is about the child of the row only
    /// where that row is of this very school.
    pub(super) fn choose_school(&mut self, place: usize) -> Result<(), Error> {
        let Some(Overlay::Schools(open)) = self.state.overlays.pop() else {
            return Ok(());
        };
        let Some(then) = open.then else {
            return self.switch(place);
        };
        let row = self.state.day.current().map(|entry| entry.whose);
        if self.state.all && row == Some(Whose::School(place)) {
            self.enter_row()?;
            return self.act(then);
        }
        self.switch(place)?;
        if self.at != place || self.state.all {
            return Ok(());
        }
        match then {
            Action::Global(Global::New) => self.new_about_nobody(Kind::Task),
            Action::Global(Global::Make(kind)) => self.new_about_nobody(kind),
            Action::Global(Global::Log(kind)) => self.log_about(kind, Vec::new()),
            Action::Global(Global::Add) => self.open_add_about(None, ""),
            Action::Global(Global::PutOn) => {
                self.show(Pane::Register)?;
                self.say(Tone::Note, "Put the cursor on a pupil, then p.");
                Ok(())
            }
            then => self.act(then),
        }
    }

    fn new_about_nobody(&mut self, kind: Kind) -> Result<(), Error> {
        self.open_form(Opening::new(kind, About::New(None)))
    }
}
