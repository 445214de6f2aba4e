//! Dates of one column, read the same way for the whole column.
//!
//! Day before month, as in England, unless the column itself proves otherwise: a value above 12 in second place
//! and none in first. What a column leaves open is told with examples.

use crate::domain::date::{self, age_on, month_of};
use crate::domain::text::fold;
use chrono::{Datelike, Days, NaiveDate};

/// Which of two numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

/// The day a spreadsheet counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Day 1 is 1 January 1900, with Lotus's leap day: every Windows workbook.
    From1900,
    /// Day 0 is 1 January 1904: workbooks begun on an old Macintosh.
    From1904,
}

/// How the dates of one column are written.
#[derive(Debug, Clone)]
pub(super) struct DateColumn {
    order: Order,
    pub(super) epoch: Epoch,
    birth: bool,
    today: NaiveDate,
}

/// Why a cell gave no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Written as a date, and no such day.
    NoSuchDay,
    /// Not written as a date.
    NotADate,
}

/// Ages a pupil can have; a spreadsheet's or two-digit year is read so that it fits.
const AGES: std::ops::RangeInclusive<u32> = 2..=20;

/// Ages that are taken: an EHC plan can last until 25.
const LIKELY: std::ops::RangeInclusive<u32> = 2..=25;

/// A date as it is written.
enum Written<'a> {
    Serial(u64),
    Known(i32, u32, u32),
    /// Two numbers whose order is open, and the year.
    Open(u32, u32, &'a str),
    /// The month by name: day, month, year.
    Named(u32, u32, &'a str),
}

impl DateColumn {
    /// Looks at every value. `birth` is true for dates of birth. The second is what to tell the reader.
    pub(super) fn decide<'a>(
        heading: &str,
        values: impl Iterator<Item = &'a str>,
        birth: bool,
        epoch: Option<Epoch>,
        today: NaiveDate,
    ) -> (Self, Option<String>) {
        let mut seen = Seen::default();
        for value in values {
            let text = plain(value);
            match written(&text) {
                Some(Written::Serial(serial)) => seen.serials.push(serial),
                Some(Written::Open(a, b, _)) => seen.count(a, b, value),
                _ => {}
            }
        }
        let order = if seen.months_first > 0 && seen.days_first == 0 {
            Order::MonthFirst
        } else {
            Order::DayFirst
        };
        let fits = |epoch: Epoch| {
            let fits_one =
                |serial: &u64| from_serial(*serial, epoch).is_some_and(|day| is_pupil(day, today));
            seen.serials.iter().all(fits_one)
        };
        let none_fits = !seen.serials.iter().any(|serial| {
            from_serial(*serial, Epoch::From1900).is_some_and(|day| is_pupil(day, today))
        });
        let shifted = birth && !seen.serials.is_empty() && none_fits && fits(Epoch::From1904);
        let epoch = match epoch {
            Some(epoch) => epoch,
            None if shifted => Epoch::From1904,
            None => Epoch::From1900,
        };
        let column = Self {
            order,
            epoch,
            birth,
            today,
        };
        let note = column.tell(heading, &seen, shifted);
        (column, note)
    }

    fn tell(&self, heading: &str, seen: &Seen, shifted: bool) -> Option<String> {
        if shifted {
            return Some(format!(
                "\"{heading}\" holds day numbers of a workbook that counts from 1904; counted from 1900 nobody would have a pupil's age."
            ));
        }
        if let (Order::MonthFirst, Some(proof)) = (self.order, &seen.proof) {
            return Some(format!(
                "Dates in \"{heading}\" are month first, as {proof} shows."
            ));
        }
        if seen.months_first > 0 {
            return Some(format!(
                "Dates in \"{heading}\" are written both day first and month first; they are read day first."
            ));
        }
        if seen.days_first > 0 || seen.examples.is_empty() {
            return None;
        }
        let examples: Vec<String> = seen
            .examples
            .iter()
            .filter_map(|text| Some(format!("{text} is {}", date::medium(self.read(text).ok()?))))
            .collect();
        Some(format!(
            "Dates in \"{heading}\" are read day first, though they could be month first: {}.",
            examples.join(", ")
        ))
    }

    /// The day one cell means.
    pub(super) fn read(&self, text: &str) -> Result<NaiveDate, Fault> {
        let text = plain(text);
        match written(&text).ok_or(Fault::NotADate)? {
            Written::Serial(serial) => from_serial(serial, self.epoch).ok_or(Fault::NotADate),
            Written::Known(y, m, d) => NaiveDate::from_ymd_opt(y, m, d).ok_or(Fault::NoSuchDay),
            Written::Named(d, m, y) => self.with_year(y, m, d),
            Written::Open(a, b, y) => match self.order {
                Order::DayFirst => self.with_year(y, b, a),
                Order::MonthFirst => self.with_year(y, a, b),
            },
        }
    }

    fn with_year(&self, year: &str, month: u32, day: u32) -> Result<NaiveDate, Fault> {
        let number: i32 = year.parse().map_err(|_| Fault::NotADate)?;
        let on = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
        if year.len() == 4 {
            return on(number).ok_or(Fault::NoSuchDay);
        }
        if year.len() != 2 {
            return Err(Fault::NotADate);
        }
        let century = self.today.year() - self.today.year().rem_euclid(100);
        let (this, last) = (on(century + number), on(century - 100 + number));
        let near = |day: &NaiveDate| {
            if self.birth {
                is_pupil(*day, self.today)
            } else {
                day.year() <= self.today.year() + 10
            }
        };
        let past = |day: &NaiveDate| *day <= self.today;
        this.filter(near)
            .or(last.filter(near))
            .or(this.filter(past))
            .or(last)
            .ok_or(Fault::NoSuchDay)
    }
}

/// What the values of a column show.
#[derive(Default)]
struct Seen {
    serials: Vec<u64>,
    days_first: usize,
    months_first: usize,
    proof: Option<String>,
    /// Up to three values that read differently either way.
    examples: Vec<String>,
}

impl Seen {
    fn count(&mut self, a: u32, b: u32, value: &str) {
        if a > 12 && b <= 12 {
            self.days_first += 1;
        } else if b > 12 && a <= 12 {
            self.months_first += 1;
            self.proof.get_or_insert_with(|| value.trim().to_owned());
        } else if a != b && a <= 12 && self.examples.len() < 3 {
            let value = value.trim().to_owned();
            if !self.examples.contains(&value) {
                self.examples.push(value);
            }
        }
    }
}

fn is_pupil(dob: NaiveDate, today: NaiveDate) -> bool {
    age_on(dob, today).is_some_and(|age| AGES.contains(&age))
}

/// What makes a date of birth one that is not taken; `None` where it can be a pupil's.
pub(super) fn unlikely(dob: NaiveDate, today: NaiveDate) -> Option<&'static str> {
    match age_on(dob, today) {
        None => Some("this date of birth lies ahead; left out"),
        Some(age) if age < *LIKELY.start() => {
            Some("under two years old on this date of birth; left out")
        }
        Some(age) if age > *LIKELY.end() => {
            Some("over twenty-five years old on this date of birth; left out")
        }
        Some(_) => None,
    }
}

fn from_serial(serial: u64, epoch: Epoch) -> Option<NaiveDate> {
    let start = match epoch {
        // Two days early: serials start at 1, and 1900 had no 29 February.
        Epoch::From1900 => NaiveDate::from_ymd_opt(1899, 12, 30)?,
        Epoch::From1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?,
    };
    start.checked_add_days(Days::new(serial))
}

/// True for a cell that is written as a date, a spreadsheet's day number left out.
pub(super) fn reads_as_date(text: &str) -> bool {
    let plain = plain(text);
    matches!(
        written(&plain),
        Some(Written::Known(..) | Written::Open(..) | Written::Named(..))
    )
}

/// Lower case, without the time of day and without the stars and notes' signs that printed lists hang on.
fn plain(text: &str) -> String {
    let text = fold(
        text.trim()
            .trim_matches(['*', '\u{2020}', '\u{2021}', '#', ' ']),
    );
    let bytes = text.as_bytes();
    // 2015-10-16t11:25:00
    if bytes.len() > 11 && bytes[10] == b't' && bytes[..4].iter().all(u8::is_ascii_digit) {
        return text[..10].to_owned();
    }
    match text.find(':') {
        Some(colon) => {
            let before = &text[..colon];
            before
                .rfind(' ')
                .map_or_else(|| text.clone(), |space| before[..space].trim().to_owned())
        }
        None => text,
    }
}

fn written(text: &str) -> Option<Written<'_>> {
    let digits = |text: &str| {
        !text.is_empty() && text.len() <= 8 && text.bytes().all(|b| b.is_ascii_digit())
    };
    // 42293.0 and 42293.468055: a day and a part of it.
    let whole = match text.split_once('.') {
        Some((whole, part)) if part.bytes().all(|b| b.is_ascii_digit()) => whole,
        _ => text,
    };
    if digits(whole) && whole.len() == 5 {
        return whole
            .parse()
            .ok()
            .filter(|serial| *serial >= 10_000)
            .map(Written::Serial);
    }
    if digits(text) && text.len() == 8 {
        let part = |range: std::ops::Range<usize>| text[range].parse::<u32>().ok();
        let year = part(0..4)?;
        return if (1900..=2100).contains(&year) {
            Some(Written::Known(
                i32::try_from(year).ok()?,
                part(4..6)?,
                part(6..8)?,
            ))
        } else {
            Some(Written::Open(part(0..2)?, part(2..4)?, &text[4..8]))
        };
    }
    let mut tokens: Vec<&str> = text
        .split(['/', '-', '.', ' ', ',', '\\'])
        .filter(|token| !token.is_empty())
        .collect();
    if tokens.len() == 4
        && tokens[0].chars().all(char::is_alphabetic)
        && month_of(tokens[0]).is_none()
    {
        tokens.remove(0);
    }
    let [first, second, third] = tokens.as_slice() else {
        return None;
    };
    let number = |token: &str| {
        digits(token)
            .then(|| token.parse::<u32>().ok())
            .flatten()
            .filter(|_| token.len() <= 2)
    };
    let ordinal = |token: &str| number(token.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']));
    let named = |token: &str| {
        let word = token.chars().all(char::is_alphabetic);
        word.then(|| month_of(token)).flatten()
    };
    if digits(first) && first.len() == 4 {
        let month = number(second).or_else(|| named(second))?;
        return Some(Written::Known(first.parse().ok()?, month, number(third)?));
    }
    if !digits(third) {
        return None;
    }
    if let (Some(a), Some(b)) = (number(first), number(second)) {
        return Some(Written::Open(a, b, third));
    }
    if let Some(month) = named(second) {
        return Some(Written::Named(ordinal(first)?, month, third));
    }
    Some(Written::Named(ordinal(second)?, named(first)?, third))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn column(values: &[&str]) -> (DateColumn, Option<String>) {
        DateColumn::decide("DOB", values.iter().copied(), true, None, day(2026, 11, 23))
    }

    #[test]
    fn every_way_offices_write_a_date() {
        let (column, _) = column(&["16/10/2015"]);
        for text in [
            "16/10/2015",
            "16-10-2015",
            "16.10.2015",
            "16/10/15",
            "16 October 2015",
            "16th October 2015",
            "16-Oct-2015",
            "16-Oct-15",
            "16 Oct 15",
            "Fri 16 October 2015",
            "Friday, 16 October 2015",
            "October 16, 2015",
            "2015-10-16",
            "2015/10/16",
            "2015-10-16 11:25:00",
            "2015-10-16T00:00:00",
            "2015-10-16T00:00:00.000Z",
            "16/10/2015 00:00:00",
            "16/10/2015 00:00",
            "16/10/2015 12:00:00 AM",
            "20151016",
            "16102015",
            "42293",
            "42293.0",
            " 16/10/2015 ",
            "16\\10\\2015",
            "16/10/2015*",
        ] {
            assert_eq!(column.read(text), Ok(day(2015, 10, 16)), "{text}");
        }
        assert_eq!(column.read("12 September 2015"), Ok(day(2015, 9, 12)));
        assert_eq!(column.read("1/9/16"), Ok(day(2016, 9, 1)));
    }

    #[test]
    fn a_day_that_does_not_exist_is_told_from_what_is_no_date() {
        let (column, _) = column(&["16/10/2015"]);
        for text in [
            "31/02/2015",
            "2015-13-01",
            "29 Feb 2015",
            "00/01/2015",
            "45/45/2015",
            "10/16/2015",
        ] {
            assert_eq!(column.read(text), Err(Fault::NoSuchDay), "{text}");
        }
        for text in [
            "soon",
            "",
            "12",
            "1/2",
            "1/2/3/4",
            "16/10/215",
            "Autumn 2015",
            "999999999999",
        ] {
            assert_eq!(column.read(text), Err(Fault::NotADate), "{text:?}");
        }
    }

    #[test]
    fn month_first_only_when_the_column_proves_it() {
        let (proven, note) = column(&["03/04/2016", "10/16/2015", ""]);
        assert_eq!(proven.read("03/04/2016"), Ok(day(2016, 3, 4)));
        assert!(note.unwrap().contains("month first, as 10/16/2015 shows"));
        let (mixed, note) = column(&["16/10/2015", "10/16/2015", "03/04/2016"]);
        assert_eq!(mixed.read("03/04/2016"), Ok(day(2016, 4, 3)));
        assert!(note.unwrap().contains("both"));
        let (uk, note) = column(&["16/10/2015", "03/04/2016"]);
        assert_eq!((uk.read("03/04/2016"), note), (Ok(day(2016, 4, 3)), None));
    }

    #[test]
    fn a_column_open_both_ways_is_read_day_first_and_shown_with_three_examples() {
        let (column, note) = column(&[
            "03/04/2016",
            "05/05/2015",
            "01/02/2016",
            "07/08/2017",
            "09/10/2014",
        ]);
        assert_eq!(column.read("03/04/2016"), Ok(day(2016, 4, 3)));
        assert_eq!(
            note.unwrap(),
            "Dates in \"DOB\" are read day first, though they could be month first: 03/04/2016 is 3 Apr 2016, \
             01/02/2016 is 1 Feb 2016, 07/08/2017 is 7 Aug 2017."
        );
    }

    #[test]
    fn a_workbook_that_counts_from_1904_is_told_by_everybodys_age() {
        // 34308 is 5 December 1993 from 1900 and 6 December 1997 from 1904: both worked by hand.
        assert_eq!(from_serial(34308, Epoch::From1900), Some(day(1993, 12, 5)));
        assert_eq!(from_serial(34308, Epoch::From1904), Some(day(1997, 12, 6)));
        let (early, _) = column(&["42293", "41000"]);
        assert_eq!(early.epoch, Epoch::From1900);
        let (late, note) = column(&["38000", "38500"]);
        assert_eq!(
            late.epoch,
            Epoch::From1904,
            "22 years old from 1900, 18 from 1904"
        );
        assert!(note.unwrap().contains("1904"));
        let (adults, _) = column(&["20000"]);
        assert_eq!(
            adults.epoch,
            Epoch::From1900,
            "neither reading makes a pupil"
        );
    }

    #[test]
    fn a_two_digit_year_gives_a_pupils_age() {
        let (births, _) = column(&[]);
        for (text, year) in [
            ("1/9/16", 2016),
            ("1/9/07", 2007),
            ("1/9/24", 2024),
            ("1/9/95", 1995),
        ] {
            assert_eq!(births.read(text).map(|day| day.year()), Ok(year), "{text}");
        }
        let (other, _) = DateColumn::decide("Left", [].into_iter(), false, None, day(2026, 11, 23));
        assert_eq!(other.read("1/9/27"), Ok(day(2027, 9, 1)));
    }
}
