//! The bottom two lines: what was done or could not be, and which keys do something now.

use super::contact;
use super::mark;
use super::pen::{Pen, Piece, after, columns, line_at, lines_of};
use super::theme::Role;
use crate::app::action::{Action, Global};
use crate::app::command::{COMMANDS, Command, Scope, named};
use crate::app::form::Form;
use crate::app::keymap::{Keymap, Meaning, read_sequence, show_sequence};
use crate::app::layout::{Areas, Width};
use crate::app::meeting;
use crate::app::overlay::Overlay;
use crate::app::overlay::listing::Purpose as Listed;
use crate::app::pane::desk::Front;
use crate::app::pane::provision::Key;
use crate::app::pane::{Of, Pane};
use crate::app::scope::scopes;
use crate::app::state::{Mode, Stage, State, Tone};
use crate::domain::form::{Entry, Kind};
use crate::domain::pupil::Pupil;
use ratatui::layout::Rect;

/// Most lines a message takes.
const MOST: usize = 8;

/// The message line. A long message takes lines of the body above it: it is read whole.
pub(super) fn message(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let glyphs = pen.theme.glyphs();
    let Some(flash) = &state.flash else {
        if let Some(busy) = state.busy {
            pen.say(after(areas.message, 1), busy, Role::TextMuted);
        } else if state.meeting.is_some() {
            let key = key_of(keymap, "global.back");
            let text = format!(
                "{} one child is shown: {key} {key} ends the meeting",
                glyphs.info
            );
            pen.own(|pen| pen.say(after(areas.message, 1), &text, Role::StatusInfo));
        } else if state.veil.is_some() {
            let key = key_of(keymap, "global.hide-names");
            let text = format!("{} names hidden: {key} shows them", glyphs.info);
            pen.own(|pen| pen.say(after(areas.message, 1), &text, Role::StatusInfo));
        }
        return;
    };
    let (sign, role) = match flash.tone {
        Tone::Done => (glyphs.ok, Role::StatusOk),
        Tone::Note => (glyphs.info, Role::StatusInfo),
        Tone::Fault => (glyphs.late, Role::StatusLate),
    };
    let indent = u16::from(areas.width != Width::Tiny);
    let width = usize::from(areas.message.width.saturating_sub(indent + 2));
    // A title cut short in a message ends in one sign; a terminal that has it not is given its own.
    let text = flash.text.replace('\u{2026}', glyphs.ellipsis);
    let lines = pen.wrap(&text, width);
    let count = lines
        .len()
        .min(MOST)
        .min(usize::from(areas.body.height).max(1)) as u16;
    let place = Rect {
        y: areas.message.bottom().saturating_sub(count),
        height: count.min(areas.message.bottom()),
        ..areas.message
    };
    let ground = pen.style(Role::SurfaceBase);
    pen.clear(place, ground);
    for (n, (place, line)) in lines_of(after(place, indent)).zip(&lines).enumerate() {
        if n == 0 {
            pen.say(place, &sign.to_string(), role);
        }
        pen.say(after(place, 2), line, role);
    }
}

/// The line of keys: the mode, then as many keys as fit.
pub(super) fn keys(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let (word, role) = match state.mode() {
        Mode::Nav => (" NAV ", Role::BarModeNav),
        Mode::Type => (" TYPE ", Role::BarModeType),
        Mode::Lock => (" LOCK ", Role::BarModeLock),
    };
    let used = pen.say(areas.keys, word, role);
    let mut place = after(areas.keys, used + 1);
    if !state.pending.is_empty() {
        let typed = format!("{} ", show_sequence(&state.pending));
        let used = pen.say(place, &typed, Role::BarHintKey);
        place = after(place, used);
        place = after(
            place,
            pen.text(
                place,
                pen.theme.glyphs().ellipsis,
                pen.style(Role::BarHintText),
            ),
        );
        pen.say(after(place, 1), "the next key", Role::BarHintText);
        return;
    }
    let (first, kept) = hints_of(state, keymap);
    // What is kept stands at the right and has its room before the others.
    let room = |hints: &[Hint]| -> usize { hints.iter().map(|hint| width_of(hint) + GAP).sum() };
    let width = room(&kept);
    // The way out of a box matters more than what is kept.
    let boxed = state.mode() == Mode::Type && !first.is_empty();
    let least = if boxed { room(&first) } else { 1 };
    if width + least <= usize::from(place.width) {
        let left = place.width - width as u16;
        hints(pen, after(place, left), &kept);
        place.width = left.saturating_sub(1);
    }
    hints(pen, place, &first);
}

/// A key and what it does, in a word.
pub(super) type Hint = (String, String);

/// Columns between two hints.
const GAP: usize = 2;

fn width_of((keys, word): &Hint) -> usize {
    columns(keys) + 1 + columns(word)
}

/// Writes hints as long as they fit whole.
pub(super) fn hints(pen: &mut Pen<'_>, area: Rect, hints: &[Hint]) {
    let mut place = area;
    for hint in hints {
        if width_of(hint) > usize::from(place.width) {
            continue;
        }
        let (keys, word) = hint;
        let used = pen.own(|pen| {
            let line: Vec<Piece> = vec![
                pen.piece(format!("{keys} "), Role::BarHintKey),
                pen.piece(word.clone(), Role::BarHintText),
            ];
            pen.line(place, &line)
        });
        place = after(place, used + GAP as u16);
    }
}

/// The first key of a command; its name behind a colon when it has none.
pub(super) fn key_of(keymap: &Keymap, name: &str) -> String {
    let keys = named(name).and_then(|command| keymap.keys_of(command).into_iter().next());
    keys.unwrap_or_else(|| format!(":{}", name.rsplit('.').next().unwrap_or(name)))
}

/// The keys that do something now, the most wanted first; then those that are always kept in sight.
fn hints_of(state: &State, keymap: &Keymap) -> (Vec<Hint>, Vec<Hint>) {
    let words = |pairs: &[(&str, &str)]| -> Vec<Hint> {
        pairs
            .iter()
            .map(|(key, word)| ((*key).to_owned(), (*word).to_owned()))
            .collect()
    };
    let fixed = |pairs: &[(&str, &str)]| (words(pairs), Vec::new());
    match &state.stage {
        Stage::Locked(lock) if lock.working => return fixed(&[]),
        Stage::Locked(lock) if lock.demo => {
            return fixed(&[("Enter", "open the demo"), ("q", "quit")]);
        }
        Stage::Locked(_) => {
            return fixed(&[("Enter", "open"), ("Esc", "clear"), ("Ctrl-C", "quit")]);
        }
        Stage::FirstRun(first) => return (super::first_run::hints(first, keymap), Vec::new()),
        Stage::Open => {}
    }
    let lock = named("global.lock").and_then(|command| keymap.keys_of(command).into_iter().next());
    let lock: Vec<Hint> = lock
        .map(|keys| (keys, "lock".to_owned()))
        .into_iter()
        .collect();
    match state.overlays.last() {
        // The box itself has its keys on its last line.
        Some(Overlay::Form(form)) if is_worded(form) => {
            let new_line = (key_of(keymap, "form.new-line"), "new line".to_owned());
            let text = words(&[("letters", "are text here")]);
            ([vec![new_line], text].concat(), lock)
        }
        Some(Overlay::Form(_) | Overlay::Path(_)) => (words(&[("letters", "are text here")]), lock),
        Some(Overlay::Note(_)) => (words(&[("any key", "close")]), lock),
        Some(Overlay::Finder(_)) => (picker_hints(keymap, "open", "close"), lock),
        Some(Overlay::Chooser(_)) => (picker_hints(keymap, "run", "close"), lock),
        Some(Overlay::Themes(_)) => (picker_hints(keymap, "keep it", "put back"), lock),
        Some(Overlay::Add(_)) => (picker_hints(keymap, "save", "keep draft"), lock),
        Some(Overlay::Date(_)) => (picker_hints(keymap, "set", "close"), lock),
        Some(Overlay::PutOn(_)) => (picker_hints(keymap, "put on", "close"), lock),
        Some(Overlay::Schools(_)) => (picker_hints(keymap, "go there", "close"), lock),
        None if state.filter_typed().is_some() => (picker_hints(keymap, "keep", "clear"), lock),
        _ => command_hints(state, keymap, lock),
    }
}

/// True while the caret is in words of several lines.
fn is_worded(form: &Form) -> bool {
    let blank = form.blanks.get(form.focus);
    blank.is_some_and(|blank| matches!(blank.def.entry, Entry::Lines(_)))
}

/// Enter and Esc in a box with a query: what they do there.
fn picker_hints(keymap: &Keymap, take: &str, leave: &str) -> Vec<Hint> {
    vec![
        (key_of(keymap, "picker.take"), take.to_owned()),
        (key_of(keymap, "picker.leave"), leave.to_owned()),
    ]
}

/// Hints of the commands in force: those to start with before the rest, the innermost first; help and the lock kept.
fn command_hints(state: &State, keymap: &Keymap, lock: Vec<Hint>) -> (Vec<Hint>, Vec<Hint>) {
    let scopes = scopes(state);
    let (mut own, mut start, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    let (mut help, mut quit) = (Vec::new(), Vec::new());
    for scope in &scopes {
        for command in COMMANDS
            .iter()
            .filter(|command| command.scope == *scope && !command.hint.is_empty())
        {
            if is_idle(state, command) || meeting::bars(state, command.action) {
                continue;
            }
            let Some((keys, word)) = hint(command, &scopes, keymap) else {
                continue;
            };
            let hint = (keys, word_here(state, command).unwrap_or(word));
            match command.name {
                "global.lock" => {}
                "global.help" => help.push(hint),
                "global.close" => quit.push(hint),
                "rows.tick" | "rows.date" => own.push(hint),
                _ if command.start
                    || !matches!(scope, Scope::Register | Scope::Rows | Scope::Global) =>
                {
                    start.push(hint);
                }
                _ => rest.push(hint),
            }
        }
    }
    ([own, start, rest, quit].concat(), [help, lock].concat())
}

/// What a command does here, where that is not what its hint says.
fn word_here(state: &State, command: &Command) -> Option<String> {
    let word = match (state.overlays.last(), command.name) {
        (Some(Overlay::Listing(listing)), "listing.new-term") => {
            return listing
                .purpose
                .makes()
                .map(|kind| format!("new {}", kind.noun()));
        }
        (Some(Overlay::Listing(listing)), "list.open") => listing.purpose.takes(),
        (Some(_), "global.close") | (Some(Overlay::Reading), "list.open") => "close",
        (None, "panes.zoom") if state.desk.front == Front::Zoom => "the Desk",
        _ => return None,
    };
    Some(word.to_owned())
}

/// True for a command that would do nothing now: it needs a row and there is none, or not of this kind.
fn is_idle(state: &State, command: &Command) -> bool {
    match state.overlays.last() {
        Some(Overlay::Plan(view)) => match command.name {
            "plan.apply" => view.plan.is_empty(),
            "plan.tick" => !view.has_choices(),
            "plan.leavers" => view.plan.left.is_empty(),
            _ => false,
        },
        Some(Overlay::Listing(listing)) => {
            let empty = listing.rows.is_empty();
            match command.name {
                "list.open" => empty || listing.purpose.takes().is_empty(),
                "listing.remove" => empty || !listing.purpose.removes(),
                "listing.new-term" => listing.purpose.makes().is_none(),
                "listing.new-closure" => listing.purpose != Listed::Calendar,
                _ => false,
            }
        }
        Some(Overlay::Record(view)) => match command.name {
            "rows.filter" | "rows.mark" => true,
            "rows.tick" | "rows.date" => match view.current() {
                (Kind::Task, _) => false,
                (Kind::Contact, id) => !view
                    .contacts
                    .iter()
                    .any(|one| one.id.0 == id && one.follow_up.is_some()),
                _ => true,
            },
            _ => false,
        },
        Some(Overlay::Reading) => {
            matches!(command.name, "rows.filter" | "rows.mark") || is_rowless(state, command)
        }
        Some(_) => false,
        None if command.scope == Scope::Panes => state.desk.front == Front::Pane,
        None => is_rowless(state, command),
    }
}

/// True for a command of a row of the pane in front where that row is none, or has no task.
fn is_rowless(state: &State, command: &Command) -> bool {
    let (empty, tasked, child) = match state.pane {
        Pane::Register => {
            let empty = state.register.list.is_empty();
            (empty, false, !empty)
        }
        Pane::Diary => {
            let row = state.diary.current_row();
            let promised = row.is_some_and(|contact| contact.follow_up.is_some());
            let child = row.is_some_and(|contact| !contact.pupils.is_empty());
            (state.diary.rows().is_empty(), promised, child)
        }
        Pane::Tasks => {
            let row = state.tasks.current();
            let child = row.is_some_and(|line| line.about.is_some());
            (state.tasks.rows.is_empty(), row.is_some(), child)
        }
        Pane::Provision => {
            let key = state.provision.current_key();
            let child = matches!(key, Some(Key::Member(_)));
            (state.provision.rows.is_empty(), false, child)
        }
    };
    match command.scope {
        _ if state.all => is_idle_in_day(state, command),
        _ if command.needs_pupil && !child => true,
        Scope::Rows if matches!(command.name, "rows.tick" | "rows.date") => !tasked,
        Scope::List
        | Scope::Rows
        | Scope::Register
        | Scope::Provision
        | Scope::Diary
        | Scope::Tasks => empty,
        _ => false,
    }
}

/// The same for the day across schools, where few verbs work on a row.
fn is_idle_in_day(state: &State, command: &Command) -> bool {
    let none = state.day.rows.is_empty();
    match (command.scope, command.action) {
        (Scope::Rows, Action::Rows(act)) => none || !act.works_across(),
        (Scope::List, _) => none,
        _ => false,
    }
}

/// A command's first key that means it here, and its word.
fn hint(command: &Command, scopes: &[Scope], keymap: &Keymap) -> Option<Hint> {
    let means_it = |text: &String| {
        read_sequence(text)
            .is_ok_and(|keys| keymap.look_up(scopes, &keys) == Meaning::Act(command.action))
    };
    keymap
        .keys_of(command)
        .into_iter()
        .find(means_it)
        .map(|keys| (keys, command.hint.to_owned()))
}

/// What may follow the keys of a prefix, over the last lines of the body.
pub(super) fn followers(pen: &mut Pen<'_>, areas: &Areas, state: &State, keymap: &Keymap) {
    let found = keymap.followers(&scopes(state), &state.pending);
    if found.is_empty() || areas.body.is_empty() {
        return;
    }
    let rows: Vec<(String, String)> = found
        .iter()
        .filter_map(|(key, command)| Some((key.to_string(), told_of(state, command)?)))
        .collect();
    let key_width = rows.iter().map(|(key, _)| columns(key)).max().unwrap_or(1) as u16;
    let widest = rows
        .iter()
        .map(|(_, title)| columns(title))
        .max()
        .unwrap_or(1) as u16
        + key_width
        + 4;
    let inner = areas.body.width.saturating_sub(4).max(1);
    let across = (inner / widest.max(1)).max(1);
    let lines = (rows.len() as u16).div_ceil(across);
    let height = (lines + 2).min(areas.body.height);
    let area = Rect {
        y: areas.body.bottom() - height,
        height,
        ..areas.body
    };
    let mut title = format!("{} then", show_sequence(&state.pending));
    // Whose record the next key writes in is told before it is pressed.
    let of_child = |command: &Command| {
        command.needs_pupil || matches!(command.action, Action::Global(Global::Log(_)))
    };
    if found.iter().any(|(_, command)| of_child(command))
        && let Some(whom) = at_hand(pen, state)
    {
        title = format!("{title}, for {whom}");
    }
    let room = pen.popup(area, &title);
    let width = room.width / across;
    for (n, (key, title)) in rows.iter().enumerate() {
        let (column, line) = ((n as u16) / lines, (n as u16) % lines);
        let place = line_at(room, line);
        let place = after(place, column * width);
        let place = Rect {
            width: place.width.min(width),
            ..place
        };
        pen.own(|pen| {
            pen.say(place, key, Role::BarHintKey);
            pen.say(after(place, key_width + 2), title, Role::TextNormal);
        });
    }
}

/// What a command does, said of the schools there are; `None` where there is no such school.
fn told_of(state: &State, command: &Command) -> Option<String> {
    match command.action {
        Action::Global(Global::School(digit)) => {
            let listed = state.schools.get(usize::from(digit).checked_sub(1)?)?;
            Some(format!("{} {}", listed.code, listed.name))
        }
        _ => Some(command.title.to_owned()),
    }
}

/// Whom a command would be about: the child of the open record or of the row under the cursor, or how many are marked.
fn at_hand(pen: &Pen<'_>, state: &State) -> Option<String> {
    let record = state
        .overlays
        .iter()
        .rev()
        .find_map(|overlay| match overlay {
            Overlay::Record(view) => Some(&view.record.pupil),
            _ => None,
        });
    let mut over = state.overlays.iter();
    let reads_one = over.any(|overlay| matches!(overlay, Overlay::Reading));
    let marked = |count: usize| (count > 0 && !reads_one).then(|| format!("the {count} marked"));
    let of = |of: &Option<Of>| of.as_ref().map(|of| of.name.clone());
    let named = |pupil: &Pupil| mark::with_class(pen, pupil);
    if let Some(pupil) = record {
        return Some(named(pupil));
    }
    match state.pane {
        Pane::Register => marked(state.register.marks.len()).or_else(|| {
            let row = state.register.current_row();
            row.map(|line| named(&line.pupil))
        }),
        Pane::Diary => marked(state.diary.marks.len()).or_else(|| {
            match state.diary.current_row().map(|row| row.pupils.as_slice()) {
                Some([only]) => Some(contact::spoken(pen, only)),
                Some([]) | None => of(&state.diary.of),
                Some(several) => Some(format!("{} pupils", several.len())),
            }
        }),
        Pane::Tasks => marked(state.tasks.marks.len()).or_else(|| {
            let about = state.tasks.current().and_then(|line| line.about.as_ref());
            about
                .map(|about| contact::spoken(pen, about))
                .or_else(|| of(&state.tasks.of))
        }),
        Pane::Provision => marked(state.provision.marks.len()).or_else(|| {
            let run = state.provision.current_run();
            run.map(|shown| shown.run.provision.title())
        }),
    }
}
