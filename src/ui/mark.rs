//! How a status, a field's text and a date look wherever they stand: letter, word and colour together.

use super::pen::{Pen, after, columns, fitting, shown};
use super::theme::Role;
use crate::app::field::Field;
use crate::domain::code::Status;
use crate::domain::contact::Involved;
use crate::domain::date;
use crate::domain::id::PupilId;
use crate::domain::pupil::{Line, Pupil};
use crate::domain::school;
use crate::domain::text::fold;
use crate::domain::year;
use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

/// Columns the longest status takes with its word.
pub(super) const STATUS_WIDTH: u16 = 13;

/// A listed name for so many columns. Where it is too long the surname is cut and the forename kept: four children
/// of one long surname must not look alike.
pub(super) fn name(pen: &Pen<'_>, pupil: &Pupil, width: u16) -> String {
    let names = (pupil.known_as(), pupil.surname.as_str());
    if pen.hides() {
        return numbered(pen, pupil.id, names, width);
    }
    shortened(
        pupil.listed_name(),
        (&pupil.surname, pupil.known_as()),
        width,
        pen.theme.glyphs().ellipsis,
    )
}

/// `Aisha Okafor 5B`, of a row of the child's own.
pub(super) fn with_class(pen: &Pen<'_>, pupil: &Pupil) -> String {
    let name = spoken(pen, pupil);
    let class = pupil.class.as_deref().unwrap_or_default();
    format!("{name} {class}").trim_end().to_owned()
}

/// `Aisha Okafor`, of a row of the child's own.
pub(super) fn spoken(pen: &Pen<'_>, pupil: &Pupil) -> String {
    let names = (pupil.known_as(), pupil.surname.as_str());
    pen.child(pupil.id, names, pupil.spoken_name())
}

/// The one child of an entry for so many columns: with the class where both fit, else the name alone. `None` where
/// there are several.
pub(super) fn listed(pen: &Pen<'_>, pupils: &[Involved], width: u16) -> Option<String> {
    let [only] = pupils else { return None };
    let names = (only.known_as.as_str(), only.surname.as_str());
    let name = pen.child(only.pupil, names, only.listed_name());
    let class = only.class.as_deref().unwrap_or_default();
    let both = format!("{name} {class}").trim_end().to_owned();
    if columns(&both) <= usize::from(width) {
        return Some(both);
    }
    if pen.hides() {
        return Some(numbered(pen, only.pupil, names, width));
    }
    let ellipsis = pen.theme.glyphs().ellipsis;
    let parts = (only.surname.as_str(), only.known_as.as_str());
    Some(shortened(name, parts, width, ellipsis))
}

/// A child while names are hidden: where there is little room the number alone. Initials without it are many
/// children's.
pub(super) fn numbered(pen: &Pen<'_>, id: PupilId, names: (&str, &str), width: u16) -> String {
    let whole = pen.child(id, names, String::new());
    if columns(&whole) <= usize::from(width) {
        return whole;
    }
    id.to_string()
}

fn shortened(
    whole: String,
    (surname, known_as): (&str, &str),
    width: u16,
    ellipsis: &str,
) -> String {
    /// Columns of a surname below which nothing is gained.
    const LEAST: usize = 4;
    let rest = format!("{ellipsis}, {known_as}");
    let room = usize::from(width).saturating_sub(columns(&rest));
    if columns(&whole) <= usize::from(width) || known_as.is_empty() || room < LEAST {
        return whole;
    }
    format!("{}{rest}", fitting(surname, room))
}

/// A status: its letter, its word and how it is coloured.
pub(super) fn status(code: Option<&str>) -> (String, &'static str, Role) {
    match code {
        None => ("?".to_owned(), "not known", Role::StatusSoon),
        Some(code) => match Status::from_code(code) {
            Some(status) => {
                let role = if status.is_sen() {
                    Role::StatusInfo
                } else {
                    Role::StatusOff
                };
                (status.code().to_owned(), status.label(), role)
            }
            None => (code.to_owned(), "not a code", Role::StatusSoon),
        },
    }
}

/// The status of a line of the register on a day; who has left has left.
pub(super) fn line_status(line: &Line, today: NaiveDate, off: char) -> (String, String, Role) {
    if let Some(day) = line.pupil.left_on.filter(|_| line.pupil.is_leaver(today)) {
        return (
            off.to_string(),
            format!("left {}", day.format("%b %Y")),
            Role::StatusOff,
        );
    }
    let (letter, word, role) = status(line.status.as_deref());
    (letter, word.to_owned(), role)
}

/// Codes of the needs, primary first.
pub(super) fn needs(line: &Line) -> String {
    line.needs
        .iter()
        .map(|(code, _)| code.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A date of birth as lists show it; empty when not known. While names are hidden the year alone.
pub(super) fn born(pen: &Pen<'_>, pupil: &Pupil) -> String {
    match pupil.dob {
        Some(dob) if pen.hides() => dob.format("%Y").to_string(),
        Some(dob) => date::short(dob),
        None => String::new(),
    }
}

/// The year group on a day, in words.
pub(super) fn year_words(pupil: &Pupil, today: NaiveDate) -> Option<String> {
    pupil.year_on(today).map(year::spoken)
}

/// Picks out, in a text that stands at the start of a place, the letters that words of a filter found. Not while names
/// are hidden: where they stand tells what they are.
pub(super) fn matched(pen: &mut Pen<'_>, area: Rect, text: &str, filter: &str) {
    let filter = fold(filter);
    if filter.is_empty() || pen.hides() {
        return;
    }
    // Folded as the filter is, each byte with the columns of the letter it comes from.
    let mut folded = String::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut column = 0;
    for grapheme in text.graphemes(true) {
        let wide = shown(grapheme).1;
        folded.push_str(&fold(grapheme));
        places.resize(folded.len(), (column, wide));
        column += wide;
    }
    let style = pen.style(Role::ListMatch);
    for word in filter.split_whitespace() {
        for (start, found) in folded.match_indices(word) {
            for (column, wide) in &places[start..start + found.len()] {
                let cell = after(area, u16::try_from(*column).unwrap_or(u16::MAX));
                let width = (*wide as u16).min(cell.width);
                pen.lay(Rect { width, ..cell }, style);
            }
        }
    }
}

/// Draws a box to type in. The focused box has the caret; long text scrolls inside it; secrets are dots, and while names
/// are hidden everything is that may be one.
pub(super) fn input(pen: &mut Pen<'_>, area: Rect, field: &Field, focused: bool) {
    if area.is_empty() {
        return;
    }
    let role = if focused {
        Role::FormFieldFocus
    } else {
        Role::FormField
    };
    let style = pen.style(role);
    pen.lay(area, style);
    let veil = pen.theme.glyphs().veil.to_string();
    let hidden = field.hidden || pen.hides();
    let seen = |text: &str| {
        if hidden {
            veil.repeat(text.graphemes(true).count())
        } else {
            text.to_owned()
        }
    };
    let text = seen(field.text());
    let before = columns(&seen(field.before()));
    let width = usize::from(area.width);
    // The caret needs a column of its own after the last letter.
    let left_out = if focused {
        (before + 1).saturating_sub(width)
    } else {
        0
    };
    let mut skipped = 0;
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true) {
        if skipped >= left_out {
            start = at;
            break;
        }
        skipped += shown(grapheme).1;
    }
    let rest = &text[start..];
    if focused {
        pen.text(area, fitting(rest, width), style);
        let caret = before.saturating_sub(skipped).min(width.saturating_sub(1));
        pen.cursor = Some(Position::new(area.x + caret as u16, area.y));
    } else {
        pen.text(area, rest, style);
    }
}

/// Columns of a school's code.
pub(super) const CODE_WIDTH: u16 = 4;

/// A school's code on its own colour.
pub(super) fn school(pen: &mut Pen<'_>, place: Rect, (code, at): (&str, usize)) {
    let style = pen.theme.school_band(at);
    let width = (columns(code) as u16).min(CODE_WIDTH).min(place.width);
    let place = Rect { width, ..place };
    pen.clear(place, style);
    pen.text(place, code, style);
}

/// The code of the user's own tasks, where a school's stands: on no school's colour.
pub(super) fn own(pen: &mut Pen<'_>, place: Rect) {
    pen.say(place, school::OWN, Role::TextStrong);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Edit;
    use crate::ui::theme::Theme;
    use ratatui::buffer::Buffer;

    #[test]
    fn children_of_one_long_surname_keep_their_forenames() {
        let child = |forename: &str| Pupil {
            surname: "Barraclough-Gallagher".into(),
            forename: forename.into(),
            ..Pupil::blank(crate::domain::id::PupilId(1))
        };
        let theme = Theme::mono();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        let pen = Pen::new(&mut buffer, &theme);
        let name = |forename: &str, width| name(&pen, &child(forename), width);
        assert_eq!(name("Emily", 40), "Barraclough-Gallagher, Emily");
        assert_eq!(name("Emily", 23), "Barraclough-Ga.., Emily");
        assert_eq!(name("Noah", 23), "Barraclough-Gal.., Noah");
        assert_eq!(name("Noah", 8), "Barraclough-Gallagher, Noah");
    }

    fn drawn(field: &Field, width: u16) -> (String, Option<u16>) {
        let theme = Theme::mono();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        let mut pen = Pen::new(&mut buffer, &theme);
        input(&mut pen, Rect::new(0, 0, width, 1), field, true);
        let caret = pen.cursor.map(|at| at.x);
        (
            (0..width)
                .map(|x| buffer[(x, 0)].symbol().to_owned())
                .collect(),
            caret,
        )
    }

    #[test]
    fn long_text_scrolls_so_that_the_caret_is_seen() {
        let mut field = Field::with("abcdefgh");
        assert_eq!(drawn(&field, 5), ("efgh ".to_owned(), Some(4)));
        field.edit(Edit::Start);
        assert_eq!(drawn(&field, 5), ("abcde".to_owned(), Some(0)));
        assert_eq!(drawn(&Field::with("ab"), 5), ("ab   ".to_owned(), Some(2)));
    }

    #[test]
    fn letters_a_filter_found_are_picked_out_also_under_an_accent() {
        let theme = Theme::mono();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let mut pen = Pen::new(&mut buffer, &theme);
        let area = Rect::new(0, 0, 8, 1);
        let style = pen.style(Role::ListMatch);
        pen.say(area, "Díaz, Idi", Role::TextNormal);
        matched(&mut pen, area, "Díaz, Idi", "DI");
        let found: Vec<u16> = (0..12)
            .filter(|x| buffer[(*x, 0)].modifier.contains(style.add_modifier))
            .collect();
        assert_eq!(found, [0, 1, 7], "what is cut off is not marked");
    }

    #[test]
    fn a_secret_is_dots_and_its_letters_are_not_on_screen() {
        let mut field = Field::secret();
        "pass phrase".chars().for_each(|c| {
            field.insert(c);
        });
        let (row, caret) = drawn(&field, 20);
        assert_eq!(row, "***********         ");
        assert_eq!(caret, Some(11));
    }

    #[test]
    fn every_status_has_a_letter_and_a_word() {
        assert_eq!(
            status(Some("K")),
            ("K".to_owned(), "SEN support", Role::StatusInfo)
        );
        assert_eq!(
            status(None),
            ("?".to_owned(), "not known", Role::StatusSoon)
        );
        assert_eq!(status(Some("Q")).1, "not a code");
    }
}
