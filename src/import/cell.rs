//! One cell: made safe, unwrapped, and read as sex, yes or no; and what offices write for nothing.

use crate::domain::batch::Target;
use crate::domain::code::says_nothing;
use crate::domain::text::{clean, clean_lines, fold, has_unsafe};

/// A cell made safe to keep, and true when something unseen was taken out of it.
pub(super) fn tidy(raw: &str) -> (String, bool) {
    let bare = unwrap(raw.trim());
    (clean(bare), has_unsafe(bare))
}

/// A cell whose line ends part a list, made safe to keep, and true when something unseen was taken out of it.
pub(super) fn tidy_lines(raw: &str) -> (String, bool) {
    let bare = unwrap(raw.trim());
    (clean_lines(bare), has_unsafe(bare))
}

/// Takes off `="…"`, which keeps a number text in a spreadsheet, and the apostrophe that exports put before what a
/// spreadsheet would run. A leading `=` or `+` is text like any other here: nothing in sendesk runs it.
fn unwrap(cell: &str) -> &str {
    if let Some(inner) = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
    {
        return inner;
    }
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

/// True when a cell stands for nothing. In names and classes only what cannot be one: a child may be called Null.
pub(super) fn is_missing(target: Target, text: &str) -> bool {
    match target {
        Target::Surname
        | Target::Forename
        | Target::FullName
        | Target::MiddleNames
        | Target::PreferredForename
        | Target::Class => matches!(
            text,
            "" | "-" | "--" | "x" | "z" | "NULL" | "null" | "N/A" | "n/a" | "#N/A" | "?"
        ),
        Target::Year => text.is_empty() || (says_nothing(text) && !text.eq_ignore_ascii_case("x")),
        _ => says_nothing(text) || text == "#N/A",
    }
}

/// `M`, `F`, `U` or the text as written; `None` for the census codes of not known.
pub(super) fn read_sex(text: &str) -> Option<String> {
    match fold(text).as_str() {
        "m" | "male" | "boy" | "1" | "man" => Some("M".to_owned()),
        "f" | "female" | "girl" | "2" | "woman" => Some("F".to_owned()),
        "u" | "unspecified" => Some("U".to_owned()),
        "0" | "9" | "not specified" => None,
        _ => Some(text.to_owned()),
    }
}

/// Yes or no; `None` when it is neither.
pub(super) fn read_yes(text: &str) -> Option<bool> {
    match fold(text).trim_end_matches('.') {
        "yes" | "y" | "true" | "t" | "1" | "\u{2713}" | "\u{2714}" => Some(true),
        "no" | "n" | "false" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// A whole number that a spreadsheet wrote with a decimal nought: `1042.0` is `1042`.
pub(super) fn without_decimal(text: &str) -> &str {
    match text.strip_suffix(".0") {
        Some(whole) if !whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit()) => whole,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_wrapped_is_unwrapped_and_formulas_stay_text() {
        for (raw, want) in [
            ("=\"0042\"", "0042"),
            (" =\"0042\" ", "0042"),
            ("'=1+1", "=1+1"),
            ("=1+1", "=1+1"),
            ("+44 20", "+44 20"),
            ("@home", "@home"),
            ("'t Hart", "'t Hart"),
            ("O\u{2019}Brien", "O\u{2019}Brien"),
            ("\u{a0}Zo\u{eb}\u{a0}", "Zo\u{eb}"),
            ("two\nlines", "two lines"),
        ] {
            assert_eq!(tidy(raw), (want.to_owned(), false), "{raw}");
        }
    }

    #[test]
    fn controls_and_turned_reading_order_are_taken_out_and_told() {
        for raw in [
            "Ada\u{1b}[31m",
            "Ada\u{202e}",
            "\u{7}Ada",
            "A\u{200b}da",
            "Ada\u{feff}",
        ] {
            let (text, odd) = tidy(raw);
            assert!(odd && text.starts_with("Ada"), "{raw:?}");
        }
    }

    #[test]
    fn marks_for_nothing_depend_on_the_field() {
        for text in ["", "-", "x", "z", "NULL", "N/A"] {
            for target in [
                Target::Surname,
                Target::Upn,
                Target::Dob,
                Target::Status,
                Target::Class,
            ] {
                assert!(is_missing(target, text), "{text} {target:?}");
            }
        }
        assert!(!is_missing(Target::Surname, "Null") && !is_missing(Target::Surname, "Na"));
        assert!(!is_missing(Target::Year, "X") && is_missing(Target::Year, "-"));
    }

    #[test]
    fn census_codes_and_words_for_sex() {
        for (text, want) in [
            ("M", Some("M")),
            ("male", Some("M")),
            ("Boy", Some("M")),
            ("1", Some("M")),
            ("Girl", Some("F")),
            ("FEMALE", Some("F")),
            ("2", Some("F")),
            ("U", Some("U")),
            ("9", None),
            ("Non-binary", Some("Non-binary")),
        ] {
            assert_eq!(read_sex(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn yes_and_no() {
        for text in ["Yes", "y", "TRUE", "1", "\u{2713}"] {
            assert_eq!(read_yes(text), Some(true), "{text}");
        }
        for text in ["No", "n", "FALSE", "0"] {
            assert_eq!(read_yes(text), Some(false), "{text}");
        }
        assert_eq!(read_yes("Applied"), None);
        assert_eq!(
            (without_decimal("1042.0"), without_decimal("4.05")),
            ("1042", "4.05")
        );
    }
}
