//! Pupils as rows, and the pupil somebody means by an id or by letters of a name.

use super::json::PupilJson;
use super::out::Out;
use super::stop::Stop;
use super::table::Table;
use crate::domain::date;
use crate::domain::id::PupilId;
use crate::domain::pupil::Line;
use crate::store::Store;
use chrono::NaiveDate;
use serde::Serialize;

/// Most choices that are printed.
const MOST: usize = 50;

/// Pupils of one school.
pub(super) struct Found {
    /// The school's code.
    pub(super) school: String,
    /// The pupils.
    pub(super) lines: Vec<Line>,
}

/// Prints the pupils: as JSON, or in columns. With several schools each row tells its own.
pub(super) fn print(found: &[Found], several: bool, today: NaiveDate, out: &mut Out) {
    if out.json {
        let pupils: Vec<PupilJson> = found
            .iter()
            .flat_map(|group| {
                let school = several.then_some(group.school.as_str());
                let each = group.lines.iter();
                each.map(move |line| PupilJson::new(line, school, today))
            })
            .collect();
        out.value(&pupils);
        return;
    }
    let mut headings = vec!["id", "name", "year", "class", "SEN", "since", "needs"];
    if several {
        headings.insert(0, "school");
    }
    let mut table = Table::new(&headings);
    for group in found {
        for line in &group.lines {
            let mut row = row(line, today);
            if several {
                row.insert(0, group.school.clone());
            }
            table.push(row);
        }
    }
    out.table(&table);
}

fn row(line: &Line, today: NaiveDate) -> Vec<String> {
    let pupil = &line.pupil;
    let needs: Vec<&str> = line.needs.iter().map(|(code, _)| code.as_str()).collect();
    let mut last = needs.join(" ");
    if pupil.is_leaver(today) {
        let left = pupil.left_on.map(date::short).unwrap_or_default();
        last = [last, format!("left {left}")].join(" ").trim_start().into();
    }
    vec![
        pupil.id.to_string(),
        pupil.listed_name(),
        pupil.year_on(today).unwrap_or_default().to_owned(),
        pupil.class.clone().unwrap_or_default(),
        line.status.clone().unwrap_or_else(|| "?".to_owned()),
        line.status_since.map(date::short).unwrap_or_default(),
        last,
    ]
}

/// The pupil meant by `p12`, or by letters that fit one pupil only. Several are printed as choices.
pub(super) fn meant(
    store: &Store,
    text: &str,
    today: NaiveDate,
    out: &mut Out,
) -> Result<PupilId, Stop> {
    if let Ok(id) = text.parse::<PupilId>() {
        return Ok(id);
    }
    let names = store.names(today)?;
    let rows = names.find(text, MOST);
    let ids: Vec<PupilId> = rows
        .into_iter()
        .filter_map(|row| names.entries().get(row).map(|entry| entry.id))
        .collect();
    match ids.as_slice() {
        [] => Err(Stop::failed(
            "Nobody on file matches that. Give an id such as p12; sendesk find and sendesk list pupils print them.",
        )),
        [only] => Ok(*only),
        _ => {
            print_choices(&store.lines(&ids)?, out);
            Err(Stop::Choice(format!(
                "{} pupils match. Give the id of one of them.",
                if ids.len() == MOST {
                    "Many".to_owned()
                } else {
                    ids.len().to_string()
                }
            )))
        }
    }
}

#[derive(Serialize)]
struct ChoiceJson {
    id: String,
    name: String,
    class: Option<String>,
}

/// Prints who may be meant: id, name and class.
pub(super) fn print_choices(lines: &[Line], out: &mut Out) {
    if out.json {
        let choices: Vec<_> = lines
            .iter()
            .map(|line| ChoiceJson {
                id: line.pupil.id.to_string(),
                name: line.pupil.listed_name(),
                class: line.pupil.class.clone(),
            })
            .collect();
        out.value(&choices);
        return;
    }
    let mut table = Table::new(&["id", "name", "class"]);
    for line in lines {
        table.push(vec![
            line.pupil.id.to_string(),
            line.pupil.listed_name(),
            line.pupil.class.clone().unwrap_or_default(),
        ]);
    }
    out.table(&table);
}
