//! The questions of the first run: passphrase, name, the two things to write down, the first school, its pupils.

use super::field::Field;
use zeroize::Zeroizing;

/// The shortest passphrase taken, in characters.
pub const PASSPHRASE_LEAST: usize = 8;

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
    /// The user's name, written on every step.
    Name,
    /// The recovery code and backup phrase are shown.
    WriteDown,
    /// The first school's name.
    School,
    /// Its code.
    Code,
    /// A pupil list to bring in, or none.
    Pupils,
}

impl Question {
    /// The questions in order.
    pub const ALL: [Self; 7] = [
        Self::Passphrase,
        Self::Again,
        Self::Name,
        Self::WriteDown,
        Self::School,
        Self::Code,
        Self::Pupils,
    ];

    /// What is asked.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Passphrase => {
                "Choose a passphrase. It opens the desk; without it the files are useless to anybody."
            }
            Self::Again => "The same passphrase once more.",
            Self::Name => {
                "Your name, as records should show it. Enter without one takes your login name."
            }
            Self::WriteDown => {
                "Write these down and keep them away from this machine. They are shown once."
            }
            Self::School => "The school's name.",
            Self::Code => {
                "A code of two to four letters or digits, shown wherever the school's data is."
            }
            Self::Pupils => {
                "A pupil list from the school office (CSV). Enter without a file starts with an empty register."
            }
        }
    }

    /// True where Esc goes a question back.
    pub const fn goes_back(self) -> bool {
        matches!(self, Self::Again | Self::Name | Self::Code)
    }

    /// The name of its box.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Passphrase => "Passphrase",
            Self::Again => "Again",
            Self::Name => "Name",
            Self::WriteDown => "",
            Self::School => "School",
            Self::Code => "Code",
            Self::Pupils => "File",
        }
    }
}

/// The first run as the screen shows it.
#[derive(Debug)]
pub struct FirstRun {
    /// The question asked.
    pub question: Question,
    /// What is typed.
    pub input: Field,
    /// Why the last answer was not taken.
    pub fault: Option<String>,
    /// True while keys are made.
    pub working: bool,
    /// Recovery code and backup phrase, while they are shown.
    pub shown: Option<(Zeroizing<String>, Zeroizing<String>)>,
    /// The passphrase, until the desk is made.
    pub passphrase: Zeroizing<String>,
    /// The school's name.
    pub school: String,
    /// Paths that complete what is typed.
    pub offers: Vec<String>,
}

impl FirstRun {
    /// The first question, or the first school's when the desk is there already.
    pub fn new(desk_is_there: bool) -> Self {
        let question = if desk_is_there {
            Question::School
        } else {
            Question::Passphrase
        };
        Self {
            question,
            input: if desk_is_there {
                Field::default()
            } else {
                Field::secret()
            },
            fault: None,
            working: false,
            shown: None,
            passphrase: Zeroizing::default(),
            school: String::new(),
            offers: Vec::new(),
        }
    }

    /// Asks a question; what is offered stands in the box.
    pub fn ask(&mut self, question: Question, offer: &str) {
        self.question = question;
        self.input.wipe();
        self.input = match question {
            Question::Passphrase | Question::Again => Field::secret(),
            _ => Field::with(offer),
        };
        self.fault = None;
        self.offers.clear();
    }
}

impl FirstRun {
    /// Esc: one question back, where that undoes nothing that is done.
    pub fn step_back(&mut self) {
        match self.question {
            Question::Again | Question::Name => self.ask(Question::Passphrase, ""),
            Question::Code => {
                let name = self.school.clone();
                self.ask(Question::School, &name);
            }
            Question::Passphrase => {
                self.fault = Some("Ctrl-C leaves; nothing has been made yet.".to_owned());
            }
            Question::WriteDown => self.fault = Some(NOT_AGAIN.to_owned()),
            Question::School | Question::Pupils => {
                self.fault = Some("Ctrl-C leaves; what is done so far is kept.".to_owned());
            }
        }
    }
}
