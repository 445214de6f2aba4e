//! What a line was taken for, said in a few words before Enter makes it so.

use super::{AddLine, What};
use crate::domain::contact::Topic;
use crate::domain::moment::Moment;
use chrono::NaiveDate;

/// One thing a line was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chip {
    /// `Phone call`.
    Kind(String),
    /// A child as typed; who that is, the names on file say.
    Who {
        /// Without `@`.
        typed: String,
    },
    /// Words about one child alone.
    Alone {
        /// The child as typed, without `@`.
        typed: String,
        /// The words.
        words: String,
    },
    /// About no child, and what it is about: `about nobody: school`.
    Nobody(String),
    /// With whom, as typed.
    With(String),
    /// `today 14:02`: when it happened.
    When(String),
    /// `25 min`.
    Minutes(String),
    /// `then Mon 30 Nov: send Lexia data`.
    Then(String),
    /// `due Fri 27 Nov`, `someday`.
    Due(String),
    /// `+slcn`.
    Tag(String),
    /// To be done before others of its day.
    Urgent,
    /// A school's code.
    School(String),
    /// A sentence about what could not be read.
    Note(String),
}

impl Chip {
    /// The chip as it is shown.
    pub fn text(&self) -> String {
        match self {
            Self::Kind(text)
            | Self::With(text)
            | Self::Nobody(text)
            | Self::When(text)
            | Self::Minutes(text)
            | Self::Then(text)
            | Self::Due(text)
            | Self::Tag(text)
            | Self::School(text)
            | Self::Note(text) => text.clone(),
            Self::Who { typed } => format!("@{typed}"),
            Self::Alone { typed, words } => format!("@{typed} alone: {words}"),
            Self::Urgent => "urgent".to_owned(),
        }
    }
}

/// What is said of an entry about nobody: `about nobody: school`.
pub fn about_nobody(topic: Option<Topic>) -> String {
    format!("about nobody: {}", topic.unwrap_or_default().word())
}

/// The chips of a line, in the order they are shown, for a screen of this day. `begun` is when the line was begun: an
/// entry that does not say when it happened happened then.
pub fn chips(line: &AddLine, begun: Moment, today: NaiveDate) -> Vec<Chip> {
    let kind = match line.what {
        What::Task => "Task".to_owned(),
        What::Contact(_) if line.review => "Review with parents".to_owned(),
        What::Contact(kind) => kind.title().to_owned(),
    };
    let mut chips = vec![Chip::Kind(kind)];
    if line.nobody && line.what != What::Task {
        chips.push(Chip::Nobody(about_nobody(line.topic)));
    }
    let typed = |name: &String| name.clone();
    chips.extend(line.who.iter().map(typed).map(|typed| Chip::Who { typed }));
    chips.extend(line.words_of.iter().map(|(who, words)| Chip::Alone {
        typed: line.who.get(*who).map(typed).unwrap_or_default(),
        words: words.clone(),
    }));
    chips.extend(line.with.clone().map(Chip::With));
    if line.what == What::Task {
        let due = line.due.map(|due| format!("due {}", due.short(today)));
        chips.push(Chip::Due(due.unwrap_or_else(|| "someday".to_owned())));
    } else {
        chips.push(Chip::When(line.happened.unwrap_or(begun).short(today)));
    }
    let minutes = line.minutes.map(|minutes| format!("{minutes} min"));
    chips.extend(minutes.map(Chip::Minutes));
    if let Some(next) = &line.follow_up {
        let due = next.due.map(|due| due.short(today));
        let mut text = format!("then {}", due.as_deref().unwrap_or("someday"));
        if !next.what.is_empty() {
            text.push_str(": ");
            text.push_str(&next.what);
        }
        chips.push(Chip::Then(text));
    }
    let tags = line.tags.iter().map(|tag| Chip::Tag(format!("+{tag}")));
    chips.extend(tags);
    chips.extend(line.urgent.then_some(Chip::Urgent));
    chips.extend(line.school.clone().map(Chip::School));
    chips.extend(line.notes.iter().cloned().map(Chip::Note));
    chips
}
