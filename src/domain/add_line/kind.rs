//! The kind words of an add line, and the durations that read `25m`.

use super::What;
use crate::domain::contact::ContactKind;
use crate::domain::text;

/// What a kind word makes, and whether it is a review with parents.
type Made = (What, bool);

const REVIEW: Made = (What::Contact(ContactKind::Meeting), true);

const fn contact(kind: ContactKind) -> Made {
    (What::Contact(kind), false)
}

/// The word that is printed, what it makes, and other whole words for it.
static KINDS: &[(&str, Made, &[&str])] = &[
    ("call", contact(ContactKind::Phone), &["phone", "ring"]),
    ("email", contact(ContactKind::Email), &["e-mail", "mail"]),
    ("meet", contact(ContactKind::Meeting), &["meeting"]),
    ("visit", contact(ContactKind::Visit), &[]),
    ("letter", contact(ContactKind::Letter), &[]),
    ("text", contact(ContactKind::Text), &["sms", "app"]),
    ("note", contact(ContactKind::Note), &[]),
    ("task", (What::Task, false), &[]),
    ("review", REVIEW, &[]),
    ("talk", contact(ContactKind::InPerson), &["in-person"]),
    ("safeguarding", contact(ContactKind::Safeguarding), &[]),
];

/// Starts of kind words that are words of their own, or too easily another: `@ao not in today` must stay a `not`.
const NO_START: [&str; 7] = ["no", "not", "let", "me", "re", "safe", "te"];

/// What a word makes when it is a kind word or, of two letters or more, the start of one only.
pub(super) fn read(word: &str) -> Option<Made> {
    if !(2..=16).contains(&word.len()) {
        return None;
    }
    let word = text::fold(word);
    let whole = KINDS
        .iter()
        .find(|(name, _, others)| *name == word || others.contains(&word.as_str()));
    if let Some((_, made, _)) = whole {
        return Some(*made);
    }
    if NO_START.contains(&word.as_str()) {
        return None;
    }
    let mut starting = KINDS.iter().filter(|(name, _, _)| name.starts_with(&word));
    match (starting.next(), starting.next()) {
        (Some((_, made, _)), None) if word.len() >= 2 => Some(*made),
        _ => None,
    }
}

/// The word that makes this.
pub(super) fn word(what: What, review: bool) -> &'static str {
    KINDS
        .iter()
        .find(|(_, made, _)| *made == (what, review))
        .or_else(|| KINDS.iter().find(|(_, made, _)| made.0 == what))
        .map_or("note", |(word, _, _)| word)
}

/// Minutes of `25m`, `25min`, `1h`, `1h30`, `1h30m`: from one minute to a day.
pub(super) fn minutes(word: &str) -> Option<i64> {
    if word.len() > 12 || !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let number = |digits: &str| {
        ((1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| digits.parse::<i64>().ok())
            .flatten()
    };
    let in_minutes = |text: &str| {
        ["mins", "min", "m"]
            .iter()
            .find_map(|unit| text.strip_suffix(unit))
            .and_then(number)
    };
    let total = match word.split_once('h') {
        None => in_minutes(&word)?,
        Some((hours, "" | "r" | "rs")) => number(hours)? * 60,
        Some((hours, rest)) => {
            let minutes = in_minutes(rest).or_else(|| number(rest))?;
            (minutes < 60).then_some(number(hours)? * 60 + minutes)?
        }
    };
    (1..=24 * 60).contains(&total).then_some(total)
}
