//! The forms of the diary and the queue: contact, amendment, strike, person, task, term, closure, hours.

use super::{KindDef, default, field, no_rules, required};
use crate::domain::contact::Topic;
use crate::domain::date;
use crate::domain::form::{Entry, FieldFault, Offer, Value, Values};

/// Characters of a contact's words: some 3,000 words.
const WORDS_MOST: usize = 20_000;

/// What comes of a contact, as offered; any other words are kept.
const OUTCOMES: &[&str] = &[
    "spoke",
    "no answer",
    "voicemail",
    "they rang us",
    "sent",
    "received",
    "attended",
    "did not attend",
    "cancelled",
];

/// What an entry about nobody may be about.
const TOPICS: &[Offer] = &[
    topic(Topic::School),
    topic(Topic::Class),
    topic(Topic::Service),
    topic(Topic::Policy),
    topic(Topic::Staff),
];

const fn topic(topic: Topic) -> Offer {
    Offer {
        value: topic.word(),
        label: topic.meaning(),
    }
}

const CHILD: &str = "the pupil's id, such as p12";

pub(super) static CONTACT: KindDef = KindDef {
    name: "contact",
    title: "Contact",
    letter: 'c',
    fields: &[
        field(
            "pupils",
            "Pupils",
            Entry::Pupils,
            "whom it is about: two letters of each child, such as ao, rb; - is nobody",
        ),
        field(
            "with",
            "With",
            Entry::With,
            "with whom; or begin the words with it, such as mum: ...",
        ),
        default(
            field(
                "at",
                "When",
                Entry::Happened,
                "when it happened: now, t 0840, y 1530, mon 9:15, 12/3",
            ),
            "now",
        ),
        field(
            "outcome",
            "Outcome",
            Entry::Offered(80, OUTCOMES),
            "what came of it",
        ),
        field(
            "text",
            "Words",
            Entry::Lines(WORDS_MOST),
            "what was said, as it may one day be read; mum: or EP: first says with whom",
        ),
        field(
            "follow_up",
            "Follow up",
            Entry::Due,
            "by when: 1w, fri, 12/3, eoht; a task is made of it",
        ),
        field(
            "follow_up_text",
            "what",
            Entry::Words(200),
            "what was promised",
        ),
        field(
            "minutes",
            "Minutes",
            Entry::Whole(1, 1440),
            "how long it took, if it is to be counted",
        ),
        field(
            "visibility",
            "Who sees it",
            Entry::Visibility,
            "with parents: shareable; all others internal: not on papers for parents, who may ask for them",
        ),
        field(
            "review",
            "Review",
            Entry::YesNo,
            "a meeting that is a review with parents (Code of Practice 6.65)",
        ),
        field("tags", "Tags", Entry::Words(200), "words to find it by"),
        field(
            "about",
            "About",
            Entry::Choice(TOPICS),
            "of an entry about nobody: school, class, service, policy or staff",
        ),
        default(
            field(
                "kind",
                "Kind",
                Entry::ContactKind,
                "phone, in-person, email, meeting, visit, letter, text, note, safeguarding",
            ),
            "note",
        ),
    ],
    begin: "text",
    rules: contact_rules,
};

fn is(values: &Values, name: &str, word: &str) -> bool {
    matches!(values.get(name), Some(Some(Value::Text(text))) if text == word)
}

fn contact_rules(values: &Values, new: bool) -> Option<FieldFault> {
    let fault = |field: &'static str, label: &'static str, text: &str| {
        Some(FieldFault {
            field,
            label,
            text: text.to_owned(),
            instead: None,
        })
    };
    let empty = |name: &str| match values.get(name) {
        Some(value) => value.is_none(),
        None => new,
    };
    if let Some((name, label, text)) = about_whom(values, new) {
        return fault(name, label, text);
    }
    if is(values, "kind", "safeguarding") && matches!(values.get("text"), Some(Some(_))) {
        return fault(
            "text",
            "Words",
            "no detail is kept here: what was said belongs in the safeguarding system.",
        );
    }
    if is(values, "review", "yes") && values.contains_key("kind") && !is(values, "kind", "meeting")
    {
        return fault(
            "review",
            "Review",
            "only a meeting can be a review with parents.",
        );
    }
    let silent = empty("text") && empty("outcome") && !is(values, "kind", "safeguarding");
    if silent && (new || values.contains_key("text")) {
        return fault("text", "Words", "say in a few words what was said.");
    }
    None
}

/// An entry is about children, or about nobody and then about something.
fn about_whom(values: &Values, new: bool) -> Option<(&'static str, &'static str, &'static str)> {
    let is_about_something = matches!(values.get("about"), Some(Some(_)));
    match values.get("pupils") {
        Some(Some(Value::Pupils(named))) if !named.is_empty() => is_about_something.then_some((
            "about",
            "About",
            "is for an entry about nobody, and this one names a pupil: empty one of the two.",
        )),
        Some(Some(_)) => None,
        None if !new => None,
        _ if is_about_something => None,
        _ => Some((
            "pupils",
            "Pupils",
            "name the pupils it is about; - is nobody (in a line @-).",
        )),
    }
}

pub(super) static AMENDMENT: KindDef = KindDef {
    name: "amendment",
    title: "Amendment",
    letter: 'd',
    fields: &[
        required(field(
            "contact",
            "Contact",
            Entry::Contact,
            "the contact's id, such as c7",
        )),
        required(field(
            "text",
            "Words",
            Entry::Lines(WORDS_MOST),
            "what is to be added or put right; the first text stays",
        )),
    ],
    begin: "text",
    rules: no_rules,
};

pub(super) static STRIKE: KindDef = KindDef {
    name: "strike",
    title: "Strike",
    letter: 'd',
    fields: &[
        required(field(
            "contact",
            "Contact",
            Entry::Contact,
            "the contact's id, such as c7",
        )),
        required(field(
            "reason",
            "Reason",
            Entry::Words(400),
            "why it is not to be relied upon; the entry stays readable, struck through",
        )),
    ],
    begin: "reason",
    rules: no_rules,
};

pub(super) static PERSON: KindDef = KindDef {
    name: "person",
    title: "Person",
    letter: 'a',
    fields: &[
        required(field("pupil", "Pupil", Entry::Pupil, CHILD)),
        required(field(
            "name",
            "Name",
            Entry::Words(120),
            "as it is said: Mrs Ngozi Okafor; or the id of somebody on file (a3), who is then shared",
        )),
        field(
            "relationship",
            "Relationship",
            Entry::Relationship,
            "to this child: mother, carer, EP, social worker or other words",
        ),
        field("phone", "Phone", Entry::Words(60), "a telephone number"),
        field("email", "E-mail", Entry::Words(120), "an e-mail address"),
        field(
            "parental_responsibility",
            "Parental resp.",
            Entry::YesNo,
            "parental responsibility for this child (Children Act 1989 s.3)",
        ),
        field(
            "share",
            "Share",
            Entry::YesNo,
            "no: do not share anything about this child with them",
        ),
    ],
    begin: "name",
    rules: no_rules,
};

pub(super) static TASK: KindDef = KindDef {
    name: "task",
    title: "Task",
    letter: 't',
    fields: &[
        required(field(
            "title",
            "Task",
            Entry::Words(200),
            "what is to be done",
        )),
        field(
            "due",
            "Due",
            Entry::Due,
            "by when: fri, 1w, 12/3 9:15, eoht; empty is someday",
        ),
        field("pupil", "Pupil", Entry::Pupil, CHILD),
        field(
            "urgent",
            "Urgent",
            Entry::YesNo,
            "yes: before the others of its day",
        ),
        field(
            "waiting_for",
            "Waiting for",
            Entry::Words(80),
            "who has to act first; it comes back on its day",
        ),
    ],
    begin: "title",
    rules: no_rules,
};

pub(super) static TERM: KindDef = KindDef {
    name: "term",
    title: "Term",
    letter: 'm',
    fields: &[
        required(field(
            "name",
            "Name",
            Entry::Words(60),
            "Autumn, or its halves one by one: Autumn 1, Autumn 2",
        )),
        required(field(
            "starts",
            "First day",
            Entry::Date(false),
            "the first day of it, with or without pupils",
        )),
        required(field(
            "ends",
            "Last day",
            Entry::Date(false),
            "the last day of it",
        )),
    ],
    begin: "name",
    rules: term_rules,
};

fn term_rules(values: &Values, _: bool) -> Option<FieldFault> {
    match (values.get("starts"), values.get("ends")) {
        (Some(Some(Value::Date(starts))), Some(Some(Value::Date(ends)))) if ends < starts => {
            Some(FieldFault {
                field: "ends",
                label: "Last day",
                text: format!("it lies before the first day, {}.", date::full(*starts)),
                instead: None,
            })
        }
        _ => None,
    }
}

pub(super) static CLOSURE: KindDef = KindDef {
    name: "closure",
    title: "Closure",
    letter: 'z',
    fields: &[
        required(field(
            "date",
            "Day",
            Entry::Date(false),
            "a school day without school",
        )),
        required(field(
            "name",
            "Why",
            Entry::Words(80),
            "INSET, snow, polling station",
        )),
    ],
    begin: "date",
    rules: no_rules,
};

pub(super) static HOURS: KindDef = KindDef {
    name: "hours",
    title: "Hours",
    letter: 'u',
    fields: &[
        required(default(
            field(
                "week",
                "Week",
                Entry::Week,
                "any day of it; hours are kept for the week from Monday",
            ),
            "today",
        )),
        required(field(
            "hours",
            "Hours",
            Entry::Length,
            "2h30, 2:30, 2.5 or 150m, beside the minutes on contacts, which are added",
        )),
        field("note", "Note", Entry::Words(200), "what they went on"),
    ],
    begin: "hours",
    rules: no_rules,
};
