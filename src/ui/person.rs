//! Somebody around a child in lines: who they are, how they are reached, and what may not be told them.

use super::pen::{Line, Pen, columns};
use super::theme::Role;
use crate::domain::person::Person;

/// A person: name and relationship, then numbers, then what is known of rights; over as many lines as it takes.
/// That nothing may be shared comes first and loudest.
pub(super) fn lines(pen: &Pen<'_>, person: &Person, width: usize) -> Vec<Line> {
    let mut parts: Vec<(String, Role)> =
        vec![(pen.whom(&person.spoken()).into_owned(), Role::TextStrong)];
    if person.share == Some(false) {
        let sign = pen.theme.glyphs().late;
        parts.push((format!("{sign} DO NOT SHARE"), Role::StatusLate));
    }
    let plain = [person.phone.as_ref(), person.email.as_ref()];
    parts.extend(
        plain
            .into_iter()
            .flatten()
            .map(|text| (pen.private(text).to_owned(), Role::TextNormal)),
    );
    match person.parental_responsibility {
        Some(true) => parts.push(("parental responsibility".to_owned(), Role::StatusInfo)),
        Some(false) => parts.push(("no parental responsibility".to_owned(), Role::StatusSoon)),
        None => {}
    }
    let mut lines: Vec<Line> = vec![Vec::new()];
    let mut used = 0;
    for (text, role) in parts {
        let wide = columns(&text);
        let indent = if lines.len() > 1 { 2 } else { 0 };
        if used > indent && used + 2 + wide > width {
            lines.push(vec![pen.piece("  ", role)]);
            used = 2;
        } else if used > 0 {
            if let Some(line) = lines.last_mut() {
                line.push(pen.piece("  ", Role::TextNormal));
            }
            used += 2;
        }
        used += wide;
        if let Some(line) = lines.last_mut() {
            line.push(pen.piece(text, role));
        }
    }
    lines
}
