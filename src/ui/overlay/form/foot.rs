//! Below the fields of a form: help or fault of the one with the caret, its choices, and the keys.

use super::has_lines;
use crate::app::form::{Blank, Form};
use crate::app::keymap::Keymap;
use crate::domain::form::Reading;
use crate::ui::pen::{Pen, Piece, below, columns, line_at};
use crate::ui::status::{Hint, hints, key_of};
use crate::ui::theme::Role;
use ratatui::layout::Rect;

/// True when a field's fault is to be told: the caret has left it or a save was tried, or there is something better
/// to offer at once.
pub(super) fn tells(blank: &Blank, focused: bool) -> bool {
    let offers = |fault: &crate::domain::form::FieldFault| fault.instead.is_some();
    blank.visited || focused && blank.reading.as_ref().is_err_and(offers)
}

/// True where there is a reading to show; while names are hidden not of words that are not to be seen.
pub(super) fn shows_reading(pen: &Pen<'_>, blank: &Blank, reading: &Reading) -> bool {
    let told = !pen.hides() || !blank.def.is_personal() || blank.def.reads_name();
    told && !reading.shown.is_empty()
}

/// Help or fault of the field with the caret, its choices, faults of the whole form, and the keys.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    area: Rect,
    form: &Form,
    (focus, beside): (usize, u16),
    keymap: &Keymap,
) {
    let keys = line_at(area, area.height.saturating_sub(1));
    hints(pen, keys, &form_keys(form, keymap));
    let mut room = Rect {
        height: area.height.saturating_sub(1),
        ..area
    };
    if room.height > 4 {
        room = below(room, 1);
    }
    let Some(blank) = form.blanks.get(focus) else {
        return;
    };
    let choices = blank.choices();
    let kept = u16::from(!choices.is_empty() && room.height > 1);
    let words = Rect {
        height: room.height - kept,
        ..room
    };
    let used = said(pen, words, form, (blank, beside), keymap);
    offered(pen, below(room, used), blank, &choices);
}

/// What was changed elsewhere while it was typed into here, and the keys that settle it.
fn newer<'a>(form: &'a Form, keymap: &Keymap) -> impl Iterator<Item = String> + use<'a> {
    let quoted = |text: &str| match text.trim() {
        "" => "nothing".to_owned(),
        text => format!("\"{}\"", shortened(text)),
    };
    let both = form.newer.iter().map(move |one| {
        format!(
            "{} was changed elsewhere: {} on file now, {} here.",
            one.label,
            quoted(&one.now),
            quoted(&one.yours)
        )
    });
    let [next, save, afresh] =
        ["form.next", "form.save", "form.afresh"].map(|name| key_of(keymap, name));
    let ask =
        format!("Not saved. {next}, then {save}, saves yours; {afresh} takes what is on file.");
    both.chain((!form.newer.is_empty()).then_some(ask))
}

/// What was asked before a save, and the keys that settle it.
fn asked<'a>(form: &'a Form, keymap: &Keymap) -> impl Iterator<Item = String> + use<'a> {
    let [next, save] = ["form.next", "form.save"].map(|name| key_of(keymap, name));
    let how = format!("Not saved. {next}, then {save}, saves it all the same.");
    let waits = !form.asked.is_empty();
    form.asked.iter().cloned().chain(waits.then_some(how))
}

/// The beginning of longer words.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}...", line[..at].trim_end()),
        None => line,
    }
}

/// What is to be said: faults first, then warning and advice, then help. Gives the lines used.
fn said(
    pen: &mut Pen<'_>,
    area: Rect,
    form: &Form,
    (blank, beside): (&Blank, u16),
    keymap: &Keymap,
) -> u16 {
    let glyphs = pen.theme.glyphs();
    let takes = |instead: Option<&String>| match instead.filter(|text| *text != blank.input.text())
    {
        Some(_) => format!(" {} takes it.", key_of(keymap, "form.next")),
        None => String::new(),
    };
    let mut lines: Vec<(String, Role)> = Vec::new();
    let mut own = None;
    if let Err(fault) = blank.reading.as_ref()
        && tells(blank, true)
    {
        let text = fault.to_string();
        let offer = takes(fault.instead.as_ref());
        lines.push((format!("{} {text}{offer}", glyphs.late), Role::FormError));
        own = Some(text);
    }
    let others = form
        .faults
        .iter()
        .filter(|text| own.as_ref() != Some(*text));
    lines.extend(others.map(|text| (format!("{} {text}", glyphs.late), Role::FormError)));
    let newer = newer(form, keymap).map(|text| format!("{} {text}", glyphs.late));
    lines.extend(newer.map(|text| (text, Role::FormError)));
    let asked = asked(form, keymap).map(|text| format!("{} {text}", glyphs.soon));
    lines.extend(asked.map(|text| (text, Role::StatusSoon)));
    if let Ok(reading) = &blank.reading {
        let label = blank.def.label;
        if let Some(text) = &reading.warning {
            let text = format!(
                "{} {label}: {text}: kept, and listed to be mended.",
                glyphs.soon
            );
            lines.push((text, Role::StatusSoon));
        }
        if let Some(text) = &reading.advice {
            let offer = takes(reading.instead.as_ref());
            let text = format!("{} {label}: {text}{offer}", glyphs.soon);
            lines.push((text, Role::StatusSoon));
        }
        let text = format!("{} {}", glyphs.arrow, reading.shown);
        if shows_reading(pen, blank, reading) && columns(&text) > usize::from(beside) {
            lines.push((text, Role::FormReading));
        }
    }
    if lines.is_empty() {
        lines.push((blank.def.help.to_owned(), Role::TextMuted));
    }
    if !form.children.is_empty() {
        lines.push((format!("About {}", form.children), Role::FormReading));
    }
    if form.from_draft {
        let key = key_of(keymap, "form.afresh");
        let text = format!("This is the draft you left. {key} starts afresh.");
        lines.push((text, Role::StatusInfo));
    }
    let mut used = 0;
    for (text, role) in lines {
        used += pen.wrapped(below(area, used), &text, role);
    }
    used
}

/// The choices of a field: the one understood in brackets, and as many of the others as fit, from its line on.
fn offered(pen: &mut Pen<'_>, area: Rect, blank: &Blank, all: &[(String, String)]) {
    let value = blank
        .reading
        .as_ref()
        .ok()
        .and_then(|reading| reading.value.as_ref())
        .map(crate::domain::form::Value::to_text);
    let width = usize::from(area.width);
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut used = 0;
    let mut on = 0;
    for (offer, label) in all {
        let chosen = value.as_deref() == Some(offer);
        let text = format!("{offer} {label}");
        let text = if chosen {
            format!("[{}]", text.trim_end())
        } else {
            format!(" {} ", text.trim_end())
        };
        if used + columns(&text) > width && used > 0 {
            lines.push(Vec::new());
            used = 0;
        }
        used += columns(&text) + 1;
        if chosen {
            on = lines.len() - 1;
        }
        let role = if chosen {
            Role::TextStrong
        } else {
            Role::TextMuted
        };
        if let Some(line) = lines.last_mut() {
            line.push(pen.piece(format!("{text} "), role));
        }
    }
    let height = usize::from(area.height);
    let first = on.min(lines.len().saturating_sub(height));
    for (n, line) in lines.iter().skip(first).take(height).enumerate() {
        pen.line(line_at(area, n as u16), line);
    }
}

/// The keys of a form, those that matter most first.
fn form_keys(form: &Form, keymap: &Keymap) -> Vec<Hint> {
    let mut keys = Vec::new();
    let mut add = |name: &str, word: &str| keys.push((key_of(keymap, name), word.to_owned()));
    add("form.save", "save");
    add("form.leave", "keep draft");
    let many = form.blanks.len() > 1;
    if many {
        add("form.next", "next");
    }
    let worded = form.blanks.iter().any(has_lines);
    if worded {
        add("form.new-line", "new line");
        add("form.editor", "editor");
    }
    if !worded || many {
        keys.push(("arrows".to_owned(), "change".to_owned()));
    }
    if form.from_draft || form.is_touched() {
        keys.push((key_of(keymap, "form.afresh"), "afresh".to_owned()));
    }
    keys
}
