//! Facts about a pupil as lines: the same words in the peek and in the record.

use super::mark;
use super::pen::{Line, Pen};
use super::theme::Role;
use crate::domain::date;
use crate::domain::fault::DataFault;
use crate::domain::pupil::Pupil;
use chrono::NaiveDate;

/// Columns of the words before a fact.
const LABEL: usize = 10;

/// A label and what stands after it, wrapped under itself.
pub(super) fn fact(pen: &Pen<'_>, label: &str, text: &str, role: Role, width: usize) -> Vec<Line> {
    let lines = pen.wrap(text, width.saturating_sub(LABEL).max(8));
    let label = |n: usize| format!("{:<LABEL$}", if n == 0 { label } else { "" });
    lines
        .into_iter()
        .enumerate()
        .map(|(n, line)| vec![pen.piece(label(n), Role::FormLabel), pen.piece(line, role)])
        .collect()
}

/// The name in full, class and year.
pub(super) fn heading(pen: &Pen<'_>, pupil: &Pupil, today: NaiveDate) -> Line {
    let mut line = vec![pen.piece(mark::spoken(pen, pupil), Role::TextStrong)];
    let mut add = |text: &str| line.push(pen.piece(format!("  {text}"), Role::TextNormal));
    if let Some(class) = &pupil.class {
        add(class);
    }
    if let Some(year) = mark::year_words(pupil, today) {
        add(&year);
    }
    if let Some(day) = pupil.left_on {
        let word = if pupil.is_leaver(today) {
            "left"
        } else {
            "leaves"
        };
        line.push(pen.piece(format!("  {word} {}", date::medium(day)), Role::StatusOff));
    }
    line
}

/// Who the child is: a fact a line where there is room, several where there is little.
pub(super) fn identity(
    pen: &Pen<'_>,
    pupil: &Pupil,
    today: NaiveDate,
    roomy: bool,
) -> Vec<(&'static str, String)> {
    let born = pupil.dob.map_or_else(
        || "not known".to_owned(),
        |dob| match date::age_on(dob, today) {
            _ if pen.hides() => dob.format("%Y").to_string(),
            Some(age) => format!("{}, {age} years", date::medium(dob)),
            None => date::medium(dob),
        },
    );
    let sex = match pupil.sex.as_deref() {
        Some("F") => Some("Female".to_owned()),
        Some("M") => Some("Male".to_owned()),
        other => other.map(str::to_owned),
    };
    let legal = (pupil.preferred_forename.is_some() || pupil.middle_names.is_some()).then(|| {
        let names = [
            Some(pupil.forename.as_str()),
            pupil.middle_names.as_deref(),
            Some(pupil.surname.as_str()),
        ];
        names
            .into_iter()
            .flatten()
            .filter(|name| !name.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    });
    let private = |text: &Option<String>| text.as_deref().map(|text| pen.private(text).to_owned());
    let rest = [
        ("Sex", sex),
        ("UPN", private(&pupil.upn)),
        ("Home LA", pupil.home_la.clone()),
        ("Office no", private(&pupil.mis_id)),
    ];
    let mut facts = vec![("Born", born)];
    if roomy {
        facts.extend(legal.map(|name| ("Legally", name)));
        facts.extend(
            rest.into_iter()
                .filter_map(|(label, text)| text.map(|text| (label, text))),
        );
        return facts;
    }
    let words: Vec<String> = rest
        .into_iter()
        .filter_map(|(label, text)| {
            text.map(|text| {
                if label == "Sex" {
                    text
                } else {
                    format!("{label} {text}")
                }
            })
        })
        .collect();
    facts[0].1 = std::iter::once(facts[0].1.clone())
        .chain(words)
        .collect::<Vec<_>>()
        .join(&format!(" {} ", pen.theme.glyphs().dot));
    facts.extend(legal.map(|name| ("Legally", name)));
    facts
}

/// What is to be mended, each with its sign.
pub(super) fn mend(pen: &Pen<'_>, faults: &[DataFault], width: usize) -> Vec<Line> {
    let sign = pen.theme.glyphs().soon;
    let mut lines = Vec::new();
    for (n, fault) in faults.iter().enumerate() {
        let wrapped = pen.wrap(&fault.text, width.saturating_sub(LABEL + 2).max(8));
        for (m, text) in wrapped.into_iter().enumerate() {
            let label = if n == 0 && m == 0 { "To mend" } else { "" };
            let sign = if m == 0 { sign } else { ' ' };
            let label = pen.piece(format!("{label:<LABEL$}"), Role::FormLabel);
            lines.push(vec![
                label,
                pen.piece(format!("{sign} {text}"), Role::StatusSoon),
            ]);
        }
    }
    lines
}
