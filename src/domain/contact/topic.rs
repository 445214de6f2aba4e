//! What an entry is about that is about no child: the school, a class, a service, a policy, staff.

use crate::domain::text;

/// What an entry about nobody is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Topic {
    /// The school: governors, a visit, the local authority's panel.
    #[default]
    School,
    /// A class or a year group as a whole.
    Class,
    /// A service: speech and language therapy, educational psychology.
    Service,
    /// A policy, the information report, the local offer.
    Policy,
    /// Staff: training, deployment.
    Staff,
}

impl Topic {
    /// All, in the order they are offered.
    pub const ALL: [Self; 5] = [
        Self::School,
        Self::Class,
        Self::Service,
        Self::Policy,
        Self::Staff,
    ];

    /// The word stored, typed and shown.
    pub const fn word(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Class => "class",
            Self::Service => "service",
            Self::Policy => "policy",
            Self::Staff => "staff",
        }
    }

    /// What the word covers, for a list of choices.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::School => "governors, the LA's panel, the school as a whole",
            Self::Class => "a class or year group as a whole",
            Self::Service => "a service, such as SALT or EP, and no one child",
            Self::Policy => "a policy, the information report, the local offer",
            Self::Staff => "training, deployment",
        }
    }

    /// The topic a stored or typed word means.
    pub fn from_word(word: &str) -> Option<Self> {
        let folded = text::fold(word.trim());
        Self::ALL.into_iter().find(|topic| topic.word() == folded)
    }
}
