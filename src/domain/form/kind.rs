//! The kinds of record that have a form, and their fields. Names are a promise to users' scripts.

mod diary;
mod provision;

use super::field::{Entry, Field, Offer};
use super::{FieldFault, Value, Values};
use crate::domain::date;

/// A kind of record with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A pupil.
    Pupil,
    /// A period of SEN status.
    Status,
    /// A need.
    Need,
    /// A person around a child.
    Person,
    /// A contact: an entry of the diary.
    Contact,
    /// An amendment of a contact.
    Amendment,
    /// The strike of a contact.
    Strike,
    /// A task.
    Task,
    /// A term or half-term.
    Term,
    /// A day the school is closed.
    Closure,
    /// Somebody who runs provision.
    Staff,
    /// An hourly rate.
    Rate,
    /// A type of provision.
    ProvisionType,
    /// A run of provision.
    Provision,
    /// A child in a run.
    Member,
    /// A session held or missed.
    Session,
    /// The hours of a week.
    Hours,
}

/// What there is to know about a kind.
#[derive(Debug)]
pub struct KindDef {
    /// The word `new` and `fields` take.
    pub name: &'static str,
    /// What a form's title calls it.
    pub title: &'static str,
    /// The letter of its ids.
    pub letter: char,
    /// Its fields, in the order of the form.
    pub fields: &'static [Field],
    /// The field the caret starts in: the words.
    pub begin: &'static str,
    /// Rules that span fields.
    rules: fn(&Values, bool) -> Option<FieldFault>,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 17] = [
        Self::Pupil,
        Self::Status,
        Self::Need,
        Self::Person,
        Self::Contact,
        Self::Amendment,
        Self::Strike,
        Self::Task,
        Self::Term,
        Self::Closure,
        Self::Staff,
        Self::Rate,
        Self::ProvisionType,
        Self::Provision,
        Self::Member,
        Self::Session,
        Self::Hours,
    ];

    /// Its definition.
    pub fn def(self) -> &'static KindDef {
        match self {
            Self::Pupil => &PUPIL,
            Self::Status => &STATUS,
            Self::Need => &NEED,
            Self::Person => &diary::PERSON,
            Self::Contact => &diary::CONTACT,
            Self::Amendment => &diary::AMENDMENT,
            Self::Strike => &diary::STRIKE,
            Self::Task => &diary::TASK,
            Self::Term => &diary::TERM,
            Self::Closure => &diary::CLOSURE,
            Self::Staff => &provision::STAFF,
            Self::Rate => &provision::RATE,
            Self::ProvisionType => &provision::PROVISION_TYPE,
            Self::Provision => &provision::PROVISION,
            Self::Member => &provision::MEMBER,
            Self::Session => &provision::SESSION,
            Self::Hours => &diary::HOURS,
        }
    }

    /// What it is called within a sentence.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Pupil => "pupil",
            Self::Status => "SEN status",
            Self::Need => "need",
            Self::Person => "person",
            Self::Contact => "contact",
            Self::Amendment => "amendment",
            Self::Strike => "strike",
            Self::Task => "task",
            Self::Term => "term",
            Self::Closure => "closure",
            Self::Staff => "member of staff",
            Self::Rate => "rate",
            Self::ProvisionType => "provision type",
            Self::Provision => "provision",
            Self::Member => "place on provision",
            Self::Session => "session",
            Self::Hours => "hours",
        }
    }

    /// What several are called.
    pub fn plural(self) -> String {
        match self {
            Self::Status => "SEN statuses".to_owned(),
            Self::Person => "people".to_owned(),
            Self::Staff => "members of staff".to_owned(),
            Self::Provision => "runs of provision".to_owned(),
            Self::Member => "places on provision".to_owned(),
            Self::Hours => "hours".to_owned(),
            other => format!("{}s", other.noun()),
        }
    }

    /// The kind a word names.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.def().name == name)
    }

    /// The kind whose ids begin with a letter.
    pub fn from_letter(letter: char) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.def().letter == letter.to_ascii_lowercase())
    }
}

impl KindDef {
    /// A field by name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Required fields and the rules that span fields.
    pub fn check(&self, values: &Values, new: bool) -> Vec<FieldFault> {
        let missing = |field: &&Field| match values.get(field.name) {
            Some(value) => value.is_none(),
            None => new,
        };
        let mut faults: Vec<FieldFault> = self
            .fields
            .iter()
            .filter(|field| field.required)
            .filter(missing)
            .map(|field| FieldFault {
                field: field.name,
                label: field.label,
                text: "this cannot be empty.".to_owned(),
                instead: None,
            })
            .collect();
        faults.extend((self.rules)(values, new));
        faults
    }
}

const fn field(name: &'static str, label: &'static str, entry: Entry, help: &'static str) -> Field {
    Field {
        name,
        label,
        help,
        entry,
        required: false,
        default: None,
    }
}

const fn required(mut field: Field) -> Field {
    field.required = true;
    field
}

const fn default(mut field: Field, text: &'static str) -> Field {
    field.default = Some(text);
    field
}

const SEXES: &[Offer] = &[
    Offer {
        value: "F",
        label: "Female",
    },
    Offer {
        value: "M",
        label: "Male",
    },
];

static PUPIL: KindDef = KindDef {
    name: "pupil",
    title: "Pupil",
    letter: 'p',
    fields: &[
        field("surname", "Surname", Entry::Words(80), "legal surname"),
        field("forename", "Forename", Entry::Words(80), "legal forename"),
        field(
            "preferred_forename",
            "Known as",
            Entry::Words(80),
            "the forename the child goes by, when another",
        ),
        field(
            "dob",
            "Date of birth",
            Entry::Date(true),
            "14/3/2018, 14 Mar 2018 or 2018-03-14",
        ),
        field(
            "sex",
            "Sex",
            Entry::Choice(SEXES),
            "F or M, as the census has it",
        ),
        field(
            "year",
            "Year",
            Entry::Year,
            "N1, N2, R, 1 to 14, X; moves on each September",
        ),
        field(
            "class",
            "Class",
            Entry::Words(20),
            "registration group, as the office names it",
        ),
        field(
            "upn",
            "UPN",
            Entry::Upn,
            "unique pupil number; may be empty",
        ),
        field(
            "home_la",
            "Home LA",
            Entry::Words(60),
            "the local authority the child lives in",
        ),
        field(
            "left_on",
            "Left on",
            Entry::Date(false),
            "the day the child left the roll; empty while on roll",
        ),
    ],
    begin: "surname",
    rules: pupil_rules,
};

fn pupil_rules(values: &Values, new: bool) -> Option<FieldFault> {
    let empty = |name: &str| match values.get(name) {
        Some(value) => value.is_none(),
        None => new,
    };
    let touched = new || (values.contains_key("surname") && values.contains_key("forename"));
    (touched && empty("surname") && empty("forename")).then(|| FieldFault {
        field: "surname",
        label: "Surname",
        text: "a pupil needs one name, surname or forename.".to_owned(),
        instead: None,
    })
}

const REASONS: &str = "why it changed, in a few words";

static STATUS: KindDef = KindDef {
    name: "status",
    title: "SEN status",
    letter: 's',
    fields: &[
        required(field(
            "pupil",
            "Pupil",
            Entry::Pupil,
            "the pupil's id, such as p12",
        )),
        required(field(
            "code",
            "Status",
            Entry::Status,
            "as the school census has it",
        )),
        default(
            field(
                "from",
                "From",
                Entry::Date(true),
                "first day; today when nothing is typed",
            ),
            "t",
        ),
        field("reason", "Reason", Entry::Words(200), REASONS),
        field(
            "parents_informed",
            "Parents told",
            Entry::Date(true),
            "the day parents were told (Code of Practice 6.43)",
        ),
        field(
            "to",
            "To",
            Entry::Date(true),
            "last day, of an earlier period; a new status ends the open one by itself",
        ),
    ],
    begin: "code",
    rules: span_rules,
};

static NEED: KindDef = KindDef {
    name: "need",
    title: "Need",
    letter: 'n',
    fields: &[
        required(field(
            "pupil",
            "Pupil",
            Entry::Pupil,
            "the pupil's id, such as p12",
        )),
        required(field(
            "code",
            "Need",
            Entry::Need,
            "a census type such as SLCN; another text is kept and flagged",
        )),
        field(
            "rank",
            "Rank",
            Entry::Whole(1, 99),
            "1 is the primary need; the next free rank when nothing is typed",
        ),
        default(
            field(
                "from",
                "From",
                Entry::Date(true),
                "first day; today when nothing is typed",
            ),
            "t",
        ),
        field(
            "to",
            "To",
            Entry::Date(true),
            "last day; empty while it lasts",
        ),
    ],
    begin: "code",
    rules: span_rules,
};

/// A last day before the first.
fn span_rules(values: &Values, _: bool) -> Option<FieldFault> {
    let day = |name: &str| match values.get(name) {
        Some(Some(Value::Date(day))) => Some(*day),
        _ => None,
    };
    let (from, to) = day("from").zip(day("to"))?;
    (to < from).then(|| FieldFault {
        field: "to",
        label: "To",
        text: format!("it lies before the first day, {}.", date::full(from)),
        instead: None,
    })
}

fn no_rules(_: &Values, _: bool) -> Option<FieldFault> {
    None
}

/// The pupil a record belongs to, from its values.
impl Kind {
    /// The value of `pupil`, when given.
    pub fn owner(values: &Values) -> Option<crate::domain::id::PupilId> {
        match values.get("pupil") {
            Some(Some(Value::Whole(number))) => Some(crate::domain::id::PupilId(*number)),
            _ => None,
        }
    }
}
