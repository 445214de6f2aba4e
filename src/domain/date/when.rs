//! The dates a person types into a box, at a keyboard, with few keys: `fri`, `2w`, `5sd`, `eot`, `12/3`, `y 1530`.
//!
//! The whole grammar is here; the clock times behind a day are in `clock`, the sentences for what cannot be read in
//! `fault`. Refuses to know the hour it is: a bare time is today's.

#[cfg(test)]
mod tests;
mod word;

use super::fault::quoted;
use super::{DateFault, clock, from_iso, named};
use crate::domain::calendar::{Calendar, FIRST_DAY, LAST_DAY};
use crate::domain::moment::Moment;
use crate::domain::text;
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

/// Which way a date without a year, or the name of a day, is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looking {
    /// What is due: the next such day.
    Ahead,
    /// When did it happen: the last such day.
    Back,
    /// Dates of birth and on file: the nearest such day.
    Nearest,
}

/// What a reading depends on.
#[derive(Debug, Clone, Copy)]
pub struct When<'a> {
    /// The working date.
    pub today: NaiveDate,
    /// The school's calendar.
    pub calendar: &'a Calendar,
    /// Which way to look.
    pub looking: Looking,
}

/// A date that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The day, and the time if one was typed.
    pub moment: Moment,
    /// Something to consider; it never stands in the way.
    pub advice: Option<Advice>,
}

/// A word about a date that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// `half-term; Mon 2 Nov?`
    pub text: String,
    /// What Tab puts in the box, if there is something better: `02/11/2026`.
    pub instead: Option<String>,
}

/// Longest text that is looked at, in bytes: more is no date.
const TEXT_MOST: usize = 80;
/// Most words a date with a time has: `Mon 23 Nov 2026 14:02`, and an `at`.
const WORDS_MOST: usize = 7;

/// Reads a date box.
///
/// Day: `t` `y` `tm` and their words; `mon` to `sun` or a start that fits one of them only, never today; `next thu`
/// and `last thu` in the week after or before this one, Monday to Sunday; `3d` `2w` `1m` `-1d`, `5sd` in school
/// days; `eow` the last school day of the week, `eom` of the month the last day, `eoht` `eot` `sot`, `wk3`; `12`,
/// `12/3`, `12 mar` the next, last or nearest such day, today included; `12/3/27`, `12 mar 2027`, `2027-03-12`.
///
/// Time, alone or after a day: `0915`, `9:15`, `9.15am`, `2pm`; after a day also `9` and `9.15`. Four digits after
/// day and month are a year from 1900 to 2200 and else a time (`12 mar 2015`, `12 mar 0915`); two digits after the
/// name of a month are a year, after `12/3` an hour.
///
/// # Errors
/// When it is no date, could be two, or cannot be; see [`DateFault`].
pub fn read_when(text: &str, when: &When<'_>) -> Result<Read, DateFault> {
    let words = words_of(text);
    let reader = Reader {
        typed: quoted(text),
        when,
    };
    if words.is_empty() || words.len() > WORDS_MOST {
        return Err(reader.no_date());
    }
    let borrowed: Vec<&str> = words.iter().map(String::as_str).collect();
    let read = reader.read(&borrowed);
    match read {
        Err(fault) if fault.is_no_date() => reader.plain(&borrowed).unwrap_or(Err(fault)),
        read => read,
    }
}

/// Reads a date that words follow: the longest start of the text that is a date, and the rest of it.
///
/// # Errors
/// When no start of it is a date, or the start is one that cannot be, such as `31 nov`.
pub fn read_leading<'t>(text: &'t str, when: &When<'_>) -> Result<(Read, &'t str), DateFault> {
    let text = text.trim_start();
    let mut ends: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(at, _)| at)
        .filter(|at| !text[..*at].ends_with(char::is_whitespace))
        .take(WORDS_MOST)
        .collect();
    if ends.len() < WORDS_MOST && ends.last() != Some(&text.trim_end().len()) {
        ends.push(text.len());
    }
    let mut fault = None;
    for end in ends.into_iter().rev() {
        match read_when(&text[..end], when) {
            Ok(read) => return Ok((read, text[end..].trim_start())),
            Err(other) if !other.is_no_date() => return Err(other),
            Err(other) => fault = Some(other),
        }
    }
    Err(fault.unwrap_or_else(|| DateFault::NotADate(quoted(text))))
}

/// Folded words, `at` left out; `2 pm`, `3 days` and `wk 3` put together, a stored `T` taken apart.
fn words_of(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.len() > TEXT_MOST {
        return Vec::new();
    }
    let folded = text::fold(text);
    let mut words: Vec<String> = Vec::new();
    let split = folded.split(|c: char| c.is_whitespace() || c == ',');
    for word in split.filter(|word| !word.is_empty()) {
        if word == "at" && !words.is_empty() {
            continue;
        }
        if let Some(last) = words.last_mut().filter(|last| word::belong(last, word)) {
            last.push_str(word);
        } else if let Some((day, time)) = word.split_once('t')
            && from_iso(day).is_some()
            && clock::alone(time).is_some()
        {
            words.extend([day.to_owned(), time.to_owned()]);
        } else {
            words.push(word.to_owned());
        }
    }
    words
}

/// A day as it was typed.
struct Found {
    day: NaiveDate,
    /// False when the day typed does not exist: `day` is then the last of that month.
    exists: bool,
    /// The name of a day typed before a date.
    said: Option<Weekday>,
    /// The number, when nothing but the day of the month was typed.
    bare: Option<u32>,
}

impl Found {
    const fn plain(day: NaiveDate) -> Self {
        Self {
            day,
            exists: true,
            said: None,
            bare: None,
        }
    }
}

/// One reading: what was typed, for faults, and what it depends on.
struct Reader<'a> {
    typed: String,
    when: &'a When<'a>,
}

impl Reader<'_> {
    fn read(&self, words: &[&str]) -> Result<Read, DateFault> {
        let (found, used) = self.day(words)?;
        let rest = words.get(used..).unwrap_or_default();
        let time = self.time(found.bare, rest)?;
        self.finish(&found, time)
    }

    /// The day the first words mean, and how many they are; none when the text begins with a time.
    fn day(&self, words: &[&str]) -> Result<(Found, usize), DateFault> {
        let When { today, looking, .. } = *self.when;
        let Some((&first, rest)) = words.split_first() else {
            return Err(self.no_date());
        };
        if clock::alone(first).is_some() {
            return Ok((Found::plain(today), 0));
        }
        if let Some(day) = self.keyword(first)? {
            return Ok((Found::plain(day), 1));
        }
        if let (Some(step), Some(second)) = (word::week_step(first), rest.first()) {
            let weekday = weekday(second)?.ok_or_else(|| self.no_date())?;
            let day = word::in_week(today, step, weekday).ok_or_else(|| self.too_far())?;
            return Ok((Found::plain(day), 2));
        }
        if let Some(found) = self.date(words)? {
            return Ok(found);
        }
        if let Some(weekday) = weekday(first)? {
            // "fri 9.10" is a time: a date with dots behind a day's name has a year.
            let is_time = rest
                .first()
                .is_some_and(|next| clock::dotted(next).is_some());
            if !is_time && let Some((mut found, used)) = self.date(rest)? {
                found.said = Some(weekday);
                return Ok((found, used + 1));
            }
            let day = word::named_day(today, weekday, looking).ok_or_else(|| self.too_far())?;
            return Ok((Found::plain(day), 1));
        }
        if let Some(number) = word::ordinal(first) {
            let day = word::day_of_month(today, number, looking).ok_or_else(|| self.no_date())?;
            let mut found = Found::plain(day);
            found.bare = Some(number);
            return Ok((found, 1));
        }
        Err(match clock::dotted(first) {
            Some(time) => DateFault::DottedTime {
                typed: self.typed.clone(),
                instead: time.format("%-H:%M").to_string(),
            },
            None if clock::is_meant_alone(first) => DateFault::NoSuchTime(quoted(first)),
            None => self.no_date(),
        })
    }

    /// Words of their own: `t`, `eot`, `wk3`, `5sd`.
    fn keyword(&self, first: &str) -> Result<Option<NaiveDate>, DateFault> {
        let When {
            today, calendar, ..
        } = *self.when;
        let known = |day: Option<NaiveDate>| day.ok_or_else(|| self.no_terms());
        let reached = |day: Option<NaiveDate>| day.ok_or_else(|| self.too_far());
        Ok(Some(match first {
            "t" | "today" => today,
            "y" | "yesterday" => reached(today.pred_opt())?,
            "tm" | "tomorrow" => reached(today.succ_opt())?,
            "eow" => reached(self.end_of_week())?,
            "eom" => reached(word::last_of_month(today.year(), today.month()))?,
            "eoht" => known(calendar.end_of_half_term(today))?,
            "nv" => calendar
                .next_of_mine(today)
                .ok_or(DateFault::NoDaysOfMine)?,
            "eot" => known(calendar.end_of_term(today))?,
            "sot" => known(calendar.start_of_next_term(today))?,
            _ => {
                if let Some(week) = word::week_number(first) {
                    self.teaching_week(week)?
                } else if let Some((size, unit)) = word::offset(first) {
                    let size = size.ok_or_else(|| self.too_far())?;
                    reached(unit.step(today, size, calendar))?
                } else {
                    return Ok(None);
                }
            }
        }))
    }

    /// The last school day of this week; when that is gone and what is due is asked for, of the next one. A week
    /// without school ends on its Friday.
    fn end_of_week(&self) -> Option<NaiveDate> {
        let When {
            today,
            calendar,
            looking,
        } = *self.when;
        let ends = |step| {
            let monday = word::in_week(today, step, Weekday::Mon)?;
            let friday = word::in_week(today, step, Weekday::Fri)?;
            let last = calendar.on_or_before(friday).filter(|last| monday <= *last);
            Some(last.unwrap_or(friday))
        };
        let this = ends(0)?;
        if looking == Looking::Ahead && this < today {
            ends(1)
        } else {
            Some(this)
        }
    }

    fn teaching_week(&self, week: u32) -> Result<NaiveDate, DateFault> {
        let When {
            today, calendar, ..
        } = *self.when;
        calendar
            .teaching_week(week, today)
            .ok_or_else(|| match calendar.teaching_weeks(today) {
                Some((term, weeks)) if weeks > 0 => DateFault::NoSuchWeek { week, term, weeks },
                _ => self.no_terms(),
            })
    }

    /// A date with at least day and month at the start of the words, and how many words it takes.
    fn date(&self, words: &[&str]) -> Result<Option<(Found, usize)>, DateFault> {
        let Some((&first, rest)) = words.split_first() else {
            return Ok(None);
        };
        let parts: Vec<&str> = first.split(['/', '-', '.']).collect();
        let (day, month, used, named) = match parts.as_slice() {
            [y, m, d] if y.len() == 4 => return Ok(dated(self.year(y), m, d)),
            [d, m, y] => return Ok(dated(self.year(y), m, d)),
            [d, m] => (word::ordinal(d), word::month(m), 1, false),
            _ => match (word::glued(first), rest.first()) {
                (Some((d, m)), _) => (word::ordinal(d), word::month(m), 1, true),
                (None, Some(m)) if word::is_month_name(m) => {
                    (word::ordinal(first), word::month(m), 2, true)
                }
                _ => return Ok(None),
            },
        };
        let (Some(day), Some(month)) = (day, month) else {
            return Ok(None);
        };
        let year = match words.get(used) {
            Some(next) => self.year_behind(next, named)?,
            None => None,
        };
        let When { today, looking, .. } = *self.when;
        let (year, used) = match year {
            Some(year) => (Some(year), used + 1),
            None => (word::year_for(today, month, day, looking), used),
        };
        Ok(year
            .and_then(|year| word::day_or_last(year, month, day))
            .map(|(day, exists)| {
                let found = Found {
                    exists,
                    ..Found::plain(day)
                };
                (found, used)
            }))
    }

    /// A year of two or four digits. Two are a year not far ahead: what is due may lie further off than what was.
    fn year(&self, word: &str) -> Option<i32> {
        let ahead = if self.when.looking == Looking::Ahead {
            50
        } else {
            10
        };
        word::year(word, self.when.today.year(), ahead)
    }

    /// The year in a word behind day and month, if it is one and no time.
    fn year_behind(&self, word: &str, named: bool) -> Result<Option<i32>, DateFault> {
        match (word.len(), self.year(word)) {
            (2, year) if named => Ok(year),
            (4, Some(year)) if (FIRST_DAY.year()..=LAST_DAY.year()).contains(&year) => {
                Ok(Some(year))
            }
            (4, Some(_)) if clock::read(word).is_none() => Err(self.too_far()),
            _ => Ok(None),
        }
    }

    /// The time behind the day, if there is one; a bare day of the month takes no bare hour that could be a month.
    fn time(&self, bare: Option<u32>, rest: &[&str]) -> Result<Option<NaiveTime>, DateFault> {
        let word = match rest {
            [] => return Ok(None),
            [word] => *word,
            _ => return Err(self.no_date()),
        };
        let month = bare.and_then(|day| word::month_for(word, day));
        match (bare, month, clock::read(word)) {
            (Some(day), Some(other), _) => Err(DateFault::TwoNumbers { day, other }),
            (_, _, Some(time)) => Ok(Some(time)),
            _ if clock::looks_like(word) => Err(DateFault::NoSuchTime(quoted(word))),
            _ => Err(self.no_date()),
        }
    }

    /// Holds the day against the calendar.
    fn finish(&self, found: &Found, time: Option<NaiveTime>) -> Result<Read, DateFault> {
        let moment = Moment {
            day: found.day,
            time,
        };
        if !(FIRST_DAY..=LAST_DAY).contains(&found.day) {
            return Err(self.too_far());
        }
        if !found.exists {
            return Err(DateFault::NoSuchDay {
                typed: self.typed.clone(),
                last: moment,
            });
        }
        let advice = self.advice(moment, found.said);
        Ok(Read { moment, advice })
    }

    fn advice(&self, moment: Moment, said: Option<Weekday>) -> Option<Advice> {
        let When {
            today,
            calendar,
            looking,
        } = *self.when;
        let only = |text: String| {
            Some(Advice {
                text,
                instead: None,
            })
        };
        if said.is_some_and(|said| said != moment.day.weekday()) {
            return only(moment.day.format("that day is a %A").to_string());
        }
        if looking != Looking::Ahead {
            return None;
        }
        if moment.day < today {
            return only("in the past".to_owned());
        }
        let closed = calendar.closed(moment.day)?;
        let Some(day) = calendar.on_or_after(moment.day) else {
            return only(closed.to_string());
        };
        if let Some(unknown) = calendar.unknown(day) {
            // Nobody knows whether that is a school day.
            return only(format!("{closed}; {unknown}"));
        }
        Some(Advice {
            text: format!("{closed}; {}?", named(day, today)),
            instead: Some(Moment { day, ..moment }.typed()),
        })
    }

    /// What the plain date box takes besides: numbers with spaces between, `14 3 2018`. Where the nearest day is
    /// looked for all it takes; elsewhere only with a year, as a second number may be an hour.
    fn plain(&self, words: &[&str]) -> Option<Result<Read, DateFault>> {
        let has_year = words.len() == 3
            && words
                .iter()
                .all(|word| word.bytes().all(|b| b.is_ascii_digit()))
            && words.iter().any(|word| word.len() == 4);
        if self.when.looking != Looking::Nearest && !has_year {
            return None;
        }
        match super::read(&words.join(" "), self.when.today) {
            Ok(day) => Some(self.finish(&Found::plain(day), None)),
            Err(DateFault::NoSuchDay { last, .. }) => {
                let found = Found {
                    exists: false,
                    ..Found::plain(last.day)
                };
                Some(self.finish(&found, None))
            }
            Err(_) => None,
        }
    }

    fn no_date(&self) -> DateFault {
        let typed = self.typed.clone();
        match self.when.looking {
            Looking::Ahead => DateFault::NoDayMeant {
                typed,
                forms: "fri, 1w, 5sd, 12/3, 12 Mar 2027 or 2027-03-12",
            },
            Looking::Back => DateFault::NoDayMeant {
                typed,
                forms: "y, fri, 12/3, 12 Mar 2026 or 2026-03-12, with a time behind it if you like: y 1530",
            },
            Looking::Nearest => DateFault::NotADate(typed),
        }
    }

    fn too_far(&self) -> DateFault {
        DateFault::TooFar(self.typed.clone())
    }

    fn no_terms(&self) -> DateFault {
        DateFault::NoTerms {
            typed: self.typed.clone(),
            from: self.when.today,
        }
    }
}

/// The day a name or the start of it means.
fn weekday(word: &str) -> Result<Option<Weekday>, DateFault> {
    match word::weekdays(word).as_slice() {
        [] => Ok(None),
        [(weekday, _)] => Ok(Some(*weekday)),
        several => Err(DateFault::Ambiguous {
            typed: quoted(word),
            names: several.iter().map(|(_, name)| *name).collect(),
        }),
    }
}

/// A date with its year, all in one word.
fn dated(year: Option<i32>, month: &str, day: &str) -> Option<(Found, usize)> {
    let (day, exists) = word::day_or_last(year?, word::month(month)?, word::ordinal(day)?)?;
    let found = Found {
        exists,
        ..Found::plain(day)
    };
    Some((found, 1))
}
