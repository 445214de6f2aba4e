//! `list pupils`.

use super::access::Access;
use super::args::ListVerb;
use super::filter::Filter;
use super::out::Out;
use super::pupil::{self, Found};
use super::stop::Stop;
use crate::domain::finder::NameIndex;

/// Prints the register, or what a filter leaves of it.
pub(super) fn run(access: &Access, verb: &ListVerb, out: &mut Out) -> Result<(), Stop> {
    let ListVerb::Pupils { filter } = verb;
    let filter = Filter::read(filter.as_deref().unwrap_or_default())?;
    let mut found = Vec::new();
    for store in access.stores()? {
        let names = if filter.has_words() {
            store.names(access.today)?
        } else {
            NameIndex::default()
        };
        found.push(Found {
            school: store.code().to_owned(),
            lines: filter.apply(store.all_lines()?, &names, access.today),
        });
    }
    pupil::print(&found, access.globals.all, access.today, out);
    if found.iter().all(|group| group.lines.is_empty()) {
        out.say("No pupil to list.");
    }
    Ok(())
}
