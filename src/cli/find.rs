//! `find`: the finder, in the shell.

use super::access::Access;
use super::args::FindArgs;
use super::out::Out;
use super::pupil::{self, Found};
use super::stop::Stop;
use crate::domain::id::PupilId;

/// Most pupils found in one school.
const MOST: usize = 100;

/// Prints everybody who fits, best first.
pub(super) fn run(access: &Access, verb: &FindArgs, out: &mut Out) -> Result<(), Stop> {
    let text = verb.text.join(" ");
    let mut found = look(access, &text, false)?;
    let none = |found: &[Found]| found.iter().all(|group| group.lines.is_empty());
    let nearly = none(&found);
    if nearly {
        found = look(access, &text, true)?;
    }
    pupil::print(&found, access.globals.all, access.today, out);
    if none(&found) {
        out.say("Nobody on file matches that.");
    } else if nearly {
        out.say("Nobody on file matches that; these do but for one letter.");
    }
    Ok(())
}

/// Those who fit in each school, or who nearly do.
fn look(access: &Access, text: &str, nearly: bool) -> Result<Vec<Found>, Stop> {
    let mut found = Vec::new();
    for store in access.stores()? {
        let ids = if let Ok(id) = text.parse::<PupilId>() {
            vec![id]
        } else {
            let names = store.names(access.today)?;
            let rows = if nearly {
                names.find_nearly(text, MOST)
            } else {
                names.find(text, MOST)
            };
            rows.into_iter()
                .filter_map(|row| names.entries().get(row).map(|entry| entry.id))
                .collect()
        };
        found.push(Found {
            school: store.code().to_owned(),
            lines: store.lines(&ids)?,
        });
    }
    Ok(found)
}
