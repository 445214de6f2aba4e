//! Pupils as rows, and the pupil somebody means by an id or by letters of a name.

use super::access::Access;
use super::json::PupilJson;
use super::out::Out;
use super::stop::Stop;
use super::table::Table;
use crate::domain::date;
use crate::domain::finder::Match;
use crate::domain::id::PupilId;
use crate::domain::pupil::Line;
use crate::store::Store;
use chrono::NaiveDate;
use serde::Serialize;

/// Most choices there are: one for each digit.
const MOST: usize = 9;

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
    chosen(store, store.names(today)?.meant(text), "", out)?.ok_or_else(|| {
        Stop::failed(
            "Nobody on file matches that. Give an id such as p12; sendesk find and sendesk list pupils print them.",
        )
    })
}

/// The one a search came to; `None` for nobody. Several are printed as choices, in the order of their digits. `sign`
/// stands before letters where this was typed: `@` or nothing.
pub(super) fn chosen(
    store: &Store,
    found: Match,
    sign: &str,
    out: &mut Out,
) -> Result<Option<PupilId>, Stop> {
    let several = match found {
        Match::None => return Ok(None),
        Match::One(id) => return Ok(Some(id)),
        Match::Several(several) => several,
    };
    print_choices(&store.lines(&several)?, out);
    Err(Stop::Choice(format!(
        "{} pupils match. Give the id of one of them ({sign}p12), or put its digit behind the letters ({sign}ao2).",
        if several.len() == MOST {
            format!("{MOST} or more")
        } else {
            several.len().to_string()
        }
    )))
}

/// The pupil a filter is about in one school. Where every school is read, `None` when nobody here matches.
pub(super) fn within(
    access: &Access,
    store: &Store,
    text: &str,
    out: &mut Out,
) -> Result<Option<PupilId>, Stop> {
    if !access.globals.all {
        return meant(store, text, access.today, out).map(Some);
    }
    if text.parse::<PupilId>().is_ok() {
        return Err(Stop::usage(
            "An id is one school's own. Name that school with --school CODE, or give letters of the name.",
        ));
    }
    chosen(store, store.names(access.today)?.meant(text), "", out)
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
