//! Fields that take a record by its id or by a name the school gave it.

use super::{Entry, Field, Reading};
use crate::domain::form::{FieldFault, Known, Value};
use crate::domain::id::{ContactId, ProvisionId, ProvisionTypeId, PupilId, StaffId};
use crate::domain::provision::cost;
use crate::domain::{date, hours, text};

impl Field {
    /// The names such a field knows, with their numbers.
    fn names<'a>(&self, known: &'a Known) -> &'a [(i64, String)] {
        match self.entry {
            Entry::Staff => &known.staff,
            Entry::ProvisionType => &known.types,
            Entry::Provision => &known.runs,
            _ => &[],
        }
    }

    /// Everything such a field offers: the names.
    pub fn named_offers(&self, known: &Known) -> Vec<(String, String)> {
        let names = self.names(known).iter();
        names
            .map(|(_, name)| (name.clone(), String::new()))
            .collect()
    }

    /// How a value stands in its box and reads back: dates as they are written here, records by their ids.
    pub fn box_text(&self, value: &Value) -> String {
        match (value, self.entry) {
            (Value::Date(day), _) => date::short(*day),
            (Value::Moment(moment), _) => moment.typed(),
            (Value::Whole(number), Entry::Pupil) => PupilId(*number).to_string(),
            (Value::Whole(number), Entry::Contact) => ContactId(*number).to_string(),
            (Value::Whole(number), Entry::Staff) => StaffId(*number).to_string(),
            (Value::Whole(number), Entry::ProvisionType) => ProvisionTypeId(*number).to_string(),
            (Value::Whole(number), Entry::Provision) => ProvisionId(*number).to_string(),
            (Value::Whole(pence), Entry::Pence) => cost::pounds(*pence),
            (Value::Whole(minutes), Entry::Length) => hours::shown(*minutes),
            (other, _) => other.to_text(),
        }
    }

    /// An id, a name, or a part of one that fits no other. Nobody is taken silently where two fit.
    pub(super) fn read_named(&self, words: &str, known: &Known) -> Result<Reading, FieldFault> {
        let id = match self.entry {
            Entry::Staff => words.parse::<StaffId>().map(|id| id.0),
            Entry::ProvisionType => words.parse::<ProvisionTypeId>().map(|id| id.0),
            _ => words.parse::<ProvisionId>().map(|id| id.0),
        };
        let names = self.names(known);
        let fault = match id {
            Ok(id) => {
                let name = names.iter().find(|(other, _)| *other == id);
                let name = name.map_or("", |(_, name)| name.as_str());
                return Ok(Reading::of(Value::Whole(id), name));
            }
            Err(fault) => fault,
        };
        let folded = text::fold(words);
        let exact = names.iter().filter(|(_, name)| text::fold(name) == folded);
        let mut found: Vec<&(i64, String)> = exact.collect();
        if found.is_empty() {
            let fits = |name: &str| {
                let name = text::fold(name);
                name.starts_with(&folded)
                    || name
                        .split_whitespace()
                        .any(|word| word.starts_with(&folded))
            };
            found = names.iter().filter(|(_, name)| fits(name)).collect();
        }
        match found.as_slice() {
            [(id, name)] => Ok(Reading::of(Value::Whole(*id), name.as_str())),
            [] => Err(self.fault(match self.entry {
                Entry::Staff => format!(
                    "nobody on the staff list is \"{words}\": add them first (sendesk new staff, or :new staff)."
                ),
                Entry::ProvisionType => format!(
                    "no provision type is called \"{words}\": add it first (sendesk new provision-type, or :new provision type)."
                ),
                _ => fault.to_string(),
            })),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, name)| name.as_str()).collect();
                Err(self.fault(format!("\"{words}\" could be {}: type more of it.", names.join(", "))))
            }
        }
    }
}
