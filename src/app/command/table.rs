//! The commands of all places as one table, in the order help shows them.

use super::{Command, copy, day, global, pane, typing};

const PARTS: [&[Command]; 5] = [
    global::COMMANDS,
    copy::COMMANDS,
    pane::COMMANDS,
    day::COMMANDS,
    typing::COMMANDS,
];

const COUNT: usize =
    PARTS[0].len() + PARTS[1].len() + PARTS[2].len() + PARTS[3].len() + PARTS[4].len();

/// The parts one after another, put together while compiling.
#[expect(
    clippy::large_stack_arrays,
    reason = "only the compiler ever holds it on a stack"
)]
const fn joined() -> [Command; COUNT] {
    let mut all = [PARTS[0][0]; COUNT];
    let (mut part, mut at) = (0, 0);
    while part < PARTS.len() {
        let mut n = 0;
        while n < PARTS[part].len() {
            all[at] = PARTS[part][n];
            at += 1;
            n += 1;
        }
        part += 1;
    }
    all
}

static ALL: [Command; COUNT] = joined();

/// Every command.
pub static COMMANDS: &[Command] = &ALL;
