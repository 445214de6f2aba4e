//! Times of day as they are typed: `9`, `0915`, `9:15`, `9.15am`, `2pm`, `14:02`.

use chrono::NaiveTime;

/// A time that needs no day before it to be one: `0915`, `915`, `9:15`, `9.15am`, `2pm`. A bare `9` is a day.
pub(super) fn alone(word: &str) -> Option<NaiveTime> {
    is_meant_alone(word).then(|| read(word)).flatten()
}

/// `9.15`, `09.15`: a time after a day, where alone it is a date.
pub(super) fn dotted(word: &str) -> Option<NaiveTime> {
    let (hour, minute) = word.split_once('.')?;
    (minute.len() == 2 && is_digits(hour))
        .then(|| read(word))
        .flatten()
}

/// A time after a day: any of the above and a bare hour. A bare hour from 1 to 6 is in the afternoon, for nobody
/// rings a school at three in the morning; `0300` and `3am` are taken at their word.
pub(super) fn read(word: &str) -> Option<NaiveTime> {
    let (body, half) = split_half(word);
    let is_bare = is_digits(body) && body.len() <= 2;
    let (hour, minute) = if is_bare {
        (body, "00")
    } else if is_digits(body) {
        body.split_at_checked(body.len() - 2)?
    } else {
        body.split_once([':', '.'])?
    };
    let (hour, minute) = (number(hour)?, number(minute).filter(|_| minute.len() == 2)?);
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
        None if is_bare && body.len() == 1 && (1..=6).contains(&hour) => hour + 12,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// Whether a word was meant for a time, right or wrong: digits with what belongs to a time and nothing else.
pub(super) fn looks_like(word: &str) -> bool {
    let (body, _) = split_half(word);
    body.starts_with(|c: char| c.is_ascii_digit())
        && body
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'))
}

/// Whether a word by itself can have been meant for nothing but a time: `25:00`, `14pm`, `0960`.
pub(super) fn is_meant_alone(word: &str) -> bool {
    let (body, half) = split_half(word);
    let is_long = (3..=4).contains(&body.len()) && is_digits(body);
    looks_like(word) && (half.is_some() || body.contains(':') || is_long)
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

fn split_half(word: &str) -> (&str, Option<Half>) {
    if let Some(body) = word.strip_suffix("am") {
        (body, Some(Half::Morning))
    } else if let Some(body) = word.strip_suffix("pm") {
        (body, Some(Half::Afternoon))
    } else {
        (word, None)
    }
}

fn number(digits: &str) -> Option<u32> {
    (is_digits(digits) && digits.len() <= 2)
        .then(|| digits.parse().ok())
        .flatten()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_in_every_form() {
        for (text, hour, minute) in [
            ("9", 9, 0),
            ("09", 9, 0),
            ("0", 0, 0),
            ("12", 12, 0),
            ("3", 15, 0),
            ("03", 3, 0),
            ("3am", 3, 0),
            ("17", 17, 0),
            ("915", 9, 15),
            ("0915", 9, 15),
            ("0300", 3, 0),
            ("9:15", 9, 15),
            ("9.15", 9, 15),
            ("9.15am", 9, 15),
            ("2pm", 14, 0),
            ("230pm", 14, 30),
            ("2:30pm", 14, 30),
            ("12am", 0, 0),
            ("12pm", 12, 0),
            ("14:02", 14, 2),
        ] {
            assert_eq!(
                read(text),
                NaiveTime::from_hms_opt(hour, minute, 0),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "", "24", "2400", "960", "9:60", "9:5", "14pm", "0am", "pm", "12345", "9:15:00", "+9",
            "9:", ":15", "1é5", "é", "9am9",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_cannot_be_a_day_is_a_time_by_itself() {
        for text in ["0915", "915", "9:15", "9.15am", "2pm"] {
            assert!(alone(text).is_some(), "{text}");
        }
        for text in ["9", "12", "9.15", "12.3", "m", "am"] {
            assert!(alone(text).is_none(), "{text}");
        }
        assert!(dotted("9.15").is_some() && dotted("12.3").is_none() && dotted("12/30").is_none());
    }
}
