//! Files and folders of the desk that are reached by another name as well.

use super::finding::Finding;
use crate::store::Shared;

/// What is shared, and what that means.
pub(super) fn finding(shared: &Shared) -> Finding {
    match shared {
        Shared::Names(path, names) => Finding::fault(
            format!(
                "{} has {names} names (hard links): it is one file under all of them.",
                path.display()
            ),
            "Who works on it by another name works on this one, and the newest saves lie beside one name alone.",
            "Close sendesk, then copy the file and put the copy in its place: cp FILE FILE.own && mv FILE.own FILE.",
        ),
        Shared::Desk(path, other) => Finding::fault(
            format!(
                "{} is a link into the desk in {}.",
                path.display(),
                other.display()
            ),
            "Two desks use one folder: each may remove or replace the other's files.",
            "Close both, give this desk a folder of its own, and take over by hand-over what it is to have.",
        ),
        Shared::Link(path, to) => Finding::note(
            format!("{} is a link to {}.", path.display(), to.display()),
            "It lies there, not in the desk's folder, and is gone with that place.",
            "Move it into the desk's folder, unless you chose this.",
        ),
    }
}

/// The same in one sentence, for the opening desk; nothing of a link that leads to no other desk.
pub(in crate::cli) fn note(shared: &Shared) -> Option<String> {
    let what = match shared {
        Shared::Names(path, names) => format!("{} has {names} names", path.display()),
        Shared::Desk(path, other) => {
            format!(
                "{} is a folder of the desk in {}",
                path.display(),
                other.display()
            )
        }
        Shared::Link(..) => return None,
    };
    Some(format!("{what}: sendesk doctor tells what that means."))
}
