//! One action at a time: each is handed to the layer or pane it is for.

use super::action::{Action, Diary, Form, Global, List, Plan, Record, Register, Tasks};
use super::form::{About, Opening};
use super::overlay::chooser::{Chooser, Purpose};
use super::overlay::finder::Finder;
use super::overlay::{Note, Overlay, PathBox};
use super::pane::Pane;
use super::state::Tone;
use super::{App, Error, scope};
use crate::domain::form::Kind;

impl App {
    /// Does one thing.
    pub(super) fn act(&mut self, action: Action) -> Result<(), Error> {
        if !matches!(action, Action::Global(Global::Close | Global::Quit)) {
            self.quitting = false;
        }
        if self.state.meeting.is_some() && self.is_barred(action)? {
            return Ok(());
        }
        if self.state.all && self.state.overlays.is_empty() {
            return self.day_act(action);
        }
        match action {
            Action::Day(_) => Ok(()),
            Action::Global(act) => self.global(act),
            Action::List(by) => self.list(by),
            Action::Panes(act) => self.panes(act),
            Action::Rows(act) => self.rows(act),
            Action::Register(act) => self.register(act),
            Action::Diary(act) => self.diary(act),
            Action::Provision(act) => self.provision(act),
            Action::Tasks(act) => self.tasks(act),
            Action::Listing(act) => self.listing(act),
            Action::Record(Record::Edit) => self.edit_row(None),
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

    pub(super) fn global(&mut self, act: Global) -> Result<(), Error> {
        match act {
            Global::Show(pane) => self.show(pane),
            Global::Desk => self.show_desk(),
            Global::School(_) | Global::LastSchool => self.go_to_school(act),
            Global::AllSchools => self.show_day(),
            Global::Schools => self.ask_school(None),
            Global::MyDays | Global::KeptFrom => self.tell_of_school(act),
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
                self.leave();
                Ok(())
            }
            Global::Lock => {
                self.lock();
                Ok(())
            }
            Global::Undo => self.undo(false),
            Global::Redo => self.undo(true),
            Global::Refresh => self.reload(true),
            Global::BackUp => self.back_up(),
            Global::New => self.new_here(),
            Global::Make(kind) => self.make(kind),
            Global::Log(kind) => self.log(kind),
            Global::PutOn => self.put_on(),
            Global::Add => self.open_add(""),
            Global::Go(journey) => self.go(journey),
            Global::Past => self.step_places(true),
            Global::Future => self.step_places(false),
            Global::List(purpose) => self.list_of(purpose),
            Global::UsualTerms => self.enter_usual_terms(),
            Global::Suspend => {
                self.suspend();
                Ok(())
            }
            Global::HideNames => self.hide_names(),
            Global::Meeting => self.meet(""),
            Global::Copy(what) => self.copy(what),
            Global::Import => {
                self.ask_file();
                Ok(())
            }
            Global::Theme => self.choose_theme(""),
            Global::Paths => {
                self.show_paths();
                Ok(())
            }
        }
    }

    fn show_paths(&mut self) {
        self.state.overlays.push(Overlay::Note(Note {
            title: "Where everything is kept".to_owned(),
            lines: self.setup.paths.clone(),
        }));
    }

    /// Asks which file to bring in.
    fn ask_file(&mut self) {
        if self.state.school.read_only {
            self.say(
                Tone::Fault,
                "This school's file can only be read here: nothing can be brought in.",
            );
        } else {
            self.state.overlays.push(Overlay::Path(PathBox::default()));
        }
    }

    fn choose(&mut self, purpose: Purpose) {
        let scopes = scope::scopes(&self.state);
        let has_pupil = self.pupil_at_hand().is_some();
        self.state
            .overlays
            .push(Overlay::Chooser(Chooser::open(purpose, &scopes, has_pupil)));
    }

    fn close(&mut self) {
        if self.state.overlays.pop().is_some() {
            return;
        }
        if std::mem::take(&mut self.quitting) {
            self.leave();
        } else {
            self.quitting = true;
            let key = self.key_to("global.close");
            let told = if self.is_looking_round() {
                format!("{key} again leaves the demo and comes back to your own desk.")
            } else {
                format!("{key} again quits. Nothing is unsaved.")
            };
            self.say(Tone::Note, told);
        }
    }

    fn list(&mut self, by: List) -> Result<(), Error> {
        match self.state.overlays.last_mut() {
            Some(Overlay::Plan(view)) => view.list.step(by),
            Some(Overlay::Listing(listing)) => {
                if by == List::Open {
                    return self.take_listed();
                }
                listing.list.step(by);
            }
            Some(Overlay::Record(view)) => {
                if by == List::Open {
                    return self.edit_row(None);
                }
                view.list.step(by);
            }
            Some(Overlay::Reading) => self.read_on(by),
            Some(_) => {}
            None => return self.pane_list(by),
        }
        Ok(())
    }

    /// Scrolls the entry that is read full size; Enter closes it.
    fn read_on(&mut self, by: List) {
        let top = match self.state.pane {
            Pane::Diary => &mut self.state.diary.peek_top,
            Pane::Tasks => &mut self.state.tasks.peek_top,
            Pane::Provision => &mut self.state.provision.peek_top,
            Pane::Register => return,
        };
        match by {
            List::Down | List::PeekDown => *top += 1,
            List::Up | List::PeekUp => *top = top.saturating_sub(1),
            List::HalfDown | List::PageDown => *top += 10,
            List::HalfUp | List::PageUp => *top = top.saturating_sub(10),
            List::Top => *top = 0,
            List::Bottom => {}
            List::Open => drop(self.state.overlays.pop()),
        }
    }

    /// Moves in the list of the pane in front; Enter goes in.
    pub(super) fn pane_list(&mut self, by: List) -> Result<(), Error> {
        if by == List::Open {
            return match self.state.pane {
                Pane::Register => match self.state.register.current() {
                    Some(id) => self.open_record(id),
                    None => Ok(()),
                },
                Pane::Diary if self.state.diary.current().is_none() => Ok(()),
                Pane::Tasks if self.state.tasks.current().is_none() => Ok(()),
                Pane::Provision if self.state.provision.current_key().is_none() => Ok(()),
                Pane::Diary | Pane::Tasks | Pane::Provision => {
                    self.state.overlays.push(Overlay::Reading);
                    Ok(())
                }
            };
        }
        if matches!(by, List::PeekDown | List::PeekUp) && self.state.is_tiled() {
            // The Desk has no peek.
            return Ok(());
        }
        let peek = match self.state.pane {
            Pane::Register => &mut self.state.register.peek_top,
            Pane::Diary => &mut self.state.diary.peek_top,
            Pane::Tasks => &mut self.state.tasks.peek_top,
            Pane::Provision => &mut self.state.provision.peek_top,
        };
        match by {
            List::PeekDown => *peek += 1,
            List::PeekUp => *peek = peek.saturating_sub(1),
            _ => match self.state.pane {
                Pane::Register => self.state.register.list.step(by),
                Pane::Diary => self.state.diary.list.step(by),
                Pane::Tasks => self.state.tasks.step(by),
                Pane::Provision => self.state.provision.step(by),
            },
        }
        Ok(())
    }

    fn register(&mut self, act: Register) -> Result<(), Error> {
        match act {
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
            Register::Happened(kind) => self.happened(kind),
        }
    }

    fn diary(&mut self, act: Diary) -> Result<(), Error> {
        let diary = &mut self.state.diary;
        match act {
            Diary::Worklist(worklist) => {
                let again = diary.worklist == Some(worklist);
                diary.worklist = if again { None } else { Some(worklist) };
            }
            Diary::Order(order) => {
                diary.order = order;
                diary.reversed = false;
            }
        }
        self.load_diary()
    }

    fn tasks(&mut self, act: Tasks) -> Result<(), Error> {
        let tasks = &mut self.state.tasks;
        match act {
            Tasks::Worklist(worklist) => {
                let again = tasks.worklist == Some(worklist);
                tasks.worklist = if again { None } else { Some(worklist) };
            }
            Tasks::Order(order) => {
                tasks.order = order;
                tasks.reversed = false;
            }
        }
        self.load_tasks()
    }

    fn happened(&mut self, kind: Kind) -> Result<(), Error> {
        let pupils = self.pupils_at_hand();
        let Some(first) = pupils.first().copied() else {
            self.needs_row();
            return Ok(());
        };
        let mut opening = Opening::new(kind, About::New(Some(first)));
        opening.pupils = pupils;
        self.open_form(opening)
    }

    fn form(&mut self, act: Form) -> Result<(), Error> {
        let context = self.context();
        let Some(Overlay::Form(form)) = self.state.overlays.last_mut() else {
            return Ok(());
        };
        if act != Form::Save {
            form.answered();
        }
        match act {
            Form::Save => return self.save_form(),
            Form::Next | Form::Previous => {
                form.move_focus(act == Form::Next, &context);
                return self.find_children();
            }
            Form::ValueUp => form.change_value(-1, &context),
            Form::ValueDown => form.change_value(1, &context),
            Form::ValueFarUp => form.change_value(-7, &context),
            Form::ValueFarDown => form.change_value(7, &context),
            Form::Leave => return self.leave_form(),
            Form::Afresh => return self.start_afresh(),
            Form::NewLine => {
                if form.current().input.insert('\n') {
                    form.typed(&context);
                }
            }
            Form::Editor => return self.ask_editor(),
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
}
