//! One blank of a form: its definition, what is typed, how that is understood and what is offered instead.

use crate::app::field::Field;
use crate::domain::date;
use crate::domain::form::{self, Context, Entry, FieldFault, Reading, Value};
use crate::domain::moment::Moment;
use chrono::{Days, NaiveDate};

/// One blank of the form.
#[derive(Debug, Clone)]
pub struct Blank {
    /// Its definition.
    pub def: &'static form::Field,
    /// What is typed.
    pub input: Field,
    /// What it was understood as, or why not.
    pub reading: Result<Reading, FieldFault>,
    /// True once the caret has left it, or a save was tried: only then is a fault shown.
    pub visited: bool,
    /// True while the next letter takes the place of all that stands here, as in a cell of a spreadsheet: for a
    /// value, such as a date or a code, that has not been typed at since the caret came to it.
    pub whole: bool,
    /// What may stand here, beyond what every form offers: a value, and what it means.
    pub more: Vec<(String, String)>,
    /// The ids that letters were found to mean, where children are named.
    ids: Option<String>,
}

impl Blank {
    /// A blank holding this text.
    pub fn new(def: &'static form::Field, text: &str, context: &Context) -> Self {
        let mut blank = Self {
            def,
            input: input(def, text),
            reading: Ok(Reading::default()),
            visited: false,
            whole: true,
            more: Vec::new(),
            ids: None,
        };
        blank.read(context);
        blank
    }

    /// Replaces the text.
    pub fn set(&mut self, text: &str, context: &Context) {
        self.input = input(self.def, text);
        self.read(context);
    }

    /// Understands what is typed. Children named by letters are the desk's to find.
    pub fn read(&mut self, context: &Context) {
        if matches!(self.def.entry, Entry::With) {
            self.more = context
                .people
                .iter()
                .map(|person| (person.spoken(), person.phone.clone().unwrap_or_default()))
                .collect();
        }
        if matches!(self.def.entry, Entry::Staff | Entry::ProvisionType) {
            self.more = self.def.named_offers(&context.known);
        }
        self.ids = None;
        self.reading = self.def.read(self.input.text(), context);
    }

    /// The children that what is typed means were found, or why they were not.
    pub fn found(&mut self, ids: String, reading: Result<Reading, FieldFault>) {
        self.ids = reading.is_ok().then_some(ids);
        self.reading = reading;
    }

    /// What stands beside an empty box: what will be taken from elsewhere in the form.
    pub fn tell(&mut self, shown: Option<String>) {
        self.reading = Ok(Reading {
            shown: shown.unwrap_or_default(),
            ..Reading::default()
        });
    }

    /// What is read when the form is: ids where letters stood for children, else what is typed.
    pub fn meant(&self) -> &str {
        self.ids.as_deref().unwrap_or(self.input.text())
    }

    /// What is typed, a day written out: `y 1530` and `1w` mean another one tomorrow.
    pub fn settled(&self) -> String {
        let reading = self.reading.as_ref().ok();
        match reading.and_then(|reading| reading.value.as_ref()) {
            Some(value @ (Value::Date(_) | Value::Moment(_))) => shown_text(self.def, value),
            _ => self.input.text().to_owned(),
        }
    }

    /// The text it was understood as.
    pub fn text_value(&self) -> Option<String> {
        match self.reading.as_ref().ok()?.value.as_ref()? {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// True for a value that the next letter replaces, false for words that it adds to.
    pub fn is_value(&self) -> bool {
        !matches!(
            self.def.entry,
            Entry::Words(_) | Entry::Lines(_) | Entry::Upn
        )
    }

    /// Everything that may stand here: value and meaning.
    pub fn choices(&self) -> Vec<(String, String)> {
        let fixed = self.def.offers();
        fixed
            .iter()
            .map(|offer| (offer.value.to_owned(), offer.label.to_owned()))
            .chain(self.more.iter().cloned())
            .collect()
    }

    /// Takes the better text that is offered, once.
    pub fn take_advice(&mut self, context: &Context) -> bool {
        let instead = match &self.reading {
            Ok(reading) => reading.instead.clone(),
            Err(fault) => fault.instead.clone(),
        };
        let Some(text) = instead.filter(|text| text != self.input.text()) else {
            return false;
        };
        self.input.set(&text);
        self.read(context);
        self.whole = true;
        true
    }

    /// The text after so many steps of the arrows; `None` where there is no such value. `by` counts rows down, as in
    /// a list: offers are gone through that way. A day and a number grow upwards: up is later, one more.
    pub fn stepped(&self, by: i64, context: &Context) -> Option<String> {
        let more = -by;
        let value = self
            .reading
            .as_ref()
            .ok()
            .and_then(|reading| reading.value.clone());
        match self.def.entry {
            Entry::Date(past) => {
                let Some(Value::Date(day)) = value else {
                    return Some(date::short(context.today));
                };
                let next = shifted(day, more)?;
                (!past || next <= context.today).then(|| date::short(next))
            }
            Entry::Happened | Entry::Due => {
                let Some(Value::Moment(moment)) = value else {
                    return Some(date::short(context.today));
                };
                let next = Moment {
                    day: shifted(moment.day, more)?,
                    ..moment
                };
                let past = matches!(self.def.entry, Entry::Happened);
                (!past || next.day <= context.today).then(|| next.typed())
            }
            Entry::Whole(least, most) => {
                let number = match value {
                    Some(Value::Whole(number)) => number + more,
                    _ => least,
                };
                Some(number.clamp(least, most).to_string())
            }
            _ => {
                let offers = self.choices();
                let count = i64::try_from(offers.len())
                    .ok()
                    .filter(|count| *count > 0)?;
                let text = match &value {
                    Some(Value::Text(text)) => text.as_str(),
                    _ => self.input.text(),
                };
                let current = offers.iter().position(|(value, _)| value == text);
                let next = match current {
                    Some(index) => (index as i64 + by.signum()).rem_euclid(count),
                    None if by < 0 => count - 1,
                    None => 0,
                };
                offers.get(next as usize).map(|(value, _)| value.clone())
            }
        }
    }
}

fn shifted(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let size = Days::new(by.unsigned_abs());
    if by < 0 {
        day.checked_sub_days(size)
    } else {
        day.checked_add_days(size)
    }
}

fn input(def: &form::Field, text: &str) -> Field {
    let field = Field::with(text);
    match def.entry {
        Entry::Lines(most) => field.of_lines().taking(most),
        _ => field,
    }
}

/// What a new record's box starts with. "Now" is this moment, so that a draft taken up later still says when it was.
pub(super) fn default_text(def: &form::Field, context: &Context) -> String {
    match (def.entry, def.default_text()) {
        (Entry::Happened, Some("now")) => context.now().typed(),
        (_, text) => text.unwrap_or_default().to_owned(),
    }
}

/// How a value stands in its box.
pub(super) fn shown_text(def: &form::Field, value: &Value) -> String {
    def.box_text(value)
}
