//! Forms as data: what can be filled in for each kind of record, with defaults and validation.
//!
//! One definition serves the form on screen and the verbs `new`, `set` and `fields`, so that they cannot differ.

mod field;
mod kind;

pub use field::{Entry, Field, Offer, Reading};
pub use kind::{Kind, KindDef};

use super::calendar::Calendar;
use super::contact::{self, ContactKind};
use super::id::PupilId;
use super::moment::Moment;
use super::person::Person;
use chrono::{NaiveDate, NaiveTime};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A value a field was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A day, and a time when one was given.
    Moment(Moment),
    /// A whole number.
    Whole(i64),
    /// Children, in the order they were named; none where it was said that it is about nobody.
    Pupils(Vec<PupilId>),
}

impl Value {
    /// The text a form shows for it and reads back.
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Date(day) => super::date::iso(*day),
            Self::Moment(moment) => moment.to_stored(),
            // About nobody, said on purpose.
            Self::Pupils(pupils) if pupils.is_empty() => NOBODY.to_owned(),
            Self::Pupils(pupils) => {
                let ids: Vec<String> = pupils.iter().map(ToString::to_string).collect();
                ids.join(", ")
            }
            Self::Whole(number) => number.to_string(),
        }
    }
}

/// What stands for nobody where children are named.
pub const NOBODY: &str = "-";

/// Values by field name; a field that is there with `None` was emptied on purpose.
pub type Values = BTreeMap<&'static str, Option<Value>>;

/// What is wrong with one field, as a sentence that says how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{label}: {text}")]
pub struct FieldFault {
    /// The field's name.
    pub field: &'static str,
    /// The field's label.
    pub label: &'static str,
    /// The sentence.
    pub text: String,
    /// What was probably meant, as text for the box; Tab takes it.
    pub instead: Option<String>,
}

/// What a reading may depend on.
#[derive(Debug, Clone)]
pub struct Context {
    /// The working date.
    pub today: NaiveDate,
    /// The time on the wall, for "now".
    pub time: Option<NaiveTime>,
    /// The school's calendar.
    pub calendar: Arc<Calendar>,
    /// The people around the children the form is about.
    pub people: Arc<[Person]>,
    /// What the school has given names to.
    pub known: Arc<Known>,
}

/// Records that a field takes by name: number and name of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Staff.
    pub staff: Vec<(i64, String)>,
    /// Types of provision.
    pub types: Vec<(i64, String)>,
    /// Runs, each with what tells it from others: its name, since when, who is on it.
    pub runs: Vec<(i64, String)>,
}

impl Context {
    /// A day, and nothing else known.
    pub fn on(today: NaiveDate) -> Self {
        Self {
            today,
            time: None,
            calendar: Arc::default(),
            people: Arc::from([]),
            known: Arc::default(),
        }
    }

    /// This moment.
    pub fn now(&self) -> Moment {
        Moment {
            day: self.today,
            time: self.time,
        }
    }
}

/// Reads a whole form: every given field, then the rules that span fields.
///
/// `new` is true when a record is being made: defaults are filled in and required fields must be there.
///
/// # Errors
/// Every fault found, in field order.
pub fn read(
    kind: Kind,
    texts: &BTreeMap<&'static str, String>,
    new: bool,
    context: &Context,
) -> Result<Values, Vec<FieldFault>> {
    let led;
    let texts = match led_by_words(kind, texts, new, context) {
        Some(texts) => {
            led = texts;
            &led
        }
        None => texts,
    };
    let mut values = Values::new();
    let mut faults = Vec::new();
    for field in kind.def().fields {
        let default = if new { field.default_text() } else { None };
        let Some(text) = texts.get(field.name).map(String::as_str).or(default) else {
            continue;
        };
        match field.read(text, context) {
            Ok(reading) => {
                values.insert(field.name, reading.value);
            }
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        faults.extend(kind.def().check(&values, new));
    }
    if faults.is_empty() {
        Ok(values)
    } else {
        Err(faults)
    }
}

/// With whom a new contact was, taken from the start of its words where its own box is empty: `mum: …`. `None` where the
/// words name nobody.
fn led_by_words(
    kind: Kind,
    texts: &BTreeMap<&'static str, String>,
    new: bool,
    context: &Context,
) -> Option<BTreeMap<&'static str, String>> {
    let given = |name| texts.get(name).map(|text| text.trim());
    let how = kind.def().field("kind")?.read(given("kind")?, context);
    let how = match how.ok()?.value? {
        Value::Text(word) => ContactKind::from_word(&word)?,
        _ => return None,
    };
    let is_open = given("with").is_none_or(str::is_empty);
    if kind != Kind::Contact || !new || !how.is_exchange() || !is_open {
        return None;
    }
    let (with, words) = contact::lead(texts.get("text")?, &context.people)?;
    let mut texts = texts.clone();
    texts.insert("with", with.to_owned());
    texts.insert("text", words.to_owned());
    Some(texts)
}

/// Understands a change of a record, from the texts of the fields that differ, and holds the record as it would be
/// against the rules that span fields. What was wrong with it `before` does not stand in the way of a change.
///
/// # Errors
/// Every fault found, in field order.
pub fn read_change(
    kind: Kind,
    texts: &BTreeMap<&'static str, String>,
    before: &Values,
    context: &Context,
) -> Result<Values, Vec<FieldFault>> {
    let values = read(kind, texts, false, context)?;
    let mut whole = before.clone();
    whole.extend(values.clone());
    let known = kind.def().check(before, false);
    let mut faults = kind.def().check(&whole, false);
    faults.retain(|fault| !known.contains(fault));
    if faults.is_empty() {
        Ok(values)
    } else {
        Err(faults)
    }
}

#[cfg(test)]
mod tests;
