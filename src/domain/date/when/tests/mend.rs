//! What is refused or advised, and that what is offered instead is taken.

use super::{TODAY, day, read_on, stored};
use crate::domain::calendar::Calendar;
use crate::domain::date::{
    Looking::{Ahead, Back, Nearest},
    When, read_when,
};
use chrono::NaiveDate;

const OCTOBER: NaiveDate = NaiveDate::from_ymd_opt(2026, 10, 20).unwrap();

/// Rule, text, the sentence said, what to put in the box.
const REFUSED: &[(&str, &str, &str, Option<&str>)] = &[
    (
        "no such day",
        "31/11",
        "31/11 does not exist. Did you mean Mon 30 Nov 2026?",
        Some("30/11/2026"),
    ),
    (
        "no such day, with time",
        "31 nov 9",
        "31 nov 9 does not exist. Did you mean Mon 30 Nov 2026?",
        Some("30/11/2026 09:00"),
    ),
    (
        "no leap year",
        "29/2",
        "29/2 does not exist. Did you mean Sun 28 Feb 2027?",
        Some("28/02/2027"),
    ),
    (
        "spaces",
        "31 11 2026",
        "31 11 2026 does not exist. Did you mean Mon 30 Nov 2026?",
        Some("30/11/2026"),
    ),
    (
        "start of two names",
        "s",
        "\"s\" could be Sat or Sun. Write one letter more.",
        None,
    ),
    (
        "start of two names behind next",
        "next t",
        "\"t\" could be Tue or Thu. Write one letter more.",
        None,
    ),
    (
        "two bare numbers",
        "12 9",
        "\"12 9\" could be a date or a time. Write 12/9 for the date, 12 9:00 for the time.",
        Some("12/9"),
    ),
    (
        "dotted time",
        "9.15",
        "\"9.15\" is not a date. If you mean the time of day, write 9:15.",
        Some("9:15"),
    ),
    (
        "no such time",
        "fri 27",
        "\"27\" is not a time of day. Write it as 14:02, 0915 or 2pm.",
        None,
    ),
    (
        "no such time",
        "25:00",
        "\"25:00\" is not a time of day. Write it as 14:02, 0915 or 2pm.",
        None,
    ),
    (
        "no such week",
        "wk30",
        "There is no teaching week 30: Autumn has 15, so wk15 is its last.",
        Some("wk15"),
    ),
    (
        "before 1900",
        "12/3/1899",
        "\"12/3/1899\" lies before 1900 or after 2200. Check the year or the number.",
        None,
    ),
    (
        "after 2200",
        "12 mar 2730",
        "\"12 mar 2730\" lies before 1900 or after 2200. Check the year or the number.",
        None,
    ),
    (
        "too many",
        "99999999d",
        "\"99999999d\" lies before 1900 or after 2200. Check the year or the number.",
        None,
    ),
    (
        "too many",
        "999999sd",
        "\"999999sd\" lies before 1900 or after 2200. Check the year or the number.",
        None,
    ),
];

#[test]
fn what_cannot_be_is_refused_with_the_way_to_mend_it() {
    for (rule, text, want, instead) in REFUSED.iter().copied() {
        let fault = read_on(TODAY, text, Ahead).expect_err(text);
        assert_eq!(fault.to_string(), want, "{rule}");
        assert_eq!(fault.instead().as_deref(), instead, "{rule}: {text}");
        if let Some(instead) = instead {
            assert!(read_on(TODAY, instead, Ahead).is_ok(), "{rule}: {instead}");
        }
    }
}

#[test]
fn what_is_no_date_is_told_the_forms_that_suit_the_box() {
    for text in [
        "",
        "soon",
        "13/13/2020",
        "1/2/3/4",
        "0",
        "32",
        "fri soon",
        "5s",
        "next",
        "12 mar 2027 9 9",
        "\u{202e}",
    ] {
        let said = stored(TODAY, text, Ahead);
        assert!(
            said.ends_with("Write it as fri, 1w, 5sd, 12/3, 12 Mar 2027 or 2027-03-12."),
            "{text}: {said}"
        );
        assert!(stored(TODAY, text, Back).contains("y 1530"), "{text}");
    }
    let long = stored(TODAY, &"é\u{1b}".repeat(100_000), Ahead);
    assert!(
        long.chars().count() < 130 && !long.contains('\u{1b}'),
        "{long}"
    );
}

#[test]
fn words_that_need_term_dates_ask_for_them() {
    let calendar = Calendar::default();
    let when = When {
        today: TODAY,
        calendar: &calendar,
        looking: Ahead,
    };
    for text in ["eoht", "eot", "sot", "wk3"] {
        assert_eq!(
            read_when(text, &when).unwrap_err().to_string(),
            format!(
                "No term dates are entered that reach past Mon 23 Nov 2026, so \"{text}\" has no date. Enter the term \
                 dates first: a term has a name, a first and a last day."
            )
        );
    }
    assert_eq!(
        read_when("5sd", &when).unwrap().moment.day,
        day(2026, 11, 30)
    );
}

/// Rule, today, text, advice, what Tab takes.
const ADVISED: &[(&str, NaiveDate, &str, &str, &str)] = &[
    (
        "half-term",
        OCTOBER,
        "27/10",
        "half-term; Mon 2 Nov?",
        "02/11/2026",
    ),
    (
        "Saturday",
        TODAY,
        "sat",
        "a Saturday; Mon 30 Nov?",
        "30/11/2026",
    ),
    (
        "Sunday, with time",
        TODAY,
        "29/11 9",
        "a Sunday; Mon 30 Nov?",
        "30/11/2026 09:00",
    ),
    (
        "closure",
        TODAY,
        "4/12",
        "Burst pipe; Mon 7 Dec?",
        "07/12/2026",
    ),
    (
        "bank holiday, then INSET",
        TODAY,
        "25 dec",
        "a bank holiday (Christmas Day); Tue 5 Jan 2027?",
        "05/01/2027",
    ),
    (
        "holidays",
        TODAY,
        "29 dec",
        "holidays; Tue 5 Jan 2027?",
        "05/01/2027",
    ),
];

#[test]
fn a_due_date_on_a_closed_day_is_advised_and_tab_has_the_next_school_day() {
    for (rule, today, text, advice, instead) in ADVISED.iter().copied() {
        let found = read_on(today, text, Ahead).unwrap().advice.expect(rule);
        assert_eq!(
            (found.text.as_str(), found.instead.as_deref()),
            (advice, Some(instead)),
            "{rule}"
        );
        let taken = read_on(today, instead, Ahead).unwrap();
        assert_eq!(taken.advice, None, "{rule}");
    }
    let advice = |text, looking| {
        read_on(TODAY, text, looking)
            .unwrap()
            .advice
            .map(|advice| advice.text)
    };
    // Where no later term is known nobody knows of a school day: none is offered.
    let may = read_on(TODAY, "3/5/27", Ahead).unwrap().advice.unwrap();
    assert_eq!(
        (may.text.as_str(), may.instead),
        (
            "the Early May bank holiday; no term dates after 25 Mar 2027",
            None
        )
    );
    assert_eq!(advice("y", Ahead).as_deref(), Some("in the past"));
    assert_eq!(
        advice("11/8/27", Ahead),
        None,
        "no term of that time is known"
    );
    assert_eq!(advice("28/10", Back), None);
    assert_eq!(advice("25/12/2026", Nearest), None);
    assert_eq!(
        advice("tue 12 mar 2027", Nearest).as_deref(),
        Some("that day is a Friday")
    );
}
