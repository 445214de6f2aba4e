//! The provision map of an invented school: who runs what, a term's groups, sessions held and missed, and trouble to
//! learn on: a leaver still in a group, somebody without a rate, a group nobody is in.

use super::phrase::Area;
use super::{Desk, back, forth, text};
use crate::demo::dice::Dice;
use crate::domain::form::{Kind, Value, Values};
use chrono::{Datelike, NaiveDate};

/// A record of the map, and which records before it it hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provided {
    /// What it is.
    pub kind: Kind,
    values: Values,
    /// Fields, and the places among the records before it whose numbers they get.
    on: Vec<(&'static str, usize)>,
}

impl Provided {
    /// The form as it is to be entered, given the numbers the records before it were given.
    pub fn values(&self, entered: &[i64]) -> Values {
        let mut values = self.values.clone();
        for (field, place) in &self.on {
            let number = entered.get(*place).copied();
            values.insert(*field, number.map(Value::Whole));
        }
        values
    }
}

/// Who runs provision: name, role, hours a week, pence an hour from the last September and from April.
const STAFF: [(&str, &str, &str, [i64; 2]); 5] = [
    ("Ms Pratt", "teaching assistant", "27.5", [1585, 1640]),
    ("Mr Oduya", "teaching assistant", "32.5", [1585, 1640]),
    (
        "Mrs Lindqvist",
        "higher-level teaching assistant",
        "32.5",
        [1810, 1875],
    ),
    ("Miss Farrow", "teacher", "32.5", [3320, 3450]),
    // A therapist the school is billed for: no rate has been entered.
    (
        "Ms Achterberg",
        "speech and language therapist",
        "4",
        [0, 0],
    ),
];

/// A type of provision: name, area, tier, minutes, sessions a week, weeks, group, materials, who it is for, who runs it.
struct Kinds {
    name: &'static str,
    area: &'static str,
    tier: &'static str,
    shape: [i64; 4],
    materials_pence: i64,
    for_whom: &'static [Area],
    run_by: usize,
}

const fn kind(
    name: &'static str,
    area: &'static str,
    shape: [i64; 4],
    for_whom: &'static [Area],
    run_by: usize,
) -> Kinds {
    Kinds {
        name,
        area,
        tier: if shape[3] == 1 {
            "specialist"
        } else {
            "targeted"
        },
        shape,
        materials_pence: 0,
        for_whom,
        run_by,
    }
}

const KINDS: [Kinds; 8] = [
    kind(
        "Talk group",
        "C&I",
        [20, 3, 12, 4],
        &[Area::Speech, Area::Autism],
        0,
    ),
    kind("SALT programme", "C&I", [15, 3, 12, 1], &[Area::Speech], 4),
    Kinds {
        materials_pence: 4500,
        ..kind(
            "Lexia",
            "C&L",
            [20, 3, 12, 6],
            &[Area::Learning, Area::Any],
            1,
        )
    },
    kind(
        "Phonics catch-up",
        "C&L",
        [20, 4, 10, 4],
        &[Area::Learning, Area::Speech],
        2,
    ),
    kind(
        "Precision Teaching",
        "C&L",
        [10, 5, 8, 1],
        &[Area::Learning],
        1,
    ),
    kind("ELSA", "SEMH", [30, 1, 6, 1], &[Area::Wellbeing], 2),
    kind(
        "Nurture group",
        "SEMH",
        [60, 2, 12, 6],
        &[Area::Wellbeing, Area::Autism],
        3,
    ),
    kind(
        "Sensory circuits",
        "S&P",
        [15, 5, 12, 6],
        &[Area::Autism, Area::Physical],
        0,
    ),
];

/// Runs of a type at most: a school of any size is learned on with as many.
const RUNS_MOST: usize = 400;
/// Runs with sessions written down.
const WRITTEN_MOST: usize = 60;

const MISSED: [&str; 4] = [
    "staff absent",
    "room not free",
    "school trip",
    "assembly ran over",
];

struct Map<'a, 'b> {
    dice: &'a mut Dice,
    desk: &'a Desk<'b>,
    records: Vec<Provided>,
    written: usize,
}

/// The map, in the order it is to be entered.
pub(super) fn map(dice: &mut Dice, desk: &Desk<'_>) -> Vec<Provided> {
    let mut map = Map {
        dice,
        desk,
        records: Vec::new(),
        written: 0,
    };
    if desk.children.is_empty() {
        return map.records;
    }
    map.staff();
    let types: Vec<usize> = KINDS.iter().map(|kind| map.of(kind)).collect();
    let starts = map.start();
    for (kind, of) in KINDS.iter().zip(&types) {
        map.runs(kind, *of, starts);
    }
    map.trouble(types[2], starts);
    map.records
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a form holds values that may be empty"
)]
fn whole(number: i64) -> Option<Value> {
    Some(Value::Whole(number))
}

impl Map<'_, '_> {
    fn add(
        &mut self,
        kind: Kind,
        values: impl Into<Values>,
        on: Vec<(&'static str, usize)>,
    ) -> usize {
        self.records.push(Provided {
            kind,
            values: values.into(),
            on,
        });
        self.records.len() - 1
    }

    /// Staff first: their places are those of the table. Rates follow.
    fn staff(&mut self) {
        for (name, role, hours_week, _) in STAFF {
            let values = [
                ("name", text(name)),
                ("role", text(role)),
                ("hours_week", text(hours_week)),
            ];
            self.add(Kind::Staff, values, Vec::new());
        }
        let year = self.desk.year.0;
        let from = [(year - 1, 9, 1), (year, 4, 1)];
        for (place, (.., rates)) in STAFF.iter().enumerate() {
            for ((year, month, day), pence) in from.into_iter().zip(rates) {
                if let Some(from) = NaiveDate::from_ymd_opt(year, month, day).filter(|_| *pence > 0)
                {
                    let values = [
                        ("pence_hour", whole(*pence)),
                        ("from", Some(Value::Date(from))),
                    ];
                    self.add(Kind::Rate, values, vec![("staff", place)]);
                }
            }
        }
    }

    fn of(&mut self, kind: &Kinds) -> usize {
        let [minutes, sessions_week, weeks, group_size] = kind.shape;
        let values = [
            ("name", text(kind.name)),
            ("area", text(kind.area)),
            ("tier", text(kind.tier)),
            ("minutes", whole(minutes)),
            ("sessions_week", whole(sessions_week)),
            ("weeks", whole(weeks)),
            ("group_size", whole(group_size)),
            ("materials_pence", whole(kind.materials_pence)),
        ];
        self.add(Kind::ProvisionType, values, Vec::new())
    }

    /// The Monday runs began on: some weeks into the term there is, or was.
    fn start(&self) -> NaiveDate {
        let early = back(self.desk.today, 56);
        let monday = back(early, u64::from(early.weekday().num_days_from_monday()));
        self.desk.calendar.on_or_after(monday).unwrap_or(monday)
    }

    /// Runs of a type, each with a group of the children it is for.
    fn runs(&mut self, kind: &Kinds, of: usize, starts: NaiveDate) {
        let fits = |at: &usize| kind.for_whom.contains(&self.desk.children[*at].area);
        let mut children: Vec<usize> = self.desk.on_roll(true).into_iter().filter(fits).collect();
        // Every second child or so, so that nobody is on everything.
        children.retain(|_| self.dice.happens(0.6));
        let size = usize::try_from(kind.shape[3]).unwrap_or(1);
        for group in children.chunks(size).take(RUNS_MOST / size) {
            let run = self.run(of, kind.run_by, starts);
            for child in group {
                self.member(run, *child, starts);
            }
            if self.written < WRITTEN_MOST {
                self.written += 1;
                self.sessions(run, kind, starts);
            }
        }
    }

    fn run(&mut self, of: usize, staff: usize, starts: NaiveDate) -> usize {
        let values = [("starts", Some(Value::Date(starts)))];
        self.add(
            Kind::Provision,
            values,
            vec![("type", of), ("staff", staff)],
        )
    }

    fn member(&mut self, run: usize, child: usize, from: NaiveDate) {
        let child = &self.desk.children[child];
        let values = [
            ("pupil", whole(child.id.0)),
            ("from", Some(Value::Date(from))),
        ];
        self.add(Kind::Member, values, vec![("provision", run)]);
    }

    /// Sessions up to yesterday: most were held.
    fn sessions(&mut self, run: usize, kind: &Kinds, starts: NaiveDate) {
        let (times, weeks) = (kind.shape[1], kind.shape[2]);
        let mut day = starts;
        let end = forth(starts, u64::try_from(weeks).unwrap_or(0) * 7);
        while day < self.desk.today && day < end {
            let weekday = i64::from(day.weekday().num_days_from_monday());
            if weekday < times && self.desk.calendar.is_school_day(day) {
                let held = self.dice.happens(0.9);
                let reason = self.dice.one(&MISSED).copied().unwrap_or_default();
                let mut values = Values::from([
                    ("date", Some(Value::Date(day))),
                    ("outcome", text(if held { "held" } else { "missed" })),
                ]);
                if !held {
                    values.insert("reason", text(reason));
                }
                self.add(Kind::Session, values, vec![("provision", run)]);
            }
            day = forth(day, 1);
        }
    }

    /// A leaver whom nobody took out of a group, and a group nobody is in yet.
    fn trouble(&mut self, of: usize, starts: NaiveDate) {
        let left = |child: &super::people::Child<'_>| child.row.left_on;
        let leaver = (0..self.desk.children.len()).find_map(|at| {
            let day = left(&self.desk.children[at]).filter(|day| *day < self.desk.today)?;
            Some((at, day))
        });
        if let Some((child, day)) = leaver {
            // From before the child left to well after today.
            let early = starts.min(back(day, 21));
            let ends = forth(self.desk.today, 28);
            let values = [
                ("starts", Some(Value::Date(early))),
                ("ends", Some(Value::Date(ends))),
                ("weeks", whole(30)),
            ];
            let run = self.add(Kind::Provision, values, vec![("type", of), ("staff", 1)]);
            self.member(run, child, early);
            if let Some(other) = self.desk.on_roll(true).first().copied() {
                self.member(run, other, early);
            }
        }
        let soon = forth(self.desk.today, 10);
        let soon = self.desk.calendar.on_or_after(soon).unwrap_or(soon);
        self.run(of, 2, soon);
    }
}
