//! The grammar of dates by table, each row named after its rule; today is a Monday in an invented school's autumn.

mod mend;

use super::*;
use crate::domain::calendar::{Closure, Term};
use crate::domain::date;
use crate::domain::id::{ClosureId, TermId};
use Looking::{Ahead, Back, Nearest};
use chrono::Days;
use proptest::prelude::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

fn calendar() -> Calendar {
    let terms = [
        ("Autumn 1", day(2026, 9, 1), day(2026, 10, 23)),
        ("Autumn 2", day(2026, 11, 2), day(2026, 12, 18)),
        ("Spring 1", day(2027, 1, 4), day(2027, 2, 12)),
        ("Spring 2", day(2027, 2, 22), day(2027, 3, 25)),
    ];
    let terms = (1..).zip(terms).map(|(id, (name, starts, ends))| Term {
        id: TermId(id),
        name: name.to_owned(),
        starts,
        ends,
    });
    let closures = [(day(2027, 1, 4), "INSET"), (day(2026, 12, 4), "Burst pipe")];
    let closures = (1..).zip(closures).map(|(id, (day, name))| Closure {
        id: ClosureId(id),
        day,
        name: name.to_owned(),
    });
    Calendar::new(terms.collect(), closures.collect())
}

fn read_on(today: NaiveDate, text: &str, looking: Looking) -> Result<Read, DateFault> {
    let calendar = calendar();
    read_when(
        text,
        &When {
            today,
            calendar: &calendar,
            looking,
        },
    )
}

/// What was understood, as it is stored, or the fault's sentence.
fn stored(today: NaiveDate, text: &str, looking: Looking) -> String {
    match read_on(today, text, looking) {
        Ok(read) => read.moment.to_stored(),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn every_form_of_a_day_to_come_is_read() {
    for (rule, text, want) in [
        ("today", "t", "2026-11-23"),
        ("today in full, any case", " TODAY ", "2026-11-23"),
        ("tomorrow", "tm", "2026-11-24"),
        ("yesterday", "y", "2026-11-22"),
        ("day name, next such", "fri", "2026-11-27"),
        ("day name never means today", "mon", "2026-11-30"),
        ("unique start of a name", "w", "2026-11-25"),
        ("unique start of a name", "Th", "2026-11-26"),
        ("unique start of a name", "thurs", "2026-11-26"),
        ("name in full", "Wednesday", "2026-11-25"),
        ("customary short name", "weds", "2026-11-25"),
        ("next: the week after this", "next thu", "2026-12-03"),
        ("next: the week after this", "next mon", "2026-11-30"),
        ("last: the week before this", "last thu", "2026-11-19"),
        ("days", "3d", "2026-11-26"),
        ("days back", "-1d", "2026-11-22"),
        ("days in words", "3 days", "2026-11-26"),
        ("weeks", "2w", "2026-12-07"),
        ("statutory clock", "20w", "2027-04-12"),
        ("months", "1m", "2026-12-23"),
        ("plus sign", "+1m", "2026-12-23"),
        ("school days over a closure", "9sd", "2026-12-07"),
        ("school days back over half-term", "-16sd", "2026-10-23"),
        ("end of week", "eow", "2026-11-27"),
        ("end of month", "eom", "2026-11-30"),
        ("end of half-term", "eoht", "2026-12-18"),
        ("end of term", "EOT", "2026-12-18"),
        ("start of next term, after INSET", "sot", "2027-01-05"),
        ("teaching week", "wk3", "2026-09-14"),
        ("teaching week spelt out", "week 13", "2026-11-30"),
        ("day of month", "12", "2026-12-12"),
        ("day of month, today counts", "23", "2026-11-23"),
        ("day of month, months without it", "31", "2026-12-31"),
        ("ordinal", "25th", "2026-11-25"),
        ("always day before month", "12/3", "2027-03-12"),
        ("today counts", "23/11", "2026-11-23"),
        ("yesterday's date is a year off", "22/11", "2027-11-22"),
        ("dot is a date", "12.3", "2027-03-12"),
        ("hyphen is a date", "12-3", "2027-03-12"),
        ("month by name", "12 mar", "2027-03-12"),
        ("month by name in full", "12th March", "2027-03-12"),
        ("no space", "12mar", "2027-03-12"),
        ("two-digit year", "12/3/27", "2027-03-12"),
        ("two-digit year behind a name", "12 mar 27", "2027-03-12"),
        ("two-digit year far ahead", "1/9/41", "2041-09-01"),
        ("four-digit year", "12.03.2028", "2028-03-12"),
        ("ISO", "2027-03-12", "2027-03-12"),
        ("spaces", "14 3 2027", "2027-03-14"),
        ("as it is printed", "Fri 12 Mar 2027", "2027-03-12"),
        ("as a list prints it", "Mon 30 Nov", "2026-11-30"),
    ] {
        assert_eq!(stored(TODAY, text, Ahead), want, "{rule}: {text}");
    }
}

#[test]
fn looking_back_and_nearest_choose_another_day_for_the_same_words() {
    for (rule, text, back, nearest) in [
        ("day name", "fri", "2026-11-20", "2026-11-20"),
        ("day name", "tue", "2026-11-17", "2026-11-24"),
        (
            "day name never means today",
            "mon",
            "2026-11-16",
            "2026-11-16",
        ),
        ("day of month", "12", "2026-11-12", "2026-11-12"),
        (
            "day of month, months without it",
            "31",
            "2026-10-31",
            "2026-10-31",
        ),
        ("today counts", "23", "2026-11-23", "2026-11-23"),
        ("day and month", "12/3", "2026-03-12", "2027-03-12"),
        (
            "day and month by name",
            "24 nov",
            "2025-11-24",
            "2026-11-24",
        ),
        ("two-digit year", "14/3/18", "2018-03-14", "2018-03-14"),
        ("two-digit year", "4/5/95", "1995-05-04", "1995-05-04"),
        ("end of week", "eow", "2026-11-27", "2026-11-27"),
    ] {
        assert_eq!(stored(TODAY, text, Back), back, "{rule}: {text}");
        assert_eq!(stored(TODAY, text, Nearest), nearest, "{rule}: {text}");
    }
}

#[test]
fn a_time_stands_alone_or_behind_the_day() {
    for (rule, text, want) in [
        ("alone, four digits", "0915", "2026-11-23T09:15"),
        (
            "alone, four digits that could be a year",
            "2015",
            "2026-11-23T20:15",
        ),
        ("alone, colon", "9:15", "2026-11-23T09:15"),
        ("alone, dot and half of day", "9.15am", "2026-11-23T09:15"),
        ("alone, hour and half of day", "2 PM", "2026-11-23T14:00"),
        ("bare hour", "fri 9", "2026-11-20T09:00"),
        (
            "bare small hour is in the afternoon",
            "y 3",
            "2026-11-22T15:00",
        ),
        ("its own word is taken", "y 0300", "2026-11-22T03:00"),
        ("half of day", "fri 2pm", "2026-11-20T14:00"),
        ("four digits", "y 1530", "2026-11-22T15:30"),
        ("four digits", "t 0840", "2026-11-23T08:40"),
        ("as a list prints it", "today 14:02", "2026-11-23T14:02"),
        ("at", "fri at 9", "2026-11-20T09:00"),
        ("dot behind a day", "fri 9.10", "2026-11-20T09:10"),
        ("behind an offset", "-2d 0915", "2026-11-21T09:15"),
        ("behind last", "last fri 9", "2026-11-20T09:00"),
        ("behind a day of the month", "12 2pm", "2026-11-12T14:00"),
        ("no month has that number", "12 15", "2026-11-12T15:00"),
        (
            "hour behind a date with a slash",
            "12/3 14",
            "2026-03-12T14:00",
        ),
        ("year behind a month's name", "12 mar 14", "2014-03-12"),
        (
            "one digit behind a month's name",
            "12 mar 9",
            "2026-03-12T09:00",
        ),
        ("1900 to 2200 is a year", "12 mar 2015", "2015-03-12"),
        (
            "other four digits are a time",
            "12 mar 0915",
            "2026-03-12T09:15",
        ),
        ("1845 is a time, no year", "12 mar 1845", "2026-03-12T18:45"),
        ("year, then time", "12 mar 2024 2015", "2024-03-12T20:15"),
        ("year behind a slash", "12/3 2024", "2024-03-12"),
        (
            "day's name, date, time",
            "Thu 12 Mar 2026 14:02",
            "2026-03-12T14:02",
        ),
        (
            "day's name, then day and month",
            "thu 12/3 9",
            "2026-03-12T09:00",
        ),
        ("as it is stored", "2026-11-23T14:02", "2026-11-23T14:02"),
    ] {
        assert_eq!(stored(TODAY, text, Back), want, "{rule}: {text}");
    }
}

#[test]
fn the_week_ends_on_its_last_school_day_and_when_that_is_gone_on_the_next_ones() {
    for (rule, today, looking, want) in [
        ("Friday", TODAY, Ahead, "2026-11-27"),
        ("Friday is today", day(2026, 11, 27), Ahead, "2026-11-27"),
        ("Friday closed", day(2026, 12, 1), Ahead, "2026-12-03"),
        ("on that Friday", day(2026, 12, 4), Ahead, "2026-12-11"),
        ("on Saturday", day(2026, 11, 28), Ahead, "2026-12-03"),
        ("on Saturday, back", day(2026, 11, 28), Back, "2026-11-27"),
        (
            "no school that week",
            day(2026, 12, 28),
            Ahead,
            "2027-01-01",
        ),
    ] {
        assert_eq!(stored(today, "eow", looking), want, "{rule}");
    }
}

#[test]
fn the_date_before_words_is_the_longest_start_that_reads() {
    let calendar = calendar();
    let when = When {
        today: TODAY,
        calendar: &calendar,
        looking: Ahead,
    };
    for (text, want, rest) in [
        ("1w send Lexia data", "2026-11-30", "send Lexia data"),
        ("fri", "2026-11-27", ""),
        ("  next thu  order overlays", "2026-12-03", "order overlays"),
        (
            "12 mar 2027 2pm review meeting",
            "2027-03-12T14:00",
            "review meeting",
        ),
        ("23/11 review", "2026-11-23", "review"),
        ("fri 27 books", "2026-11-27", "27 books"),
        ("2 weeks check", "2026-12-07", "check"),
    ] {
        let (read, left) = read_leading(text, &when).expect(text);
        assert_eq!(
            (read.moment.to_stored().as_str(), left),
            (want, rest),
            "{text}"
        );
    }
    let fault = read_leading("31 nov review", &when).unwrap_err();
    assert_eq!(fault.instead().as_deref(), Some("30/11/2026"));
    for text in ["", "order overlays", "the office"] {
        assert!(
            read_leading(text, &when).unwrap_err().is_no_date(),
            "{text}"
        );
    }
}

fn any_looking() -> impl Strategy<Value = Looking> {
    prop_oneof![Just(Ahead), Just(Back), Just(Nearest)]
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..109_938).prop_map(|days| FIRST_DAY + Days::new(days))
}

/// Pieces of the grammar put together anyhow, where arbitrary text would seldom reach beyond the first word.
fn any_pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        "[-+]?[0-9]{1,7}(d|w|m|sd|wk|th)",
        "[0-9]{1,4}[/.:-][0-9]{1,4}",
        "(t|y|tm|eow|eom|eoht|eot|sot|wk|next|last|at|am|pm|s|th|mon|sunday|mar|sept|é|T)",
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back_as_the_same_day(on in any_day(), today in any_day(), minutes in 0_u32..1440, looking in any_looking()) {
        let calendar = calendar();
        let when = When { today, calendar: &calendar, looking };
        for text in [date::short(on), date::full(on), date::medium(on), date::iso(on)] {
            prop_assert_eq!(read_when(&text, &when).map(|read| read.moment), Ok(Moment::on(on)));
        }
        let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0);
        let moment = Moment { day: on, time };
        for text in [moment.typed(), moment.shown(), moment.to_stored()] {
            prop_assert_eq!(read_when(&text, &when).map(|read| read.moment), Ok(moment));
        }
        prop_assert_eq!(Moment::from_stored(&moment.to_stored()), Some(moment));
    }

    #[test]
    fn no_text_stops_it_and_what_it_offers_reads(text in prop_oneof![any::<String>(), any_pieces()], looking in any_looking(), today in any_day()) {
        let calendar = calendar();
        let when = When { today, calendar: &calendar, looking };
        let instead = match read_when(&text, &when) {
            Ok(read) => {
                prop_assert!((FIRST_DAY..=LAST_DAY).contains(&read.moment.day));
                read.advice.and_then(|advice| advice.instead)
            }
            Err(fault) => fault.instead(),
        };
        if let Some(instead) = instead {
            prop_assert!(read_when(&instead, &when).is_ok(), "{text:?} offers {instead:?}");
        }
        if let Ok((_, rest)) = read_leading(&text, &when) {
            prop_assert!(text.ends_with(rest));
        }
    }
}
