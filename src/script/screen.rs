//! A screen as text: its letters, and a second block with a letter for the style of each cell.
//!
//! Text alone would lose colour; the legend says what each letter is, by the names themes use.

use crate::ui::theme::{Role, Theme};
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier, Style};

/// Cells as they are without any text on them: no letter.
const PLAIN: char = '.';
/// Letters for styles, in the order they are met.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// Schools whose bands have a name here.
const BANDS: usize = 8;

/// The letters of a screen, a line a row, without blanks at the end. A wide character stands once.
pub fn text(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    (area.y..area.bottom())
        .map(|y| {
            let mut line = String::new();
            let mut x = area.x;
            while x < area.right() {
                let symbol = buffer.cell((x, y)).map_or(" ", Cell::symbol);
                line.push_str(symbol);
                x = x.saturating_add(symbol.cell_width().max(1));
            }
            line.trim_end().to_owned()
        })
        .collect()
}

/// The styles of a screen: a letter a cell in the same places as the text, a blank line, then what each letter is.
/// Cells of the plain ground are dots, and left out at the end of a line.
pub fn styles(buffer: &Buffer, theme: &Theme) -> Vec<String> {
    let names = names(theme);
    let ground = Look::of_style(theme.style(Role::SurfaceBase));
    let mut met: Vec<Look> = Vec::new();
    let area = buffer.area;
    let mut lines: Vec<String> = Vec::new();
    for y in area.y..area.bottom() {
        let row = (area.x..area.right()).filter_map(|x| buffer.cell((x, y)));
        let line: String = row
            .map(|cell| letter(&mut met, Look::of_cell(cell), ground))
            .collect();
        lines.push(line.trim_end_matches(PLAIN).to_owned());
    }
    lines.push(String::new());
    for (look, letter) in met.iter().zip(letters()) {
        let name = names
            .iter()
            .find(|(known, _)| known == look)
            .map_or_else(|| look.to_string(), |(_, name)| name.clone());
        lines.push(format!("{letter} {name}"));
    }
    lines
}

fn letters() -> impl Iterator<Item = char> {
    // More styles than letters share the last sign.
    LETTERS.chars().chain(std::iter::repeat('?'))
}

fn letter(met: &mut Vec<Look>, look: Look, ground: Look) -> char {
    if look == ground {
        return PLAIN;
    }
    let at = met
        .iter()
        .position(|known| *known == look)
        .unwrap_or_else(|| {
            met.push(look);
            met.len() - 1
        });
    letters().nth(at).unwrap_or('?')
}

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    fn of_cell(cell: &Cell) -> Self {
        Self {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        }
    }

    fn of_style(style: Style) -> Self {
        let mut cell = Cell::EMPTY;
        cell.set_style(style);
        Self::of_cell(&cell)
    }
}

impl std::fmt::Display for Look {
    /// `#e6e9ed/#14181d/bold`, for a style no role gives.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let modifier: Vec<String> = self
            .modifier
            .iter_names()
            .map(|(name, _)| name.to_ascii_lowercase())
            .collect();
        write!(f, "{}/{}", self.fg, self.bg)?;
        if modifier.is_empty() {
            Ok(())
        } else {
            write!(f, "/{}", modifier.join("+"))
        }
    }
}

/// Every look a theme's roles give on each ground, the plainest name first.
fn names(theme: &Theme) -> Vec<(Look, String)> {
    let mut names = Vec::new();
    let mut add = |style: Style, name: String| {
        let look = Look::of_style(style);
        if names.iter().all(|(known, _)| *known != look) {
            names.push((look, name));
        }
    };
    let grounds = [Role::SurfaceBase, Role::SurfacePanel, Role::SurfacePopup];
    for ground in grounds {
        add(theme.style(ground), ground.name().to_owned());
    }
    for ground in grounds {
        let under = theme.style(ground);
        for role in Role::ALL.iter().filter(|role| !grounds.contains(role)) {
            let on = if ground == Role::SurfaceBase {
                String::new()
            } else {
                format!(" on {}", ground.name())
            };
            add(
                under.patch(theme.style(*role)),
                format!("{}{on}", role.name()),
            );
        }
    }
    for place in 0..BANDS {
        add(
            theme.school_band(place),
            format!("school.bands {}", place + 1),
        );
    }
    add(theme.all_band(), "school.all".to_owned());
    let over = [
        Role::ListCursor,
        Role::ListCursorAway,
        Role::FormFieldFocus,
        Role::FormField,
    ];
    for ground in grounds {
        for under in Role::ALL {
            for role in over {
                let style = theme
                    .style(ground)
                    .patch(theme.style(*under))
                    .patch(theme.style(role));
                add(style, format!("{} over {}", role.name(), under.name()));
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    #[test]
    fn a_line_ends_with_its_last_letter_and_a_wide_letter_stands_once() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 2));
        buffer.set_string(0, 0, "a\u{4e2d}b", Style::new());
        assert_eq!(text(&buffer), ["a\u{4e2d}b", ""]);
    }

    #[test]
    fn styles_are_letters_in_the_same_places_and_named_by_their_roles() {
        let (theme, _) = Theme::named("slate", &|_| None);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 2));
        let base = theme.style(Role::SurfaceBase);
        buffer.set_style(buffer.area, base);
        buffer.set_string(1, 0, "ok", base.patch(theme.style(Role::StatusOk)));
        buffer.set_string(4, 0, "x", base.patch(theme.style(Role::ListCursor)));
        buffer.set_string(
            0,
            1,
            "y",
            Style::new()
                .fg(Color::Red)
                .bg(Color::Reset)
                .add_modifier(Modifier::BOLD),
        );
        assert_eq!(
            styles(&buffer, &theme),
            [
                ".aa.b",
                "c",
                "",
                "a status.ok",
                "b list.cursor",
                "c Red/Reset/bold"
            ]
        );
    }

    #[test]
    fn mono_is_told_apart_by_weight_and_reversal() {
        let theme = Theme::mono();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        buffer.set_string(0, 0, "a", theme.style(Role::ListCursor));
        buffer.set_string(1, 0, "b", theme.style(Role::TextStrong));
        let lines = styles(&buffer, &theme);
        assert_eq!(lines[0], "ab");
        assert_eq!(&lines[2..], ["a list.cursor", "b text.strong"]);
    }
}
