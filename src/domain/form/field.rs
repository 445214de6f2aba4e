//! One field of a form: what may be typed, how it is understood, what is offered.

mod length;
mod named;
mod offer;
mod personal;

pub use offer::Offer;

use super::{Context, FieldFault, NOBODY, Value};
use crate::domain::code::{self, Area};
use crate::domain::contact::ContactKind;
use crate::domain::date::{DateFault, Looking};
use crate::domain::id::{ContactId, PupilId};
use crate::domain::moment::Moment;
use crate::domain::person::{self, Person, RELATIONSHIPS};
use crate::domain::provision::cost;
use crate::domain::{date, doubt, fault, text, upn, year};
use chrono::NaiveDate;

/// What may be typed in a field.
#[derive(Debug, Clone, Copy)]
pub enum Entry {
    /// One line of words, at most this many characters.
    Words(usize),
    /// Several lines of words, at most this many characters.
    Lines(usize),
    /// One line of words, at most this many characters, with these offered.
    Offered(usize, &'static [&'static str]),
    /// With whom: words, the people around the children offered.
    With,
    /// What a person is to a child: words, the known relationships offered.
    Relationship,
    /// A contact's kind.
    ContactKind,
    /// Who may see a contact.
    Visibility,
    /// Yes or no; empty is not known.
    YesNo,
    /// A date; with `true` it may not lie in the future.
    Date(bool),
    /// When something happened: a day not in the future, and a time when one is given.
    Happened,
    /// By when something is due: a day, and a time when one is given; a day without school is advised against.
    Due,
    /// One of these; letters find it.
    Choice(&'static [Offer]),
    /// A SEN status.
    Status,
    /// A census type of need; another text is kept and flagged.
    Need,
    /// A year group.
    Year,
    /// A unique pupil number; a wrong one is kept and flagged.
    Upn,
    /// A whole number within these bounds.
    Whole(i64, i64),
    /// The id of a pupil; on screen the pupil the form was opened on.
    Pupil,
    /// Ids of pupils, by commas; on screen letters find them.
    Pupils,
    /// The id of a contact; on screen the contact the form was opened on.
    Contact,
    /// An amount: pence, or pounds with their sign or a point.
    Pence,
    /// Hours, kept as typed.
    Hours,
    /// A length of time, kept in minutes.
    Length,
    /// A week that has begun, by any of its days; its Monday is kept.
    Week,
    /// A broad area of need.
    Area,
    /// Who runs provision, by name or id.
    Staff,
    /// A type of provision, by name or id.
    ProvisionType,
    /// The id of a provision; on screen the one the form was opened on.
    Provision,
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name `set` takes; a promise to users' scripts.
    pub name: &'static str,
    /// What the form calls it.
    pub label: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// What may be typed.
    pub entry: Entry,
    /// True when a record cannot be made without it.
    pub required: bool,
    /// What a new record gets when nothing is typed.
    pub default: Option<&'static str>,
}

/// How a text was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The value; `None` when the field is empty.
    pub value: Option<Value>,
    /// What to show beside the box: `Mon 30 Nov 2026`, `SEN support`.
    pub shown: String,
    /// Something to mend that does not stop the record from being saved.
    pub warning: Option<String>,
    /// Something to think about, such as a day without school; it stops nothing.
    pub advice: Option<String>,
    /// What the advice would put in the box; Tab takes it.
    pub instead: Option<String>,
}

impl Reading {
    fn of(value: Value, shown: impl Into<String>) -> Self {
        Self {
            value: Some(value),
            shown: shown.into(),
            warning: None,
            advice: None,
            instead: None,
        }
    }

    fn warn(mut self, warning: Option<String>) -> Self {
        self.warning = warning;
        self
    }
}

impl Field {
    /// Its label within a sentence: `date of birth`, `UPN`.
    pub fn spoken_label(&self) -> String {
        let mut letters = self.label.chars();
        match (letters.next(), letters.clone().next()) {
            (Some(first), Some(second)) if !second.is_uppercase() => {
                first.to_lowercase().collect::<String>() + letters.as_str()
            }
            _ => self.label.to_owned(),
        }
    }

    /// What a new record gets when nothing is typed.
    pub fn default_text(&self) -> Option<&'static str> {
        self.default
    }

    /// The choices this field offers, in order.
    pub fn offers(&self) -> Vec<Offer> {
        match self.entry {
            Entry::Choice(offers) => offers.to_vec(),
            Entry::Status => code::Status::ALL
                .iter()
                .map(|status| Offer {
                    value: status.code(),
                    label: status.label(),
                })
                .collect(),
            Entry::Need => code::NEEDS
                .iter()
                .map(|need| Offer {
                    value: need.code,
                    label: need.label,
                })
                .collect(),
            Entry::Year => offer::YEARS.to_vec(),
            Entry::YesNo => offer::YES_NO.to_vec(),
            Entry::ContactKind => ContactKind::ALL
                .iter()
                .map(|kind| Offer {
                    value: kind.word(),
                    label: kind.title(),
                })
                .collect(),
            Entry::Visibility => offer::VISIBILITIES.to_vec(),
            Entry::Relationship => RELATIONSHIPS
                .iter()
                .map(|known| Offer {
                    value: known.name,
                    label: "",
                })
                .collect(),
            Entry::Area => Area::ALL
                .iter()
                .map(|area| Offer {
                    value: area.short(),
                    label: area.label(),
                })
                .collect(),
            Entry::Offered(_, offers) => offers
                .iter()
                .map(|value| Offer { value, label: "" })
                .collect(),
            _ => Vec::new(),
        }
    }

    fn fault(&self, text: impl Into<String>) -> FieldFault {
        FieldFault {
            field: self.name,
            label: self.label,
            text: text.into(),
            instead: None,
        }
    }

    /// Understands what was typed.
    ///
    /// # Errors
    /// A sentence that says how to mend it.
    pub fn read(&self, typed: &str, context: &Context) -> Result<Reading, FieldFault> {
        let words = match self.entry {
            Entry::Lines(_) => text::clean_lines(typed),
            _ => text::clean(typed),
        };
        if words.is_empty() {
            return Ok(Reading::default());
        }
        match self.entry {
            Entry::Words(most) | Entry::Lines(most) | Entry::Offered(most, _) => {
                self.read_words(words, most)
            }
            Entry::With => {
                let meant = person::meant(&context.people, &words);
                let shown = with_shown(meant);
                let spoken = meant.map_or(words, Person::spoken);
                let mut reading = self.read_words(spoken, WITH_MOST)?;
                reading.shown = shown;
                Ok(reading)
            }
            Entry::Relationship => {
                let known = person::relationship(&words);
                self.read_words(known.map_or(words, |known| known.name.to_owned()), 60)
            }
            Entry::ContactKind | Entry::Visibility | Entry::YesNo => {
                self.read_choice(&words, &self.offers())
            }
            Entry::Happened => self.read_happened(&words, context),
            Entry::Due => self.read_due(&words, context),
            Entry::Pupils => self.read_pupils(&words),
            Entry::Contact => match words.parse::<ContactId>() {
                Ok(id) => Ok(Reading::of(Value::Whole(id.0), "")),
                Err(fault) => Err(self.fault(fault.to_string())),
            },
            Entry::Date(past) => self.read_date(&words, past, context),
            Entry::Choice(offers) => self.read_choice(&words, offers),
            Entry::Status => self.read_status(&words),
            Entry::Need => Ok(read_need(&words)),
            Entry::Year => self.read_year(&words),
            Entry::Upn => Ok(read_upn(&words)),
            Entry::Whole(least, most) => self.read_whole(&words, least, most),
            Entry::Pupil => match words.parse::<PupilId>() {
                Ok(id) => Ok(Reading::of(Value::Whole(id.0), "")),
                Err(fault) => Err(self.fault(fault.to_string())),
            },
            Entry::Pence => self.read_pence(&words),
            Entry::Hours => self.read_hours(&words),
            Entry::Length => self.read_length(&words),
            Entry::Week => self.read_week(&words, context),
            Entry::Area => match Area::from_short(&words) {
                Some(area) => {
                    let value = Value::Text(area.short().to_owned());
                    Ok(Reading::of(value, area.label()))
                }
                None => self.read_choice(&words, &self.offers()),
            },
            Entry::Staff | Entry::ProvisionType | Entry::Provision => {
                self.read_named(&words, &context.known)
            }
        }
    }

    fn read_year(&self, words: &str) -> Result<Reading, FieldFault> {
        match year::read_year(words) {
            Some(found) => Ok(Reading::of(
                Value::Text(found.to_owned()),
                year::spoken(found),
            )),
            None => Err(self.fault(format!(
                "\"{words}\" is no year group: N1, N2, R, 1 to 14 or X."
            ))),
        }
    }

    fn read_whole(&self, words: &str, least: i64, most: i64) -> Result<Reading, FieldFault> {
        match words.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => {
                Ok(Reading::of(Value::Whole(number), ""))
            }
            _ => Err(self.fault(format!(
                "a whole number from {least} to {most}; \"{words}\" is not."
            ))),
        }
    }

    fn read_pence(&self, words: &str) -> Result<Reading, FieldFault> {
        let pence = cost::read_pence(words).map_err(|fault| self.fault(fault.to_string()))?;
        let mut reading = Reading::of(Value::Whole(pence), cost::pounds(pence));
        // Somebody who types 16 for an hour's work means pounds, and is offered them at once.
        if let Some(meant) = doubt::rate_meant(pence, &[]).filter(|_| self.name == "pence_hour") {
            let meant = cost::pounds(meant);
            reading.advice = Some(format!("that is {} an hour; {meant}?", cost::pounds(pence)));
            reading.instead = Some(meant);
        }
        Ok(reading)
    }

    fn read_words(&self, words: String, most: usize) -> Result<Reading, FieldFault> {
        let count = words.chars().count();
        if count > most {
            return Err(self.fault(format!("at most {most} characters; this is {count}.")));
        }
        Ok(Reading::of(Value::Text(words), ""))
    }

    fn read_pupils(&self, words: &str) -> Result<Reading, FieldFault> {
        if words == NOBODY {
            return Ok(Reading::of(Value::Pupils(Vec::new()), "nobody"));
        }
        let mut pupils: Vec<PupilId> = Vec::new();
        for part in words.split(',').filter(|part| !part.trim().is_empty()) {
            match part.parse::<PupilId>() {
                Ok(id) if pupils.contains(&id) => {}
                Ok(id) => pupils.push(id),
                Err(fault) => return Err(self.fault(fault.to_string())),
            }
        }
        Ok(Reading::of(Value::Pupils(pupils), ""))
    }

    /// A day: one that cannot lie ahead is looked for behind, another the nearest.
    fn read_date(&self, words: &str, past: bool, context: &Context) -> Result<Reading, FieldFault> {
        let looking = if past {
            Looking::Back
        } else {
            Looking::Nearest
        };
        let read = self.read_moment(words, looking, context)?;
        let day = read.moment.day;
        if read.moment.time.is_some() {
            return Err(self.fault("a day is asked for, without a time."));
        }
        if past && day > context.today {
            return Err(self.fault(format!("{} lies in the future.", date::full(day))));
        }
        let mut reading = Reading::of(Value::Date(day), date::full(day));
        if self.name == "dob" && fault::is_unlikely(day, context.today) {
            let text = "no child on roll was born then";
            reading.warning = Some(text.to_owned());
        }
        reading.advice = read.advice.map(|advice| advice.text);
        Ok(reading)
    }

    /// When something happened: looked for behind, never after this moment's day.
    fn read_happened(&self, words: &str, context: &Context) -> Result<Reading, FieldFault> {
        if text::fold(words) == "now" {
            let now = context.now();
            return Ok(Reading::of(Value::Moment(now), now.shown()));
        }
        let read = self.read_moment(words, Looking::Back, context)?;
        let day = read.moment.day;
        if day > context.today {
            return Err(self.fault(format!("{} lies in the future.", date::full(day))));
        }
        Ok(Reading::of(Value::Moment(read.moment), read.moment.shown()))
    }

    /// By when something is due: looked for ahead, with advice against a day without school.
    fn read_due(&self, words: &str, context: &Context) -> Result<Reading, FieldFault> {
        let read = self.read_moment(words, Looking::Ahead, context)?;
        let mut reading = Reading::of(Value::Moment(read.moment), read.moment.shown());
        if let Some(advice) = read.advice {
            reading.advice = Some(advice.text);
            reading.instead = advice.instead;
        } else if let Some(last) = last_day_here(read.moment.day, context) {
            reading.advice = Some(format!(
                "your last day here: {}?",
                date::named(last, context.today)
            ));
            let instead = Moment {
                day: last,
                ..read.moment
            };
            reading.instead = Some(instead.typed());
        }
        Ok(reading)
    }

    fn read_moment(
        &self,
        words: &str,
        looking: Looking,
        context: &Context,
    ) -> Result<date::Read, FieldFault> {
        let when = date::When {
            today: context.today,
            calendar: &context.calendar,
            looking,
        };
        date::read_when(words, &when).map_err(|fault| {
            let fault = match (self.entry, fault) {
                // Its forms have a time, which a day alone has not.
                (Entry::Date(_), DateFault::NoDayMeant { typed, .. }) => DateFault::NotADate(typed),
                (_, fault) => fault,
            };
            FieldFault {
                instead: fault.instead(),
                ..self.fault(fault.to_string())
            }
        })
    }

    fn read_choice(&self, words: &str, offers: &[Offer]) -> Result<Reading, FieldFault> {
        let folded = text::fold(words);
        let exact = offers
            .iter()
            .find(|offer| text::fold(offer.value) == folded || text::fold(offer.label) == folded);
        let mut starts = offers.iter().filter(|offer| {
            let mut names = [offer.label, offer.value].into_iter().map(text::fold);
            names.any(|name| name.starts_with(&folded))
        });
        let found = exact.or_else(|| match (starts.next(), starts.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        });
        if let Some(offer) = found {
            let value = Value::Text(offer.value.to_owned());
            return Ok(Reading::of(value, offer.label));
        }
        let all: Vec<_> = offers
            .iter()
            .map(|offer| format!("{} ({})", offer.value, offer.label))
            .collect();
        Err(self.fault(format!("\"{words}\" is none of {}.", all.join(", "))))
    }

    fn read_status(&self, words: &str) -> Result<Reading, FieldFault> {
        let reading = code::read_status(words);
        match reading
            .as_ref()
            .and_then(|reading| code::Status::from_code(&reading.code))
        {
            Some(status) => Ok(
                Reading::of(Value::Text(status.code().to_owned()), status.label())
                    .warn(reading.and_then(|reading| reading.flag)),
            ),
            None => Err(self.fault(format!(
                "\"{words}\" is no SEN status: K (SEN support), E (EHC plan) or N (no SEN)."
            ))),
        }
    }
}

/// Characters of a line that says with whom.
const WITH_MOST: usize = 120;

/// What is known of the person meant: `Mrs Ngozi Okafor (mum) 07700 900123`.
fn with_shown(person: Option<&Person>) -> String {
    match person {
        Some(person) => {
            let phone = person.phone.as_deref().unwrap_or_default();
            format!("{} {phone}", person.spoken()).trim_end().to_owned()
        }
        None => "as written; nobody on file".to_owned(),
    }
}

/// My last day at this school before what is due on a day that is not mine; none where that day has gone.
fn last_day_here(due: NaiveDate, context: &Context) -> Option<NaiveDate> {
    let calendar = &context.calendar;
    let mine = calendar
        .last_of_mine(due)
        .filter(|last| *last >= context.today);
    mine.filter(|last| *last != due)
}

fn read_upn(words: &str) -> Reading {
    let number = upn::normalise(words);
    let check = upn::check(&number);
    let shown = if check == upn::Check::Temporary {
        "temporary"
    } else {
        ""
    };
    Reading::of(Value::Text(number), shown).warn(check.fault())
}

fn read_need(words: &str) -> Reading {
    let Some(reading) = code::read_need(words) else {
        return Reading::default();
    };
    let label = code::need_type(&reading.code).map_or("", |need| need.label);
    Reading::of(Value::Text(reading.code), label).warn(reading.flag)
}
