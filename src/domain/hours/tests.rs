//! Lengths of time as they are typed, and time added up by school and week.

use super::*;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

#[test]
fn a_length_of_time_is_read_in_every_way_it_is_written() {
    for (typed, minutes) in [
        ("2h30", 150),
        ("2:30", 150),
        ("2.5", 150),
        ("150m", 150),
        ("2h", 120),
        ("2", 120),
        ("2.5h", 150),
        ("2.25 hrs", 135),
        ("2H 30M", 150),
        ("2 hours 05 min", 125),
        ("1 hour", 60),
        (" 45 min ", 45),
        ("0h45", 45),
        ("0:05", 5),
        ("0.5", 30),
        ("6.33", 380),
        ("2.30", 138),
        ("80", 4800),
        ("4800m", 4800),
    ] {
        assert_eq!(read(typed), Ok(minutes), "{typed}");
        assert_eq!(read(&shown(minutes)), Ok(minutes), "{typed}");
    }
}

#[test]
fn what_is_no_length_of_time_is_refused_with_how_to_write_it() {
    for typed in [
        "",
        "all week",
        "2h3",
        "2h60",
        "2:5",
        "2:60",
        ":30",
        "h",
        "m",
        "2h30h",
        "2.5.1",
        "2.",
        ".5",
        "2.333",
        "-2",
        "+2",
        "2h-5",
        "2d",
        "1,2,3",
        "123456m",
        "999999999999999999999",
        "٣",
    ] {
        assert_eq!(
            read(typed),
            Err(LengthFault::NotALength(typed.to_owned())),
            "{typed}"
        );
    }
    for (typed, want) in [
        (
            "2,5",
            "\"2,5\" has a comma: write 2.5 for hours and a part, or 2h30.",
        ),
        ("0", "no time at all needs no line."),
        ("0h00", "no time at all needs no line."),
        (
            "150",
            "\"150\" is 150h in one week, more than can be meant; minutes are written 150m.",
        ),
    ] {
        assert_eq!(read(typed).unwrap_err().to_string(), want);
    }
}

#[test]
fn minutes_are_written_as_hours_and_minutes() {
    for (minutes, want) in [
        (0, "0"),
        (5, "5m"),
        (60, "1h"),
        (65, "1h05"),
        (1950, "32h30"),
    ] {
        assert_eq!(shown(minutes), want);
    }
}

fn typed(week: NaiveDate, minutes: i64) -> Hours {
    Hours {
        id: HoursId(1),
        week,
        minutes,
        note: None,
    }
}

#[test]
fn time_adds_up_by_week_from_monday_to_sunday() {
    // 23 November 2026 is a Monday.
    let weeks = Weeks::of(day(11, 18), day(11, 25));
    assert_eq!(
        (weeks.first, weeks.last, weeks.end()),
        (day(11, 16), day(11, 23), day(11, 29))
    );
    let lines = [
        typed(day(11, 9), 600),
        typed(day(11, 16), 300),
        typed(day(11, 23), 60),
        typed(day(11, 30), 600),
    ];
    let contacts = [
        (day(11, 15), 500),
        (day(11, 16), 10),
        (day(11, 22), 20),
        (day(11, 29), 5),
        (day(11, 30), 500),
    ];
    let school = ByWeek::of(&lines, &contacts, weeks);
    assert_eq!(
        school.week(day(11, 16)),
        Spent {
            typed: 300,
            contacts: 30
        }
    );
    assert_eq!(
        school.week(day(11, 23)),
        Spent {
            typed: 60,
            contacts: 5
        }
    );
    assert_eq!(school.week(day(11, 30)), Spent::default());
    assert_eq!(
        school.total(),
        Spent {
            typed: 360,
            contacts: 35
        }
    );
    assert_eq!(school.total().together(), 395);
    let other = ByWeek::of(&[], &[(day(11, 20), 15)], weeks);
    let either: Vec<_> = weeks_with_time([&school, &other]).into_iter().collect();
    assert_eq!(either, [day(11, 16), day(11, 23)]);
    assert!(weeks_with_time([&ByWeek::default()]).is_empty());
}

#[test]
fn shares_sum_to_a_hundred() {
    for (parts, want) in [
        (&[1, 1, 1][..], &[34, 33, 33][..]),
        (&[395, 0], &[100, 0]),
        (&[2, 1], &[67, 33]),
        (&[0, 0], &[0, 0]),
        (&[], &[]),
        (&[1, 999], &[0, 100]),
        (&[5, 995, 0], &[1, 99, 0]),
    ] {
        assert_eq!(shares(parts), want, "{parts:?}");
    }
}
