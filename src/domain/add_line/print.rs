//! A line printed so that it reads back as the same: who, kind, with, words, what is next, then the rest.

use super::mark::QUOTES;
use super::{AddLine, FollowUp, What, kind};
use crate::domain::contact::Topic;
use std::fmt::Write as _;

/// The line in its settled form. Reading it gives the same line again, but for parts and notes.
pub fn print(line: &AddLine) -> String {
    let mut out = String::new();
    for name in &line.who {
        out.push_str(&typed_name(name));
        out.push(' ');
    }
    if line.nobody {
        push(&mut out, ["@-", line.topic.map_or("", Topic::word), " "]);
    }
    out.push_str(kind::word(line.what, line.review));
    let gap = gap(line);
    match line.what {
        What::Task => {
            if !line.words.is_empty() {
                push(&mut out, [":", gap, &line.words]);
            }
            if let Some(due) = line.due {
                push(&mut out, [gap, "> ", &due.to_stored()]);
            }
        }
        What::Contact(kind) => {
            push_entry(&mut out, line, gap, kind.is_exchange());
            if let Some(happened) = line.happened {
                push(&mut out, [gap, "< ", &happened.to_stored()]);
            }
        }
    }
    for tag in &line.tags {
        push(&mut out, [" +", tag]);
    }
    if line.urgent {
        out.push_str(" !");
    }
    if let Some(school) = &line.school {
        push(&mut out, [" ^", school]);
    }
    out
}

fn push<'t>(out: &mut String, texts: impl IntoIterator<Item = &'t str>) {
    out.extend(texts);
}

/// With whom, the words and what is next. A dated follow-up comes before what is about one child alone, one for
/// someday behind it: the first `>` with a date counts, and without one the last.
fn push_entry(out: &mut String, line: &AddLine, gap: &str, is_exchange: bool) {
    let with = line.with.as_deref().unwrap_or_default();
    let has = |text: &str, test: &dyn Fn(&str) -> bool| text.split_whitespace().any(test);
    let is_last = is_exchange
        && !has(with, &|word| kind::minutes(word).is_some())
        && !has(&line.words, &|word| matches!(word, "<" | ">"));
    if let Some(minutes) = line.minutes.filter(|_| !is_last) {
        let _ = write!(out, " {minutes}m");
    }
    if !with.is_empty() {
        push(out, [" ", with]);
    }
    let is_bare = with.is_empty() && line.words.is_empty() && line.words_of.is_empty();
    if !is_bare || line.minutes.is_some() {
        out.push(':');
    }
    if !line.words.is_empty() {
        push(out, [gap, &line.words]);
    }
    if let Some(minutes) = line.minutes.filter(|_| is_last) {
        let _ = write!(out, "{gap}{minutes}m");
    }
    let next = line.follow_up.as_ref();
    if let Some(next) = next.filter(|next| next.due.is_some()) {
        push_next(out, next, gap);
    }
    for (who, words) in &line.words_of {
        let name = line.who.get(*who).map_or("", String::as_str);
        push(out, [gap, &typed_name(name), ": ", words]);
    }
    if let Some(next) = next.filter(|next| next.due.is_none()) {
        push_next(out, next, gap);
    }
}

fn push_next(out: &mut String, next: &FollowUp, gap: &str) {
    push(out, [gap, ">"]);
    if let Some(due) = next.due {
        let typed = next.typed.clone().unwrap_or_else(|| due.to_stored());
        push(out, [" ", &typed]);
        if !next.what.is_empty() {
            out.push(':');
        }
    }
    if !next.what.is_empty() {
        push(out, [" ", &next.what]);
    }
}

/// A name as it is typed: in quotes where it would not be one word.
fn typed_name(name: &str) -> String {
    let is_word = !name.contains(|c: char| c.is_whitespace() || c == ':')
        && !name.ends_with([',', ';'])
        && !name.starts_with(QUOTES);
    if is_word {
        format!("@{name}")
    } else {
        format!("@\"{}\"", name.replace(QUOTES, "'"))
    }
}

/// What stands between the parts: a line end where a quote behind an `@` could else reach into the next part.
fn gap(line: &AddLine) -> &'static str {
    let opens = |text: &str| {
        text.match_indices('@')
            .any(|(at, sign)| text[at + sign.len()..].starts_with(QUOTES))
    };
    let next = line.follow_up.as_ref().map_or("", |next| &next.what);
    let is_open = opens(&line.words)
        || opens(line.with.as_deref().unwrap_or_default())
        || opens(next)
        || line.words_of.iter().any(|(_, words)| opens(words));
    if is_open { "\n" } else { " " }
}
