//! The first run: a passphrase and the two things to write down, then four questions, then where to begin.
//!
//! Every answer can be gone back to and keeps what was typed; the school is made last of all.

mod answer;
pub mod dates;
mod look_round;
mod terms;

pub(super) use look_round::Aside;
pub use look_round::MakeDemo;

use super::field::Field;
use dates::Dates;
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// Said once of a passphrase that is not all that it looks.
pub const BLANK_ENDS: &str =
    "It begins or ends with a blank, which is a part of it. Enter again keeps the blank.";

/// Said before the two secrets are left behind.
pub const NOT_AGAIN: &str =
    "These two are never shown again. Enter when both are written down; Ctrl-C again leaves.";

/// Which question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// A passphrase for the desk.
    Passphrase,
    /// The same again.
    Again,
    /// The recovery code and backup phrase are shown.
    WriteDown,
    /// The user's name, written on every step.
    Name,
    /// The first school's name.
    School,
    /// Its code.
    Code,
    /// Term dates now or later.
    Terms,
    /// The usual term dates, to be put right.
    Dates,
    /// The theme, shown live.
    Theme,
    /// Where to begin: the office's list, the demo, an empty register.
    Begin,
    /// The office's pupil list.
    Pupils,
}

impl Question {
    /// Where in the first run it stands: the four questions are counted.
    pub const fn place(self) -> &'static str {
        match self {
            Self::Passphrase | Self::Again => "your passphrase",
            Self::WriteDown => "to write down",
            Self::Name => "1 of 4",
            Self::School | Self::Code => "2 of 4",
            Self::Terms | Self::Dates => "3 of 4",
            Self::Theme => "4 of 4",
            Self::Begin | Self::Pupils => "where to begin",
        }
    }

    /// What is asked.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Passphrase => {
                "Choose a passphrase. It opens the desk; without it the files are useless to anybody."
            }
            Self::Again => "The same passphrase once more.",
            Self::WriteDown => {
                "Write these down and keep them away from this machine. They are shown once."
            }
            Self::Name => {
                "Your name, as records should show it. Enter without one takes your login name."
            }
            Self::School => "The school's name.",
            Self::Code => {
                "A code of two to four letters or digits, shown wherever the school's data is."
            }
            Self::Terms => "Term dates, so that dates know the holidays: now or later?",
            Self::Dates => {
                "These are usual dates of schools in England, not your school's own: check each against its calendar."
            }
            Self::Theme => "How it looks: the screen shows it while you choose.",
            Self::Begin => "All is set. Where do you begin?",
            Self::Pupils => {
                "The pupil list the office's system exports, as CSV. What it would change is shown before anything is written."
            }
        }
    }

    /// The name of its box; empty where nothing is typed.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Passphrase => "Passphrase",
            Self::Again => "Again",
            Self::Name => "Name",
            Self::School => "School",
            Self::Code => "Code",
            Self::Pupils => "File",
            Self::WriteDown | Self::Terms | Self::Dates | Self::Theme | Self::Begin => "",
        }
    }

    /// True where one of several is chosen.
    pub const fn is_choice(self) -> bool {
        matches!(self, Self::Terms | Self::Theme | Self::Begin)
    }

    /// The question before it, where going back undoes nothing that is done.
    pub const fn before(self, now: bool) -> Option<Self> {
        Some(match self {
            Self::Passphrase | Self::WriteDown | Self::Name => return None,
            Self::Again => Self::Passphrase,
            Self::School => Self::Name,
            Self::Code => Self::School,
            Self::Terms => Self::Code,
            Self::Theme if now => Self::Dates,
            Self::Dates | Self::Theme => Self::Terms,
            Self::Begin => Self::Theme,
            Self::Pupils => Self::Begin,
        })
    }
}

/// What was answered so far, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The user's name.
    pub name: String,
    /// The school's name.
    pub school: String,
    /// The school's code, or the one that is offered.
    pub code: String,
    /// Term dates are entered now; `None` before it was asked.
    pub now: Option<bool>,
    /// The way to begin that was looked at last.
    pub begin: usize,
    /// The path of the office's list.
    pub file: String,
}

/// The first run as the screen shows it.
pub struct FirstRun {
    /// The question asked.
    pub question: Question,
    /// What is typed.
    pub input: Field,
    /// Why the last answer was not taken.
    pub fault: Option<String>,
    /// Something to know.
    pub note: Option<String>,
    /// What is under way, while it is.
    pub working: Option<&'static str>,
    /// Recovery code and backup phrase, while they are shown.
    pub shown: Option<(Zeroizing<String>, Zeroizing<String>)>,
    /// The passphrase, until the desk is made.
    pub passphrase: Zeroizing<String>,
    /// What was answered so far.
    pub answers: Answers,
    /// The code that was offered for the school's name.
    offered: String,
    /// The term dates, once they were asked for.
    pub dates: Option<Dates>,
    /// What can be chosen, where one of several is.
    pub choices: Vec<String>,
    /// Which of them the cursor is on.
    pub chosen: usize,
    /// Paths that complete what is typed.
    pub offers: Vec<String>,
}

impl fmt::Debug for FirstRun {
    /// Never the passphrase, nor what is shown once.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told = f.debug_struct("FirstRun");
        told.field("question", &self.question)
            .field("fault", &self.fault);
        told.finish_non_exhaustive()
    }
}

impl FirstRun {
    /// The first question, or the first of the four when the desk is there already.
    pub fn new(desk_is_there: bool) -> Self {
        let mut first = Self {
            question: Question::Passphrase,
            input: Field::secret(),
            fault: None,
            note: None,
            working: None,
            shown: None,
            passphrase: Zeroizing::default(),
            answers: Answers::default(),
            offered: String::new(),
            dates: None,
            choices: Vec::new(),
            chosen: 0,
            offers: Vec::new(),
        };
        if desk_is_there {
            first.ask(Question::Name);
        }
        first
    }

    /// Asks a question; what was answered before stands in the box.
    pub fn ask(&mut self, question: Question) {
        self.question = question;
        self.input.wipe();
        let answers = &self.answers;
        self.input = match question {
            Question::Passphrase | Question::Again => Field::secret(),
            Question::Name => Field::with(&answers.name),
            Question::School => Field::with(&answers.school),
            Question::Code => Field::with(&answers.code),
            Question::Pupils => Field::with(&answers.file),
            _ => Field::default(),
        };
        self.choices = match question {
            Question::Terms => vec!["Now, from the usual dates".to_owned(), "Later".to_owned()],
            Question::Begin => vec![
                "Bring in the office's pupil list".to_owned(),
                "Look round the demo first".to_owned(),
                "Start with an empty register".to_owned(),
            ],
            _ => Vec::new(),
        };
        self.chosen = match question {
            Question::Terms => usize::from(answers.now == Some(false)),
            Question::Begin => answers.begin,
            _ => 0,
        };
        self.fault = None;
        self.note = None;
        self.offers.clear();
    }

    /// Asks for one of several by name.
    fn ask_theme(&mut self, themes: Vec<String>, current: &str) {
        self.ask(Question::Theme);
        let at = themes.iter().position(|name| name == current);
        self.choices = themes;
        self.chosen = at.unwrap_or(0);
    }

    /// Keeps what stands in the box, answered or not, for when the question is asked again.
    fn keep_typed(&mut self) {
        let typed = || self.input.text().to_owned();
        match self.question {
            Question::Name => self.answers.name = typed(),
            Question::School => self.answers.school = typed(),
            Question::Code => self.answers.code = typed(),
            Question::Pupils => self.answers.file = typed(),
            Question::Terms => self.answers.now = Some(self.chosen == 0),
            Question::Begin => self.answers.begin = self.chosen,
            _ => {}
        }
    }

    /// The cursor on the choice so many further; it goes round.
    fn step_choice(&mut self, by: isize) {
        let count = self.choices.len().max(1);
        self.chosen = self.chosen.saturating_add_signed(count.cast_signed() + by) % count;
        self.fault = None;
        self.note = None;
    }

    /// A letter typed.
    fn insert(&mut self, c: char) -> bool {
        self.fault = None;
        match (self.question, &mut self.dates) {
            (Question::Dates, Some(dates)) => {
                dates.make_room();
                dates.current().input.insert(c)
            }
            (question, _) => !question.label().is_empty() && self.input.insert(c),
        }
    }

    /// A paste; `None` where nothing is typed.
    pub(super) fn paste(&mut self, text: &str) -> Option<bool> {
        match (self.question, &mut self.dates) {
            (Question::Dates, Some(dates)) => {
                dates.make_room();
                Some(dates.current().input.paste(text))
            }
            (question, _) if question.label().is_empty() => None,
            _ => {
                self.fault = None;
                Some(self.input.paste(text))
            }
        }
    }

    /// The answers as they wait on the desk until the school is made.
    fn to_setting(&self) -> String {
        let answers = &self.answers;
        let mut kept = BTreeMap::from([("school", &*answers.school), ("code", &*answers.code)]);
        if answers.now == Some(false) {
            kept.insert("terms", "later");
        }
        let dates = self.dates.as_ref().map(Dates::to_text).unwrap_or_default();
        if !dates.is_empty() {
            kept.insert("dates", &dates);
        }
        serde_json::to_string(&kept).unwrap_or_default()
    }
}
