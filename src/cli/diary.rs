//! `list diary`: the entries a filter leaves, newest first.

use super::access::Access;
use super::entry::{self, EntryJson};
use super::filter::diary::{Filter, NOBODY};
use super::out::Out;
use super::pupil;
use super::stop::Stop;
use super::table::Table;
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::store::Store;
use chrono::NaiveDate;
use std::collections::HashSet;

/// Entries read at a time.
const PAGE: usize = 200;

/// Most entries that words are looked up in.
const FOUND_MOST: usize = i32::MAX as usize;

/// Most characters of an entry's first line in a column.
const WIDEST: usize = 100;

/// Prints the diary, or what a filter leaves of it.
pub(super) fn run(
    access: &Access,
    filter: Option<&str>,
    limit: u32,
    out: &mut Out,
) -> Result<(), Stop> {
    let typed = filter.unwrap_or_default();
    let limit = limit as usize;
    let mut found: Vec<(String, Contact)> = Vec::new();
    for store in access.stores()? {
        let filter = Filter::read(typed, access.today, &store.calendar()?)?;
        // One more than is printed tells that there are more.
        let here = entries(access, &store, &filter, limit + 1, out)?;
        let school = store.code();
        found.extend(here.into_iter().map(|contact| (school.to_owned(), contact)));
    }
    found.sort_by_key(|(_, contact)| std::cmp::Reverse(contact.at));
    let cut = found.len() > limit;
    found.truncate(limit);
    print(&found, access.globals.all, access.today, out);
    if found.is_empty() {
        out.say("No entry to list.");
    }
    if cut {
        out.say(&format!(
            "The newest {limit} entries are shown; there are older ones, which are left out. --limit N shows more."
        ));
    }
    Ok(())
}

/// The newest entries of a school that fit, at most so many.
fn entries(
    access: &Access,
    store: &Store,
    filter: &Filter,
    most: usize,
    out: &mut Out,
) -> Result<Vec<Contact>, Stop> {
    let about = match &filter.pupil {
        None => None,
        Some(text) if text.eq_ignore_ascii_case(NOBODY) => None,
        Some(text) => match pupil::within(access, store, text, out)? {
            None => return Ok(Vec::new()),
            some => some,
        },
    };
    let mut ids = if filter.nobody() {
        store.diary_of_nobody(None)?
    } else {
        store.diary(about)?
    };
    if !filter.words.is_empty() {
        let holding = store.find_contacts_of(about, &filter.words, &[], FOUND_MOST)?;
        let holding: HashSet<ContactId> = holding.into_iter().collect();
        ids.retain(|id| holding.contains(id));
    }
    let mut found = Vec::new();
    for page in ids.chunks(PAGE) {
        for contact in store.contacts_of(about, page)? {
            if found.len() == most || filter.is_past(&contact) {
                return Ok(found);
            }
            if filter.fits(&contact) {
                found.push(contact);
            }
        }
    }
    Ok(found)
}

fn print(found: &[(String, Contact)], several: bool, today: NaiveDate, out: &mut Out) {
    if out.json {
        let entries: Vec<EntryJson> = found
            .iter()
            .map(|(school, contact)| EntryJson::new(contact, several.then_some(school.as_str())))
            .collect();
        out.value(&entries);
        return;
    }
    let mut headings = vec!["id", "when", "kind", "pupils", "with", "words"];
    if several {
        headings.insert(0, "school");
    }
    let mut table = Table::new(&headings);
    for (school, contact) in found {
        let mut row = vec![
            contact.id.to_string(),
            contact.at.short(today),
            contact.kind.short().to_owned(),
            entry::about(contact),
            contact.with.clone().unwrap_or_default(),
            words(contact, out.plain),
        ];
        if several {
            row.insert(0, school.clone());
        }
        table.push(row);
    }
    out.table(&table);
}

/// The first line of the words; else what came of it.
fn words(contact: &Contact, whole: bool) -> String {
    let outcome = contact.outcome.as_deref().unwrap_or_default();
    let first = contact.said().lines().next().unwrap_or(outcome);
    let mut line = if whole || first.chars().count() <= WIDEST {
        first.to_owned()
    } else {
        let head: String = first.chars().take(WIDEST).collect();
        format!("{}...", head.trim_end())
    };
    if contact.strike().is_some() {
        line.insert_str(0, "(struck) ");
    }
    if let Some(next) = contact.follow_up.filter(|next| !next.done) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(["[", &next.task.to_string(), "]"]);
    }
    line
}
