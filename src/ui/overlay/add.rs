//! The add line: the line, and under it what each part of it was taken for, before Enter makes it so.

use crate::app::keymap::Keymap;
use crate::app::layout::Areas;
use crate::app::overlay::add::{AddBox, Named};
use crate::app::state::State;
use crate::domain::add_line::Chip;
use crate::domain::finder::Match;
use crate::ui::lines;
use crate::ui::pen::{Pen, below, columns, line_at};
use crate::ui::status::{hints, key_of};
use crate::ui::theme::{Glyphs, Role};
use ratatui::layout::Rect;

/// Most lines of the box the line itself takes.
const LINE_MOST: usize = 4;
/// Most lines of the box that what was understood takes.
const CHIPS_MOST: usize = 5;

/// How a line is written, where none is yet.
const HELP: &str = "@who kind with: words  > when what next  < when it was  +tag  !  @- nobody";
/// The same by an example.
const EXAMPLE: &str = "@ao call mum: worried about reading > 1w send Lexia data";

/// The box, over the last lines of the body.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    areas: &Areas,
    state: &State,
    open: &AddBox,
    keymap: &Keymap,
) {
    let inner = usize::from(areas.body.width.saturating_sub(4)).max(1);
    let line = lines::broken(open.input.text(), inner.saturating_sub(1))
        .len()
        .clamp(1, LINE_MOST);
    let glyphs = pen.theme.glyphs();
    let said = said(open, glyphs, keymap);
    let told: usize = said
        .iter()
        .map(|(text, _)| pen.wrap(text, inner).len())
        .sum();
    let chips = flowed(pen, &chips(pen, open, glyphs), inner);
    let chip_lines = chips.len().min(CHIPS_MOST);
    let height = u16::try_from(line + chip_lines + told + 3).unwrap_or(u16::MAX);
    let height = height.min(areas.body.height);
    let area = Rect {
        y: areas.body.bottom() - height,
        height,
        ..areas.body
    };
    let room = pen.popup(area, &format!("Add at {}", state.school.name));
    // The line comes before what is said of it, the way out before the rest.
    let line = (line as u16).min(room.height.max(1));
    let typed = Rect {
        height: line.min(room.height),
        ..room
    };
    lines::input(pen, typed, &open.input, true);
    let mut rest = below(room, line);
    if !rest.is_empty() {
        let keys = [("picker.take", "save"), ("picker.leave", "keep draft")]
            .map(|(name, word)| (key_of(keymap, name), word.to_owned()));
        hints(pen, line_at(rest, rest.height - 1), &keys);
        rest.height -= 1;
    }
    // What stops the line from being saved is read first where there is little room.
    let kept = (told as u16).min(rest.height.saturating_sub(1));
    for (n, row) in chips.iter().take(chip_lines).enumerate() {
        if n as u16 + kept >= rest.height {
            break;
        }
        let pieces: Vec<_> = row
            .iter()
            .map(|(text, role)| pen.piece(text.as_str(), *role))
            .collect();
        pen.line(line_at(rest, n as u16), &pieces);
    }
    let mut rest = below(rest, (chip_lines as u16).min(rest.height - kept));
    for (text, role) in said {
        let used = pen.wrapped(rest, &text, role);
        rest = below(rest, used);
    }
}

/// Faults, notes and help, each a sentence.
fn said(open: &AddBox, glyphs: Glyphs, keymap: &Keymap) -> Vec<(String, Role)> {
    let mut all = Vec::new();
    if let Some(fault) = &open.fault {
        all.push((format!("{} {fault}", glyphs.late), Role::FormError));
    }
    if let Some(advice) = &open.advice {
        let takes = match advice.instead {
            Some(_) => format!(" {} takes it.", key_of(keymap, "picker.complete")),
            None => String::new(),
        };
        let text = format!("{} {}{takes}", glyphs.soon, advice.text);
        all.push((text, Role::StatusSoon));
    }
    for chip in &open.chips {
        if let Chip::Note(text) = chip {
            all.push((format!("{} {text}", glyphs.soon), Role::StatusSoon));
        }
    }
    if open.input.text().trim().is_empty() {
        all.push((HELP.to_owned(), Role::TextMuted));
        all.push((EXAMPLE.to_owned(), Role::TextMuted));
    } else if open.from_draft && !open.dirty {
        let clear = key_of(keymap, "field.cut-to-start");
        let text = format!("This is the line you left. {clear} takes it out.");
        all.push((text, Role::StatusInfo));
    }
    all
}

/// What the line was taken for, part by part. A line that names nobody is about the child under the cursor.
fn chips(pen: &Pen<'_>, open: &AddBox, glyphs: Glyphs) -> Vec<(String, Role)> {
    if open.input.text().trim().is_empty() {
        return open
            .about
            .iter()
            .map(|(_, name)| about(name, glyphs))
            .collect();
    }
    let mut all = Vec::new();
    for chip in &open.chips {
        let strong = |text: String| (text, Role::TextStrong);
        match chip {
            Chip::Kind(text) => {
                all.push(strong(text.clone()));
                if let (true, Some((_, name))) = (open.who.is_empty(), &open.about) {
                    all.push(about(name, glyphs));
                }
                if let Some(nobody) = &open.nobody {
                    all.push(strong(nobody.clone()));
                }
            }
            Chip::Who { typed } => match open.who.iter().find(|named| named.typed == *typed) {
                Some(named) => all.push(who(pen, named, glyphs)),
                None => all.push(strong(format!("@{}", pen.words(typed)))),
            },
            Chip::Alone { typed, words } => {
                let named = open.who.iter().find(|named| named.typed == *typed);
                let name = named.and_then(|named| match named.names.as_slice() {
                    [only] => Some(only.clone()),
                    _ => None,
                });
                let name = name.unwrap_or_else(|| format!("@{}", pen.words(typed)));
                let text = format!("{name} alone: {}", pen.words(words));
                all.push((text, Role::TextNormal));
            }
            Chip::With(text) => {
                let with = open.with.as_ref().unwrap_or(text);
                all.push((pen.whom(with).into_owned(), Role::TextNormal));
            }
            Chip::Then(text) | Chip::Due(text) => {
                let told = match text.split_once(": ") {
                    Some((when, what)) => format!("{when}: {}", pen.words(what)),
                    None => text.clone(),
                };
                all.push((told, Role::FormReading));
            }
            Chip::Urgent => all.push((format!("{} urgent", glyphs.up), Role::StatusSoon)),
            Chip::Nobody(_) | Chip::Note(_) => {}
            Chip::When(text) => {
                all.push((text.clone(), Role::TextNormal));
                // Who may see it stands there before Enter.
                let sees = open
                    .sees
                    .map(|sees| (sees.word().to_owned(), Role::TextNormal));
                all.extend(sees);
            }
            _ => all.push((chip.text(), Role::TextNormal)),
        }
    }
    all
}

/// Whom an entry is about because the cursor is there, which nobody said: a note on the wrong child is a data breach.
fn about(name: &str, glyphs: Glyphs) -> (String, Role) {
    let text = format!("about {name} {} @- for nobody", glyphs.dot);
    (text, Role::StatusSoon)
}

/// Whom an `@` means: the child, those it may be by their digits, or that it is nobody.
fn who(pen: &Pen<'_>, named: &Named, glyphs: Glyphs) -> (String, Role) {
    let typed = pen.words(&named.typed);
    match &named.means {
        Match::One(_) => {
            let name = named.names.first().map_or("", String::as_str);
            if named.left {
                (format!("{name} ({} left)", glyphs.off), Role::StatusSoon)
            } else {
                (name.to_owned(), Role::TextStrong)
            }
        }
        Match::Several(_) => {
            let all: Vec<String> = named
                .names
                .iter()
                .enumerate()
                .map(|(n, name)| format!("{} {name}", n + 1))
                .collect();
            let text = format!("{} @{typed}: {}", glyphs.soon, all.join("  "));
            (text, Role::StatusSoon)
        }
        Match::None => (
            format!("{} nobody matches @{typed}", glyphs.late),
            Role::StatusLate,
        ),
    }
}

/// Chips in lines, a stroke between two of them; one that is longer than a line is wrapped.
fn flowed(pen: &Pen<'_>, chips: &[(String, Role)], width: usize) -> Vec<Vec<(String, Role)>> {
    let mut lines: Vec<Vec<(String, Role)>> = Vec::new();
    let mut used = width;
    for (text, role) in chips {
        for (n, part) in pen.wrap(text, width).into_iter().enumerate() {
            let wide = columns(&part);
            let fits = n == 0 && used + 3 + wide <= width;
            if let Some(line) = lines.last_mut().filter(|_| fits) {
                line.push((" | ".to_owned(), Role::TextMuted));
                line.push((part, *role));
                used += 3 + wide;
            } else {
                lines.push(vec![(part, *role)]);
                used = wide;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Theme;
    use ratatui::buffer::Buffer;

    #[test]
    fn chips_flow_over_lines_and_a_long_one_is_wrapped() {
        let chip = |text: &str| (text.to_owned(), Role::TextNormal);
        let text = |lines: Vec<Vec<(String, Role)>>| -> Vec<String> {
            let joined = |line: Vec<(String, Role)>| line.into_iter().map(|one| one.0).collect();
            lines.into_iter().map(joined).collect()
        };
        let theme = Theme::mono();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        let pen = Pen::new(&mut buffer, &theme);
        let flowed = |chips: &[(String, Role)], width| flowed(&pen, chips, width);
        let all = [chip("Phone call"), chip("Aisha Okafor 5B"), chip("today")];
        assert_eq!(
            text(flowed(&all, 40)),
            ["Phone call | Aisha Okafor 5B | today"]
        );
        assert_eq!(
            text(flowed(&all, 16)),
            ["Phone call", "Aisha Okafor 5B", "today"]
        );
        assert_eq!(text(flowed(&all, 9))[..2], ["Phone", "call"]);
    }
}
