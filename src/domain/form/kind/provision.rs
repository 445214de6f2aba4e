//! The forms of the provision map: staff, rate, provision type, provision, member, session.

use super::{KindDef, Offer, default, field, no_rules, required};
use crate::domain::date;
use crate::domain::form::{Entry, Field, FieldFault, Value, Values};
use crate::domain::provision::Tier;

/// Minutes of a session: a week's hours. More than a school day is asked about.
const MINUTES_MOST: i64 = 2400;
/// Sessions a week: ten half-days five times over.
const SESSIONS_MOST: i64 = 50;
/// Weeks of a run: a year.
const WEEKS_MOST: i64 = 52;
/// Children in a group: two classes.
const GROUP_MOST: i64 = 60;

const TIERS: &[Offer] = &[
    tier(Tier::Universal),
    tier(Tier::Targeted),
    tier(Tier::Specialist),
];

const fn tier(tier: Tier) -> Offer {
    Offer {
        value: tier.word(),
        label: tier.label(),
    }
}

const OUTCOMES: &[Offer] = &[
    Offer {
        value: "held",
        label: "it took place",
    },
    Offer {
        value: "missed",
        label: "it did not take place",
    },
];

pub(super) static STAFF: KindDef = KindDef {
    name: "staff",
    title: "Staff",
    letter: 'w',
    fields: &[
        required(field(
            "name",
            "Name",
            Entry::Words(120),
            "as it is said: Ms Pratt",
        )),
        field(
            "role",
            "Role",
            Entry::Offered(
                80,
                &[
                    "teaching assistant",
                    "teacher",
                    "therapist",
                    "learning mentor",
                ],
            ),
            "teaching assistant, teacher, therapist",
        ),
        field(
            "hours_week",
            "Hours a week",
            Entry::Hours,
            "contracted hours a week: 32.5 or 32:30",
        ),
    ],
    begin: "name",
    rules: no_rules,
};

pub(super) static RATE: KindDef = KindDef {
    name: "rate",
    title: "Rate",
    letter: 'r',
    fields: &[
        required(field(
            "staff",
            "Whose",
            Entry::Staff,
            "whose rate it is: the name, or an id such as w2",
        )),
        required(field(
            "pence_hour",
            "An hour",
            Entry::Pence,
            "with on-costs: £16.50, or in pence 1650",
        )),
        default(
            field(
                "from",
                "From",
                Entry::Date(false),
                "the first day it holds; a pay award may be backdated",
            ),
            "t",
        ),
    ],
    begin: "staff",
    rules: rate_rules,
};

pub(super) static PROVISION_TYPE: KindDef = KindDef {
    name: "provision-type",
    title: "Provision type",
    letter: 'y',
    fields: &[
        required(field(
            "name",
            "Name",
            Entry::Words(120),
            "what the school calls it",
        )),
        field(
            "area",
            "Area",
            Entry::Area,
            "the broad area of need it serves (Code of Practice 6.28 to 6.35)",
        ),
        field(
            "tier",
            "Tier",
            Entry::Choice(TIERS),
            "how far it goes beyond what all get: practice, not law",
        ),
        field(
            "minutes",
            "Minutes",
            Entry::Whole(1, MINUTES_MOST),
            "of one session",
        ),
        field(
            "sessions_week",
            "Times a week",
            Entry::Whole(1, SESSIONS_MOST),
            "sessions a week",
        ),
        hours_week(),
        field(
            "weeks",
            "Weeks",
            Entry::Whole(1, WEEKS_MOST),
            "teaching weeks a run lasts",
        ),
        field(
            "group_size",
            "Group of",
            Entry::Whole(1, GROUP_MOST),
            "children at a time; 1 is one to one",
        ),
        field(
            "materials_pence",
            "Materials",
            Entry::Pence,
            "for a whole run: £12.50, or in pence 1250",
        ),
    ],
    begin: "name",
    rules: no_rules,
};

/// In place of minutes and times a week.
const fn hours_week() -> Field {
    field(
        "hours_week",
        "Hours a week",
        Entry::Hours,
        "instead of minutes and times: 15 is kept as 5 sessions of 180 min, up to 2 as one",
    )
}

pub(super) static PROVISION: KindDef = KindDef {
    name: "provision",
    title: "Provision",
    letter: 'v',
    fields: &[
        required(field(
            "type",
            "Type",
            Entry::ProvisionType,
            "what it is a run of: the name, or an id such as y3",
        )),
        field(
            "staff",
            "Run by",
            Entry::Staff,
            "who runs it: the name, or an id such as w2",
        ),
        default(
            field(
                "starts",
                "First day",
                Entry::Date(false),
                "the first day of it",
            ),
            "t",
        ),
        field(
            "ends",
            "Last day",
            Entry::Date(false),
            "the last day, included; empty follows from the weeks",
        ),
        field(
            "minutes",
            "Minutes",
            Entry::Whole(1, MINUTES_MOST),
            "of one session; empty takes the type's",
        ),
        field(
            "sessions_week",
            "Times a week",
            Entry::Whole(1, SESSIONS_MOST),
            "sessions a week; empty takes the type's",
        ),
        hours_week(),
        field(
            "weeks",
            "Weeks",
            Entry::Whole(1, WEEKS_MOST),
            "teaching weeks it lasts: what planned cost counts; empty goes by the last day, or takes the type's",
        ),
        field(
            "materials_pence",
            "Materials",
            Entry::Pence,
            "for the whole run: £12.50, or in pence 1250; empty takes the type's",
        ),
        field(
            "run_name",
            "Run name",
            Entry::Words(60),
            "what tells it from another run of its type: mornings, Year 3",
        ),
    ],
    begin: "type",
    rules: provision_rules,
};

pub(super) static MEMBER: KindDef = KindDef {
    name: "member",
    title: "Place on provision",
    letter: 'b',
    fields: &[
        required(field(
            "provision",
            "Provision",
            Entry::Provision,
            "the provision's id, such as v8",
        )),
        required(field(
            "pupil",
            "Pupil",
            Entry::Pupil,
            "the pupil's id, such as p12",
        )),
        field(
            "from",
            "From",
            Entry::Date(false),
            "the child's first day; empty is today, or the first day of the provision where that lies ahead",
        ),
        field(
            "to",
            "To",
            Entry::Date(false),
            "the child's last day; empty stays to the end",
        ),
        field(
            "entry",
            "At entry",
            Entry::Words(60),
            "score or level at the beginning: 7/25, SS 78",
        ),
        field(
            "exit",
            "At exit",
            Entry::Words(60),
            "score or level at the end",
        ),
    ],
    begin: "pupil",
    rules: member_rules,
};

pub(super) static SESSION: KindDef = KindDef {
    name: "session",
    title: "Session",
    letter: 'h',
    fields: &[
        required(field(
            "provision",
            "Provision",
            Entry::Provision,
            "the provision's id, such as v8",
        )),
        default(
            field(
                "date",
                "Day",
                Entry::Date(true),
                "the day it was planned for",
            ),
            "t",
        ),
        default(
            field(
                "outcome",
                "Outcome",
                Entry::Choice(OUTCOMES),
                "held or missed",
            ),
            "held",
        ),
        field(
            "reason",
            "Reason",
            Entry::Offered(
                200,
                &[
                    "staff absent",
                    "pupil absent",
                    "room not free",
                    "school trip",
                ],
            ),
            "why it was missed, or what else is to be said",
        ),
        field(
            "staff",
            "Run by",
            Entry::Staff,
            "who ran it, if somebody else than planned: delivered cost counts their rate",
        ),
    ],
    begin: "outcome",
    rules: session_rules,
};

fn fault(field: &'static str, label: &'static str, text: String) -> FieldFault {
    FieldFault {
        field,
        label,
        text,
        instead: None,
    }
}

/// A last day before the first one.
fn before(
    values: &Values,
    first: &str,
    last: &'static str,
    label: &'static str,
) -> Option<FieldFault> {
    match (values.get(first), values.get(last)) {
        (Some(Some(Value::Date(starts))), Some(Some(Value::Date(ends)))) if ends < starts => {
            Some(fault(
                last,
                label,
                format!("it lies before the first day, {}.", date::full(*starts)),
            ))
        }
        _ => None,
    }
}

/// A first day that was emptied.
fn emptied(values: &Values, field: &'static str, label: &'static str) -> Option<FieldFault> {
    matches!(values.get(field), Some(None))
        .then(|| fault(field, label, "this cannot be empty.".to_owned()))
}

fn rate_rules(values: &Values, _: bool) -> Option<FieldFault> {
    emptied(values, "from", "From")
}

fn provision_rules(values: &Values, _: bool) -> Option<FieldFault> {
    emptied(values, "starts", "First day").or_else(|| before(values, "starts", "ends", "Last day"))
}

fn member_rules(values: &Values, _: bool) -> Option<FieldFault> {
    before(values, "from", "to", "To")
}

fn session_rules(values: &Values, _: bool) -> Option<FieldFault> {
    emptied(values, "date", "Day").or_else(|| emptied(values, "outcome", "Outcome"))
}
