//! The four panes. Each is a list and a peek; panes know nothing of each other.

pub mod register;

/// A pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// Everyone on roll; narrowed to K and E, the SEN register.
    Register,
    /// What help each child gets.
    Provision,
    /// Whom we spoke to.
    Diary,
    /// What is to be done, and by when.
    Tasks,
}

impl Pane {
    /// All, in the order of their digits.
    pub const ALL: [Self; 4] = [Self::Register, Self::Provision, Self::Diary, Self::Tasks];

    /// What the tab says.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Register => "Register",
            Self::Provision => "Provision",
            Self::Diary => "Diary",
            Self::Tasks => "Tasks",
        }
    }

    /// The digit that shows it.
    pub const fn digit(self) -> char {
        match self {
            Self::Register => '1',
            Self::Provision => '2',
            Self::Diary => '3',
            Self::Tasks => '4',
        }
    }

    /// What stands in a pane whose records this version does not keep yet: said plainly, with what does work.
    pub const fn empty(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Register => None,
            Self::Provision => Some(&[
                "The provision map is not in this version yet.",
                "It will show what help each child gets, hours and planned cost.",
                "1 goes to the register, where pupils, status and needs are kept.",
            ]),
            Self::Diary => Some(&[
                "The liaison diary is not in this version yet.",
                "It will keep calls, meetings and what was promised.",
                "1 goes to the register, where pupils, status and needs are kept.",
            ]),
            Self::Tasks => Some(&[
                "The task queue is not in this version yet.",
                "It will bring back what was promised on the day it is due.",
                "1 goes to the register, where pupils, status and needs are kept.",
            ]),
        }
    }
}
