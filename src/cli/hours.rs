//! `list hours`: what each week took. The keys are a promise to users' scripts.

use super::access::Access;
use super::out::Out;
use super::stop::Stop;
use super::table::Table;
use crate::domain::date;
use crate::domain::hours::{self, Hours};
use serde::Serialize;

#[derive(Serialize)]
struct HoursJson {
    id: String,
    school: String,
    /// The week's Monday.
    week: String,
    minutes: i64,
    note: Option<String>,
}

/// Prints the typed hours, the last week first.
pub(super) fn list(access: &Access, out: &mut Out) -> Result<(), Stop> {
    let mut found: Vec<(String, Hours)> = Vec::new();
    for store in access.stores()? {
        let school = store.code().to_owned();
        found.extend(
            store
                .hours()?
                .into_iter()
                .map(|line| (school.clone(), line)),
        );
    }
    found.sort_by_key(|(_, line)| std::cmp::Reverse(line.week));
    if out.json {
        let rows: Vec<HoursJson> = found.iter().map(json).collect();
        out.value(&rows);
    } else {
        print(&found, access.globals.all, out);
    }
    if found.is_empty() {
        out.say("No hours to list.");
    }
    Ok(())
}

fn json((school, line): &(String, Hours)) -> HoursJson {
    HoursJson {
        id: line.id.to_string(),
        school: school.clone(),
        week: date::iso(line.week),
        minutes: line.minutes,
        note: line.note.clone(),
    }
}

fn print(found: &[(String, Hours)], several: bool, out: &mut Out) {
    let mut headings = vec!["id", "week from", "hours", "note"];
    if several {
        headings.insert(0, "school");
    }
    let mut table = Table::new(&headings);
    for (school, line) in found {
        let mut row = vec![
            line.id.to_string(),
            date::short(line.week),
            hours::shown(line.minutes),
            line.note.clone().unwrap_or_default(),
        ];
        if several {
            row.insert(0, school.clone());
        }
        table.push(row);
    }
    out.table(&table);
}
