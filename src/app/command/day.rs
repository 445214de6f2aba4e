//! Commands of the day across schools.

use super::{Command, Scope, command};
use crate::app::action::{Action, Day};

pub(super) const COMMANDS: &[Command] = &[
    command(
        "day.next",
        Scope::Day,
        &["]"],
        "The day after",
        Action::Day(Day::Next),
    )
    .hint("next day")
    .words("tomorrow"),
    command(
        "day.previous",
        Scope::Day,
        &["["],
        "The day before",
        Action::Day(Day::Previous),
    )
    .words("yesterday"),
    command(
        "day.before-visit",
        Scope::Day,
        &["w 1"],
        "Worklist: due before my next visit to each school; again shows all",
        Action::Day(Day::BeforeVisit),
    )
    .words("days there until"),
];
