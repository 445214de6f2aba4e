//! A contact: somebody said something about a child. An entry of the liaison diary, which a tribunal may read.

mod lead;
mod topic;

pub use lead::lead;
pub use topic::Topic;

use super::id::{AmendmentId, ContactId, PersonId, PupilId, TaskId};
use super::moment::Moment;
use super::person::{self, Person, Side};
use super::text;
use chrono::{DateTime, TimeDelta, Utc};

/// How long an entry may still be put right by overwriting it, binning it or taking it back. After that it is
/// evidence: it is amended or struck, and its first text stays.
pub const CORRECTION_TIME: TimeDelta = TimeDelta::minutes(15);

/// How it came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContactKind {
    /// A telephone call.
    Phone,
    /// A conversation in person: at the gate, in the corridor.
    InPerson,
    /// An e-mail.
    Email,
    /// A meeting.
    Meeting,
    /// A visit, by a professional or to another place.
    Visit,
    /// A letter.
    Letter,
    /// A text message, or one in the school's app.
    Text,
    /// A file note: nobody else took part.
    Note,
    /// Logged in the school's safeguarding system; no detail is kept here.
    Safeguarding,
}

impl ContactKind {
    /// All kinds, in the order of their keys' box.
    pub const ALL: [Self; 9] = [
        Self::Phone,
        Self::InPerson,
        Self::Email,
        Self::Meeting,
        Self::Visit,
        Self::Letter,
        Self::Text,
        Self::Note,
        Self::Safeguarding,
    ];

    /// The word stored and taken by `set`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::InPerson => "in-person",
            Self::Email => "email",
            Self::Meeting => "meeting",
            Self::Visit => "visit",
            Self::Letter => "letter",
            Self::Text => "text",
            Self::Note => "note",
            Self::Safeguarding => "safeguarding",
        }
    }

    /// What it is called on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Phone => "Phone call",
            Self::InPerson => "In person",
            Self::Email => "E-mail",
            Self::Meeting => "Meeting",
            Self::Visit => "Visit",
            Self::Letter => "Letter",
            Self::Text => "Text message",
            Self::Note => "File note",
            Self::Safeguarding => "Safeguarding: logged elsewhere",
        }
    }

    /// What a list calls it, in at most eight columns.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::InPerson => "talk",
            Self::Email => "e-mail",
            Self::Meeting => "meeting",
            Self::Visit => "visit",
            Self::Letter => "letter",
            Self::Text => "text",
            Self::Note => "note",
            Self::Safeguarding => "safeg.",
        }
    }

    /// The kind a stored word means.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// True where somebody outside was spoken to or written to.
    pub const fn is_exchange(self) -> bool {
        !matches!(self, Self::Note | Self::Safeguarding)
    }

    /// True where a meeting may count as one of the reviews with parents (Code of Practice 6.65: at least three a year).
    pub const fn may_be_review(self) -> bool {
        matches!(self, Self::Meeting)
    }

    /// The outcome a new entry starts with.
    pub const fn default_outcome(self) -> Option<&'static str> {
        match self {
            Self::Phone => Some("spoke"),
            _ => None,
        }
    }
}

/// Who may see an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// May be shown to the child's parents.
    Shareable,
    /// Not on papers for parents, until somebody decides otherwise; part of the record they may ask for.
    Internal,
}

impl Visibility {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Shareable, Self::Internal];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Shareable => "shareable",
            Self::Internal => "internal",
        }
    }

    /// What it means for those who write: `internal` hides nothing from a subject access request (UK GDPR art. 15).
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Shareable => "may be shown to the parents",
            Self::Internal => "not on papers for parents; part of the record they may ask for",
        }
    }

    /// The visibility a stored word means.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// What an entry gets when nobody chose: what was said with a parent may be shared with them, all else is
    /// the school's own. `people` are those of the children concerned.
    pub fn by_default(kind: ContactKind, with: &str, people: &[Person]) -> Self {
        if !kind.is_exchange() {
            return Self::Internal;
        }
        let on_file = person::meant(people, with);
        if on_file.is_some_and(|person| person.share == Some(false)) {
            return Self::Internal;
        }
        let on_file = on_file.and_then(Person::side);
        let by_word = || {
            // `Mrs Okafor (mum)`, `mum and gran`: every word that names a relationship must be of the family.
            let folded = text::fold(with);
            let mut sides = folded
                .split([' ', ',', '(', ')', '&', '/', '+'])
                .filter_map(person::relationship)
                .map(|known| known.side)
                .peekable();
            let whole = person::relationship(with).map(|known| known.side);
            whole.or_else(|| {
                sides.peek()?;
                Some(if sides.all(|side| side == Side::Family) {
                    Side::Family
                } else {
                    Side::Agency
                })
            })
        };
        match on_file.or_else(by_word) {
            Some(Side::Family) => Self::Shareable,
            _ => Self::Internal,
        }
    }
}

/// A child an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Involved {
    /// Who.
    pub pupil: PupilId,
    /// Legal surname.
    pub surname: String,
    /// The forename the child goes by.
    pub known_as: String,
    /// Registration group.
    pub class: Option<String>,
    /// Words about this child alone, which appear in nobody else's chronology.
    pub words: Option<String>,
}

impl Involved {
    /// `Aisha Okafor`.
    pub fn spoken_name(&self) -> String {
        format!("{} {}", self.known_as, self.surname)
            .trim()
            .to_owned()
    }

    /// `Okafor, Aisha`.
    pub fn listed_name(&self) -> String {
        super::pupil::listed_name(&self.surname, &self.known_as)
    }

    /// `A.O.`
    pub fn initials(&self) -> String {
        text::initials(&self.known_as, &self.surname)
    }
}

/// What was done to an entry after it had become evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// Something was added or put right; the first text stays beside it.
    Amend,
    /// It is not to be relied upon; it stays readable, struck through, with the reason.
    Strike,
}

/// A dated amendment or strike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// The row's id.
    pub id: AmendmentId,
    /// Which of the two.
    pub what: Correction,
    /// The words, or the reason of a strike.
    pub text: String,
    /// When it was entered, by the real clock.
    pub entered_at: DateTime<Utc>,
}

/// The task that follows up an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUp {
    /// The task.
    pub task: TaskId,
    /// When it is due.
    pub due: Option<Moment>,
    /// True once ticked.
    pub done: bool,
}

/// An entry of the diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The row's id.
    pub id: ContactId,
    /// How it came about.
    pub kind: ContactKind,
    /// When it happened, as it was told; apart from when it was entered.
    pub at: Moment,
    /// How long it took, in minutes, if given.
    pub minutes: Option<i64>,
    /// With whom, as written; kept also where nobody of that name is on file.
    pub with: Option<String>,
    /// The person on file whom that means.
    pub person: Option<PersonId>,
    /// What came of it.
    pub outcome: Option<String>,
    /// The words.
    pub text: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// A meeting that counts as a review with parents.
    pub review: bool,
    /// Words to find it by, without their plus signs, in order.
    pub tags: Vec<String>,
    /// The children it is about, in the order they were named; none for an entry about nobody.
    pub pupils: Vec<Involved>,
    /// What an entry about nobody is about.
    pub topic: Option<Topic>,
    /// What was promised.
    pub follow_up: Option<FollowUp>,
    /// Amendments and strikes, oldest first.
    pub amendments: Vec<Amendment>,
    /// When it was entered, by the real clock.
    pub entered_at: DateTime<Utc>,
    /// When it went to the bin.
    pub binned_at: Option<DateTime<Utc>>,
}

impl Contact {
    /// The strike, when there is one.
    pub fn strike(&self) -> Option<&Amendment> {
        self.amendments
            .iter()
            .find(|one| one.what == Correction::Strike)
    }

    /// Its words; where it has none, those about one child alone, if no other child has such words.
    pub fn said(&self) -> &str {
        if !self.text.trim().is_empty() {
            return &self.text;
        }
        let mut own = self.pupils.iter().filter_map(|one| one.words.as_deref());
        match (own.next(), own.next()) {
            (Some(only), None) => only,
            _ => &self.text,
        }
    }

    /// Leaves out the words about any other child alone, which appear in nobody else's chronology.
    pub fn keep_words_of(&mut self, pupil: PupilId) {
        for one in &mut self.pupils {
            if one.pupil != pupil {
                one.words = None;
            }
        }
    }
}

/// Why an entry may only be amended or struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locked {
    /// Its quarter of an hour is over.
    ByAge,
    /// The clock ran back after it was entered: how old it is can no longer be told by it.
    ByClock,
}

impl Locked {
    /// What holds of an entry entered at a moment, as a later moment shows it; `None` while it may be put right. Now is
    /// such a moment, and so is that of every step made after the entry's own, whatever the clock says since.
    pub fn seen_at(later: DateTime<Utc>, entered_at: DateTime<Utc>) -> Option<Self> {
        let age = later - entered_at;
        if age < TimeDelta::zero() {
            Some(Self::ByClock)
        } else {
            (age > CORRECTION_TIME).then_some(Self::ByAge)
        }
    }

    /// The reason in words: `c7 was entered more than 15 minutes ago and is evidence now`.
    pub fn reason(self, id: &str) -> String {
        match self {
            Self::ByAge => {
                format!("{id} was entered more than 15 minutes ago and is evidence now")
            }
            Self::ByClock => {
                format!("The clock was set back after {id} was entered, which makes it evidence")
            }
        }
    }
}

/// The tags of a text, folded, each once, in order: `+SLCN reading` is `reading`, `slcn`.
pub fn read_tags(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = typed
        .split([' ', ',', '+'])
        .map(|tag| text::fold(&text::clean(tag)))
        .filter(|tag| !tag.is_empty())
        .collect();
    tags.sort();
    tags.dedup();
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_word_of_its_own_that_reads_back() {
        for kind in ContactKind::ALL {
            assert_eq!(ContactKind::from_word(kind.word()), Some(kind));
            assert!(kind.short().len() <= 8);
        }
    }

    #[test]
    fn what_was_said_with_a_parent_is_shareable_and_all_else_is_the_schools() {
        use ContactKind as K;
        use Visibility::{Internal, Shareable};
        for (kind, with, want) in [
            (K::Phone, "mum", Shareable),
            (K::Phone, "Mrs Okafor (mum)", Shareable),
            (K::Meeting, "both parents", Shareable),
            (K::Meeting, "mum, EP", Internal),
            (K::Email, "EP", Internal),
            (K::Email, "TA", Internal),
            (K::Phone, "Mrs Jones", Internal),
            (K::Phone, "", Internal),
            (K::Note, "mum", Internal),
            (K::Safeguarding, "mum", Internal),
        ] {
            assert_eq!(
                Visibility::by_default(kind, with, &[]),
                want,
                "{kind:?} {with}"
            );
        }
    }

    #[test]
    fn what_was_said_with_a_parent_whom_nothing_is_to_be_shared_with_is_the_schools() {
        let mut father = Person {
            id: PersonId(1),
            shared: 1,
            pupil: PupilId(1),
            name: "Mr Ali".to_owned(),
            relationship: Some("father".to_owned()),
            phone: None,
            email: None,
            parental_responsibility: Some(true),
            share: None,
        };
        let sees = |father: &Person| {
            Visibility::by_default(ContactKind::Phone, "dad", std::slice::from_ref(father))
        };
        assert_eq!(sees(&father), Visibility::Shareable);
        father.share = Some(false);
        assert_eq!(sees(&father), Visibility::Internal);
    }

    #[test]
    fn an_entry_becomes_evidence_after_a_quarter_of_an_hour_or_when_the_clock_runs_back() {
        let entered = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let minute = 60;
        for (seconds, want) in [
            (0, None),
            (15 * minute, None),
            (15 * minute + 1, Some(Locked::ByAge)),
            (30 * 365 * 24 * 60 * minute, Some(Locked::ByAge)),
            (-1, Some(Locked::ByClock)),
            (-5 * minute, Some(Locked::ByClock)),
            (-30 * 365 * 24 * 60 * minute, Some(Locked::ByClock)),
        ] {
            let later = entered + TimeDelta::seconds(seconds);
            assert_eq!(Locked::seen_at(later, entered), want, "{seconds}");
        }
    }

    #[test]
    fn tags_are_folded_and_each_kept_once() {
        assert_eq!(read_tags("+SLCN reading, +slcn"), ["reading", "slcn"]);
        assert!(read_tags(" + ").is_empty());
    }
}
