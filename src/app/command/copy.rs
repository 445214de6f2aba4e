//! Commands that give one thing to the terminal's clipboard.

use super::{Command, global};
use crate::app::action::{Copied, Global};

/// One thing for the terminal's clipboard.
const fn copy(
    name: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    what: Copied,
) -> Command {
    global(name, keys, title, Global::Copy(what)).words("clipboard yank paste")
}

pub(super) const COMMANDS: &[Command] = &[
    copy(
        "global.copy-reference",
        &["y y"],
        "Copy the reference, such as c12",
        Copied::Reference,
    ),
    copy(
        "global.copy-phone",
        &["y p"],
        "Copy the phone number of a parent",
        Copied::Phone,
    ),
    copy(
        "global.copy-email",
        &["y e"],
        "Copy the e-mail address of a parent",
        Copied::Email,
    ),
    copy(
        "global.copy-name",
        &["y n"],
        "Copy the pupil's name",
        Copied::Name,
    ),
    copy(
        "global.copy-words",
        &["y d"],
        "Copy the words of the entry or task",
        Copied::Words,
    ),
    copy(
        "global.copy-upn",
        &["y u"],
        "Copy the pupil's UPN",
        Copied::Upn,
    ),
];
