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
    let mut found = Vec::new();
    for store in access.stores()? {
        let ids = if let Ok(id) = text.parse::<PupilId>() {
            vec![id]
        } else {
            let names = store.names(access.today)?;
            let rows = names.find(&text, MOST);
            rows.into_iter()
                .filter_map(|row| names.entries().get(row).map(|entry| entry.id))
                .collect()
        };
        found.push(Found {
            school: store.code().to_owned(),
            lines: store.lines(&ids)?,
        });
    }
    pupil::print(&found, access.globals.all, access.today, out);
    if found.iter().all(|group| group.lines.is_empty()) {
        out.say("Nobody on file matches that.");
    }
    Ok(())
}
