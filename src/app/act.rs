//! One action at a time: each is handed to the layer or pane it is for.

use super::action::{Action, Form, Global, List, Picker, Plan, Record, Register};
use super::form::About;
use super::overlay::chooser::{Chooser, Purpose};
use super::overlay::finder::Finder;
use super::overlay::{Note, Overlay, PathBox, record};
use super::pane::Pane;
use super::state::Tone;
use super::{App, Error, scope};
use crate::domain::form::Kind;
use crate::domain::id::PupilId;

impl App {
    /// Does one thing.
    pub(super) fn act(&mut self, action: Action) -> Result<(), Error> {
        if !matches!(action, Action::Global(Global::Close | Global::Quit)) {
            self.quitting = false;
        }
        match action {
            Action::Global(act) => self.global(act),
            Action::List(by) => self.list(by),
            Action::Register(act) => self.register(act),
            Action::Record(Record::Edit) => self.edit_in_record(),
            Action::Form(act) => self.form(act),
            Action::Picker(act) => self.picker(act),
            Action::Plan(act) => self.plan(act),
            Action::Field(edit) => {
                if let Some(field) = self.typed_field() {
                    field.edit(edit);
                }
                self.typed()
            }
        }
    }

    fn global(&mut self, act: Global) -> Result<(), Error> {
        match act {
            Global::Show(pane) => self.show(pane),
            Global::Find => {
                self.state.overlays.push(Overlay::Finder(Finder::default()));
                Ok(())
            }
            Global::Palette => {
                self.choose(Purpose::Palette);
                Ok(())
            }
            Global::Help => {
                self.choose(Purpose::Help);
                Ok(())
            }
            Global::Menu => {
                self.choose(Purpose::Menu);
                Ok(())
            }
            Global::Back => self.back(),
            Global::Close => {
                self.close();
                Ok(())
            }
            Global::Quit => {
                self.keep_draft()?;
                self.ended = true;
                Ok(())
            }
            Global::Lock => {
                self.lock();
                Ok(())
            }
            Global::Undo => self.undo(false),
            Global::Redo => self.undo(true),
            Global::Refresh => self.reload(true),
            Global::New => self.open_form(Kind::Pupil, About::New(None), Vec::new()),
            Global::Import => {
                if self.state.school.read_only {
                    self.say(
                        Tone::Fault,
                        "This school's file can only be read here: nothing can be brought in.",
                    );
                } else {
                    self.state.overlays.push(Overlay::Path(PathBox::default()));
                }
                Ok(())
            }
            Global::NextTheme => self.next_theme(),
            Global::Paths => {
                let lines = self.setup.paths.clone();
                self.state.overlays.push(Overlay::Note(Note {
                    title: "Where everything is kept".to_owned(),
                    lines,
                }));
                Ok(())
            }
        }
    }

    fn show(&mut self, pane: Pane) -> Result<(), Error> {
        self.state.overlays.clear();
        self.state.pane = pane;
        self.reload(true)
    }

    fn choose(&mut self, purpose: Purpose) {
        let scopes = scope::scopes(&self.state);
        let has_pupil = self.pupil_at_hand().is_some();
        self.state
            .overlays
            .push(Overlay::Chooser(Chooser::open(purpose, &scopes, has_pupil)));
    }

    /// The pupil verbs apply to: of the open record, or under the cursor.
    pub(super) fn pupil_at_hand(&self) -> Option<PupilId> {
        let record = self
            .state
            .overlays
            .iter()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Record(view) => Some(view.record.pupil.id),
                _ => None,
            });
        record.or_else(|| {
            if self.state.pane == Pane::Register {
                self.state.register.current()
            } else {
                None
            }
        })
    }

    /// One level out: closes the top layer, then clears marks, the filter, the worklist.
    fn back(&mut self) -> Result<(), Error> {
        if self.state.overlays.pop().is_some() {
            return Ok(());
        }
        let register = &mut self.state.register;
        if !register.marks.is_empty() || register.marks.anchor.is_some() {
            register.marks.clear();
        } else if !register.filter.is_empty() {
            register.clear_filter();
        } else if register.worklist.take().is_some() {
            return self.reload(true);
        }
        Ok(())
    }

    fn close(&mut self) {
        if self.state.overlays.pop().is_some() {
            return;
        }
        if std::mem::take(&mut self.quitting) {
            self.ended = true;
        } else {
            self.quitting = true;
            self.say(Tone::Note, "q again quits. Nothing is unsaved.");
        }
    }

    fn list(&mut self, by: List) -> Result<(), Error> {
        match self.state.overlays.last_mut() {
            Some(Overlay::Plan(view)) => view.list.step(by),
            Some(Overlay::Record(view)) => {
                if by == List::Open {
                    return self.edit_in_record();
                }
                view.list.step(by);
            }
            Some(_) => {}
            None => match by {
                List::Open => {
                    if let Some(id) = self.state.register.current() {
                        return self.open_record(id);
                    }
                }
                List::PeekDown => self.state.register.peek_top += 1,
                List::PeekUp => {
                    self.state.register.peek_top = self.state.register.peek_top.saturating_sub(1);
                }
                _ => self.state.register.list.step(by),
            },
        }
        Ok(())
    }

    /// Opens a pupil's record and puts the register's cursor there.
    pub(super) fn open_record(&mut self, id: PupilId) -> Result<(), Error> {
        let store = self.store.as_ref().ok_or(Error::NoSchool)?;
        self.state.pane = Pane::Register;
        self.state.register.reveal(store, self.state.today, id)?;
        match record::View::open(store, id, self.state.today)? {
            Some(view) => {
                self.state
                    .overlays
                    .retain(|overlay| !matches!(overlay, Overlay::Record(_)));
                self.state.overlays.push(Overlay::Record(view));
            }
            None => self.say(Tone::Note, format!("{id} is not on file any more.")),
        }
        Ok(())
    }

    fn edit_in_record(&mut self) -> Result<(), Error> {
        let Some(Overlay::Record(view)) = self.state.overlays.last() else {
            return Ok(());
        };
        let (kind, id) = view.current();
        self.open_form(kind, About::On(id), Vec::new())
    }

    fn register(&mut self, act: Register) -> Result<(), Error> {
        match act {
            Register::Filter => {
                self.state.register.begin_filter();
                Ok(())
            }
            Register::Worklist(worklist) => {
                let register = &mut self.state.register;
                let again = register.worklist == Some(worklist);
                register.worklist = if again { None } else { Some(worklist) };
                self.reload(true)
            }
            Register::Order(order) => {
                self.state.register.order = order;
                self.state.register.reversed = false;
                self.reload(true)
            }
            Register::Reverse => {
                self.state.register.reversed = !self.state.register.reversed;
                self.reload(true)
            }
            Register::Mark | Register::Range | Register::MarkAll => {
                self.state.register.mark(act);
                Ok(())
            }
            Register::Edit => match (
                self.state.register.current(),
                self.state.register.marks.len(),
            ) {
                (_, marked) if marked > 1 => {
                    self.say(
                        Tone::Note,
                        format!("{marked} are marked and e edits one. Esc clears the marks."),
                    );
                    Ok(())
                }
                (Some(_), _) => {
                    let id = self.state.register.chosen()[0];
                    self.open_form(Kind::Pupil, About::On(id.0), Vec::new())
                }
                (None, _) => {
                    self.needs_pupil();
                    Ok(())
                }
            },
            Register::Happened(kind) => self.happened(kind),
        }
    }

    fn happened(&mut self, kind: Kind) -> Result<(), Error> {
        let pupils = match self.state.overlays.last() {
            Some(Overlay::Record(view)) => vec![view.record.pupil.id],
            _ => self.state.register.chosen(),
        };
        let Some(first) = pupils.first().copied() else {
            self.needs_pupil();
            return Ok(());
        };
        self.open_form(kind, About::New(Some(first)), pupils)
    }

    fn needs_pupil(&mut self) {
        let text = if self.state.register.filter.is_empty() {
            "That needs a pupil under the cursor. n adds one."
        } else {
            "The filter shows nobody. Esc clears it."
        };
        self.say(Tone::Note, text);
    }

    fn picker(&mut self, act: Picker) -> Result<(), Error> {
        match self.state.overlays.last_mut() {
            Some(Overlay::Finder(finder)) => match act {
                Picker::Down | Picker::Up => finder.step(act == Picker::Down),
                Picker::Take => return self.take_found(),
                Picker::Leave => drop(self.state.overlays.pop()),
                Picker::Complete => {}
            },
            Some(Overlay::Chooser(chooser)) => match act {
                Picker::Down => chooser.list.step(List::Down),
                Picker::Up => chooser.list.step(List::Up),
                Picker::Take => return self.run_chosen(),
                Picker::Leave => drop(self.state.overlays.pop()),
                Picker::Complete => {}
            },
            Some(Overlay::Path(_)) => return self.path_key(act),
            _ => self.filter_key(act),
        }
        Ok(())
    }

    /// Keys while the filter is typed: Enter keeps it, Esc clears it, arrows move in the list.
    fn filter_key(&mut self, act: Picker) {
        let register = &mut self.state.register;
        match act {
            Picker::Take | Picker::Complete => register.filtering = false,
            Picker::Down => register.list.step(List::Down),
            Picker::Up => register.list.step(List::Up),
            Picker::Leave => {
                register.filtering = false;
                register.clear_filter();
            }
        }
    }

    fn take_found(&mut self) -> Result<(), Error> {
        let Some(Overlay::Finder(finder)) = self.state.overlays.last() else {
            return Ok(());
        };
        let typed = crate::domain::text::clean(finder.query.text());
        let found = finder.current();
        self.state.overlays.pop();
        match found {
            Some(id) => self.open_record(id),
            None if typed.is_empty() => Ok(()),
            None => {
                self.open_form(Kind::Pupil, About::New(None), Vec::new())?;
                self.fill_name(&typed);
                Ok(())
            }
        }
    }

    /// Runs the command under the palette's cursor and says its keys for the next time.
    fn run_chosen(&mut self) -> Result<(), Error> {
        let Some(Overlay::Chooser(chooser)) = self.state.overlays.last() else {
            return Ok(());
        };
        let Some(row) = chooser.current() else {
            return Ok(());
        };
        if let Some(unfit) = row.unfit {
            self.say(Tone::Note, format!("{}: {unfit}.", row.command.title));
            return Ok(());
        }
        self.state.overlays.pop();
        self.act(row.command.action)?;
        let keys = self.setup.keymap.keys_of(row.command);
        if let (Some(keys), None, true) = (keys.first(), &self.state.flash, self.state.is_open()) {
            self.say(Tone::Note, format!("Next time: {keys}"));
        }
        Ok(())
    }

    fn form(&mut self, act: Form) -> Result<(), Error> {
        let context = self.context();
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        match act {
            Form::Save => return self.save_form(),
            Form::Next | Form::Previous => form.move_focus(act == Form::Next),
            Form::ValueUp => form.change_value(-1, context),
            Form::ValueDown => form.change_value(1, context),
            Form::ValueFarUp => form.change_value(-7, context),
            Form::ValueFarDown => form.change_value(7, context),
            Form::Leave => return self.leave_form(),
            Form::Afresh => return self.start_afresh(),
        }
        Ok(())
    }

    fn plan(&mut self, act: Plan) -> Result<(), Error> {
        let Some(Overlay::Plan(view)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        if view.applying {
            return Ok(());
        }
        match act {
            Plan::Apply => return self.apply_plan(),
            Plan::Tick => view.tick(),
            Plan::TickLeavers => view.tick_leavers(),
            Plan::Leave => {
                self.state.overlays.pop();
                self.say(
                    Tone::Note,
                    "Nothing was brought in; everything is as it was.",
                );
            }
        }
        Ok(())
    }

    /// Shows the next theme and remembers it.
    fn next_theme(&mut self) -> Result<(), Error> {
        let themes = &self.setup.themes;
        let at = themes
            .iter()
            .position(|name| *name == self.state.theme)
            .map_or(0, |at| at + 1);
        if let Some(name) = themes.get(at % themes.len().max(1)).cloned() {
            if let Some(desk) = &self.desk {
                desk.set_setting("theme", &name)?;
            }
            self.say(Tone::Done, format!("Theme: {name}"));
            self.state.theme = name;
        }
        Ok(())
    }
}
