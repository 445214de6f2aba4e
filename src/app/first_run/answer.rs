//! Keys and answers of the first run.

use super::dates::Dates;
use super::{BLANK_ENDS, FirstRun, NOT_AGAIN, Question};
use crate::app::action::{Action, Edit, Form, Picker};
use crate::app::bring;
use crate::app::job::Message;
use crate::app::key::{Code, Key};
use crate::app::keymap::Meaning;
use crate::app::state::{Stage, Tone};
use crate::app::{App, Error, scope};
use crate::domain::passphrase::{self, Unfit};
use crate::domain::school::{self, School};
use crate::domain::text;
use crate::store::{self, Desk, Secrets};
use std::collections::BTreeMap;
use zeroize::Zeroizing;

/// Where the answers wait on the desk until the school is made.
const SETTING: &str = "first_run";

impl FirstRun {
    /// The passphrase, where one can be made of what was typed. A blank at its end is not seen: it is asked about.
    fn take_passphrase(&mut self, typed: Zeroizing<String>) {
        let told = match passphrase::check(&typed) {
            Err(Unfit::Short { .. }) => format!(
                "At least {} characters; four or five words are better than one.",
                passphrase::LEAST
            ),
            Err(unfit) => unfit.to_string(),
            Ok(()) if passphrase::has_blank_ends(&typed) => BLANK_ENDS.to_owned(),
            Ok(()) => String::new(),
        };
        let asked = told == BLANK_ENDS && self.fault.as_ref() == Some(&told);
        if told.is_empty() || asked {
            self.passphrase = typed;
            self.ask(Question::Again);
        } else {
            self.fault = Some(told);
        }
    }
}

impl App {
    /// Asks the four questions of a desk without a school, with what was answered before.
    pub(in crate::app) fn ask_four(&mut self, desk: Desk) -> Result<(), Error> {
        let kept = desk.setting(SETTING)?.unwrap_or_default();
        let kept: BTreeMap<String, String> = serde_json::from_str(&kept).unwrap_or_default();
        let take = |name: &str| kept.get(name).cloned();
        let mut first = FirstRun::new(true);
        desk.author().clone_into(&mut first.answers.name);
        first.answers.school = take("school").unwrap_or_default();
        first.answers.code = take("code").unwrap_or_default();
        first.offered = school::suggest_code(&first.answers.school);
        first.answers.now = take("terms").map(|_| false);
        if let Some(text) = take("dates") {
            let context = self.context();
            first.dates = Dates::usual(&context);
            if let Some(dates) = &mut first.dates {
                dates.take_text(&text, &context);
            }
        }
        first.ask(Question::Name);
        if !first.answers.school.is_empty() {
            first.note = Some("What you answered before stands here; Enter goes on.".to_owned());
        }
        self.desk = Some(desk);
        self.state.stage = Stage::FirstRun(Box::new(first));
        Ok(())
    }

    /// Keys in the first run.
    pub(in crate::app) fn first_run_key(&mut self, key: Key) -> Result<(), Error> {
        let scopes = scope::scopes(&self.state);
        let meaning = self.setup.keymap.look_up(&scopes, &[key]);
        let context = self.context();
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return Ok(());
        };
        match (meaning, key) {
            (Meaning::Act(Action::Picker(Picker::Take) | Action::Form(Form::Save)), _) => {
                return self.first_run_answer();
            }
            (
                Meaning::Act(Action::Picker(Picker::Leave) | Action::Form(Form::Leave)),
                Key { ctrl: true, .. },
            ) => self.leave_first_run(),
            (Meaning::Act(Action::Picker(Picker::Leave) | Action::Form(Form::Leave)), _) => {
                self.step_back();
            }
            (Meaning::Act(Action::Form(act)), _) => {
                if let Some(dates) = &mut first.dates {
                    first.fault = None;
                    match act {
                        Form::Next | Form::Previous => {
                            dates.move_focus(act == Form::Next, &context);
                        }
                        Form::ValueUp => dates.step(-1, &context),
                        Form::ValueDown => dates.step(1, &context),
                        Form::ValueFarUp => dates.step(-7, &context),
                        Form::ValueFarDown => dates.step(7, &context),
                        _ => {}
                    }
                }
            }
            (Meaning::Act(Action::Picker(act)), _) => self.first_run_pick(act),
            (Meaning::Act(Action::Field(edit)), _) => self.first_run_edit(edit),
            (
                Meaning::Nothing,
                Key {
                    code: Code::Char(c),
                    ctrl: false,
                    alt: false,
                },
            ) => return self.first_run_letter(c),
            _ => {}
        }
        Ok(())
    }

    fn first_run_pick(&mut self, act: Picker) {
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return;
        };
        match act {
            Picker::Complete if first.question == Question::Pupils => {
                let (text, offers) = bring::complete(first.input.text());
                first.input.set(&text);
                first.offers = offers;
            }
            Picker::Down | Picker::Complete => self.choose_next(1),
            Picker::Up => self.choose_next(-1),
            Picker::Take | Picker::Leave | Picker::PageDown | Picker::PageUp => {}
        }
    }

    fn first_run_edit(&mut self, edit: Edit) {
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return;
        };
        match (edit, &mut first.dates) {
            (Edit::Left, _) if first.question.is_choice() => self.choose_next(-1),
            (Edit::Right, _) if first.question.is_choice() => self.choose_next(1),
            (_, Some(dates)) if first.question == Question::Dates => {
                first.fault = None;
                dates.current().input.edit(edit);
                self.typed_in_first_run();
            }
            _ => {
                if first.question == Question::Passphrase {
                    first.fault = None;
                }
                first.input.edit(edit);
            }
        }
    }

    /// A letter is text; where one of several is chosen a digit takes it.
    fn first_run_letter(&mut self, c: char) -> Result<(), Error> {
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return Ok(());
        };
        let digit = c.to_digit(10).and_then(|digit| digit.checked_sub(1));
        match digit.map(|at| at as usize) {
            Some(at) if first.question.is_choice() && at < first.choices.len() => {
                first.chosen = at;
                self.show_choice();
                // A theme is looked at before it is taken.
                if !self.is_asked(Question::Theme) {
                    return self.first_run_answer();
                }
            }
            _ => {
                if first.insert(c) {
                    self.typed_in_first_run();
                }
            }
        }
        Ok(())
    }

    fn is_asked(&self, question: Question) -> bool {
        matches!(&self.state.stage, Stage::FirstRun(first) if first.question == question)
    }

    /// After the text of a box changed.
    pub(in crate::app) fn typed_in_first_run(&mut self) {
        let context = self.context();
        if let Stage::FirstRun(first) = &mut self.state.stage
            && let (Question::Dates, Some(dates)) = (first.question, &mut first.dates)
        {
            dates.typed(&context);
        }
    }

    fn choose_next(&mut self, by: isize) {
        if let Stage::FirstRun(first) = &mut self.state.stage
            && first.question.is_choice()
        {
            first.step_choice(by);
        }
        self.show_choice();
    }

    /// The whole screen is drawn in the theme the cursor is on.
    fn show_choice(&mut self) {
        if let Stage::FirstRun(first) = &self.state.stage
            && first.question == Question::Theme
            && let Some(name) = first.choices.get(first.chosen)
        {
            self.state.theme.clone_from(name);
        }
    }

    /// Ctrl-C: leaves, keeping the answers; from the two secrets only when pressed again.
    fn leave_first_run(&mut self) {
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return;
        };
        if first.question == Question::WriteDown && first.fault.is_none() {
            first.fault = Some(NOT_AGAIN.to_owned());
            return;
        }
        first.keep_typed();
        match self.keep_answers() {
            Ok(()) => self.leave(),
            // Told once; a second Ctrl-C leaves all the same.
            Err(error) => {
                let told = format!("{error} Ctrl-C again leaves without your answers.");
                if matches!(&self.state.stage, Stage::FirstRun(first) if first.fault.as_ref() == Some(&told))
                {
                    self.leave();
                } else {
                    self.say(Tone::Fault, told);
                }
            }
        }
    }

    /// Esc: one question back, where that undoes nothing that is done.
    fn step_back(&mut self) {
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return;
        };
        first.keep_typed();
        if let Some(question) = first.question.before(first.answers.now == Some(true)) {
            return self.ask(question);
        }
        let told = match first.question {
            Question::Passphrase => "Ctrl-C leaves; nothing has been made yet.",
            Question::WriteDown => NOT_AGAIN,
            _ => "Ctrl-C leaves; the desk is made, and what you answered is kept.",
        };
        first.fault = Some(told.to_owned());
    }

    /// Asks a question with what it is about.
    fn ask(&mut self, question: Question) {
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return;
        };
        if question == Question::Theme {
            let names = self.setup.themes.iter().map(|entry| entry.name.clone());
            first.ask_theme(names.collect(), &self.state.theme);
        } else {
            first.ask(question);
        }
    }

    /// Stores the answers, and goes on to a question.
    fn go_on(&mut self, question: Question) -> Result<(), Error> {
        self.ask(question);
        self.keep_answers()
    }

    /// The answers wait on the desk: leaving, a lock or a crash loses none.
    fn keep_answers(&mut self) -> Result<(), Error> {
        if let (Stage::FirstRun(first), Some(desk)) = (&self.state.stage, &self.desk) {
            desk.set_setting(SETTING, &first.to_setting())?;
        }
        Ok(())
    }

    fn first_run_answer(&mut self) -> Result<(), Error> {
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return Ok(());
        };
        first.keep_typed();
        let typed = Zeroizing::new(first.input.text().to_owned());
        match first.question {
            Question::Passphrase => first.take_passphrase(typed),
            Question::Again if passphrase::made(&typed) != passphrase::made(&first.passphrase) => {
                first.ask(Question::Passphrase);
                first.fault = Some("The two differ. Choose again.".to_owned());
            }
            Question::Again => return self.make_desk(),
            Question::WriteDown => {
                first.shown = None;
                first.ask(Question::Name);
            }
            Question::Name => return self.take_name(&typed),
            Question::School => return self.take_school(&typed),
            Question::Code if typed.trim().is_empty() => {
                first.fault = Some("Type two to four letters or digits, such as OAK.".to_owned());
            }
            Question::Code => match School::read(&first.answers.school, &typed, None, None, None) {
                Ok(school) => {
                    first.answers.code = school.code;
                    return self.go_on(Question::Terms);
                }
                Err(fault) => first.fault = Some(fault.to_string()),
            },
            Question::Terms => return self.take_terms(),
            Question::Dates => return self.take_dates(),
            Question::Theme => return self.take_theme(),
            Question::Begin => match first.chosen {
                0 => first.ask(Question::Pupils),
                1 => return self.look_round(),
                _ => return self.finish_first_run(""),
            },
            Question::Pupils => return self.take_file(typed.trim()),
        }
        Ok(())
    }

    fn make_desk(&mut self) -> Result<(), Error> {
        let login = self.setup.login.clone();
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return Ok(());
        };
        first.working = Some("making the keys");
        first.fault = None;
        let passphrase = std::mem::take(&mut first.passphrase);
        let places = self.setup.places.clone();
        // The name is asked for next; until then the login name stands for it.
        self.run(move || Message::Made(Desk::create(&places, &passphrase, &login, &login)))
    }

    pub(in crate::app) fn made(
        &mut self,
        outcome: Result<(Desk, Secrets), store::Error>,
    ) -> Result<(), Error> {
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return Ok(());
        };
        first.working = None;
        match outcome {
            Ok((mut desk, secrets)) => {
                desk.set_working_date(self.setup.working_date);
                self.desk = Some(desk);
                first.ask(Question::WriteDown);
                first.shown = Some((secrets.recovery_code, secrets.backup_phrase));
                Ok(())
            }
            Err(error) => {
                first.ask(Question::Passphrase);
                Err(error.into())
            }
        }
    }

    fn take_name(&mut self, typed: &str) -> Result<(), Error> {
        let name = text::clean(typed);
        let name = if name.is_empty() {
            self.setup.login.clone()
        } else {
            name
        };
        if let Some(desk) = &mut self.desk {
            desk.set_author(&name)?;
        }
        if let Stage::FirstRun(first) = &mut self.state.stage {
            first.answers.name = name;
        }
        self.go_on(Question::School)
    }

    fn take_school(&mut self, typed: &str) -> Result<(), Error> {
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return Ok(());
        };
        let name = text::clean(typed);
        if name.is_empty() {
            first.fault = Some(school::SchoolFault::NoName.to_string());
            return Ok(());
        }
        // A code of one's own stays when the name is put right; one that was offered follows it.
        let offered = std::mem::replace(&mut first.offered, school::suggest_code(&name));
        if first.answers.code.is_empty() || first.answers.code == offered {
            first.answers.code.clone_from(&first.offered);
        }
        first.answers.school = name;
        self.go_on(Question::Code)
    }

    fn take_terms(&mut self) -> Result<(), Error> {
        let context = self.context();
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return Ok(());
        };
        if first.answers.now != Some(true) {
            return self.go_on(Question::Theme);
        }
        if first.dates.is_none() {
            first.dates = Dates::usual(&context);
        }
        self.go_on(Question::Dates)
    }

    fn take_dates(&mut self) -> Result<(), Error> {
        match self.terms_to_enter() {
            Ok(_) => self.go_on(Question::Theme),
            Err(told) => {
                self.say(Tone::Fault, told);
                Ok(())
            }
        }
    }

    fn take_theme(&mut self) -> Result<(), Error> {
        let theme = self.state.theme.clone();
        if let Some(desk) = &self.desk {
            // What stands in config.toml goes on counting where nothing else was chosen.
            let chosen = desk.setting("theme")?;
            if theme != chosen.unwrap_or_else(|| self.setup.theme.clone()) {
                desk.set_setting("theme", &theme)?;
            }
        }
        self.go_on(Question::Begin)
    }

    /// A path that names no file is told while it can be mended here.
    fn take_file(&mut self, typed: &str) -> Result<(), Error> {
        let fault = if typed.is_empty() {
            Some("Type the file's path, or Esc for another way to begin.".to_owned())
        } else {
            bring::is_there(typed).err()
        };
        match fault {
            Some(told) => {
                self.say(Tone::Fault, told);
                Ok(())
            }
            None => self.finish_first_run(typed),
        }
    }

    /// Makes the school, opens it, enters its terms as one step, and brings the file in.
    fn finish_first_run(&mut self, file: &str) -> Result<(), Error> {
        let terms = match self.terms_to_enter() {
            Ok(terms) => terms,
            Err(told) => {
                self.ask(Question::Dates);
                self.say(Tone::Fault, told);
                return Ok(());
            }
        };
        let Stage::FirstRun(first) = &mut self.state.stage else {
            return Ok(());
        };
        let (name, code) = (first.answers.school.clone(), first.answers.code.clone());
        let school = match School::read(&name, &code, None, None, None) {
            Ok(school) => school,
            Err(fault) => {
                self.ask(Question::School);
                self.say(Tone::Fault, fault.to_string());
                return Ok(());
            }
        };
        let Some(desk) = &mut self.desk else {
            return Ok(());
        };
        desk.add_school(&school)?;
        desk.set_setting(SETTING, "")?;
        if let Some(desk) = self.desk.take() {
            self.enter(desk)?;
        }
        match terms {
            Some((year, terms)) => self.enter_terms(year, &terms)?,
            None if file.is_empty() => {
                let palette = self.key_to("global.palette");
                let told = format!("No term dates yet; {palette} term dates takes them.");
                self.say(Tone::Note, told);
            }
            None => {}
        }
        if file.is_empty() {
            Ok(())
        } else {
            self.import_file(file)
        }
    }
}
