//! The unique pupil number: 13 characters, its shape and its check letter.
//!
//! Authority: Department for Education, *Unique pupil numbers: guide for schools and local authorities*,
//! and the govtalk type `UniquePupilNumber` 2.0, rule 6. A UPN is never required: new arrivals and
//! independent schools lack one.

/// Letters a check letter or a temporary UPN's last place may be, in the order that gives their value: no I, O or S.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// What is to be said of a UPN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Shape and letter are right; ends in a digit.
    Permanent,
    /// Shape and letter are right; the last place is a letter: a temporary number.
    Temporary,
    /// The shape is right, the letter should be this one.
    WrongLetter(char),
    /// Not a letter, eleven digits and a digit or letter.
    Malformed,
}

impl Check {
    /// True when nothing is to be mended.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Permanent | Self::Temporary)
    }

    /// What is wrong, as a sentence; `None` when nothing is.
    pub fn fault(self) -> Option<String> {
        match self {
            Self::Permanent | Self::Temporary => None,
            Self::WrongLetter(letter) => Some(format!(
                "the check letter of this UPN does not fit its digits, which want {letter}"
            )),
            Self::Malformed => {
                Some("a UPN is a letter, eleven digits and a last digit or letter".to_owned())
            }
        }
    }
}

/// Upper case without spaces, and without the hyphens and dots that some write between its parts: how a UPN is stored
/// and compared.
pub fn normalise(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}'));
    kept.collect::<String>().to_uppercase()
}

/// True for what is written where there is no number yet (`TBC`, `TBC1`, `Pending`, `0`): it is nobody's UPN.
pub fn is_placeholder(upn: &str) -> bool {
    const WORDS: [&str; 16] = [
        "TBC",
        "TBA",
        "TBD",
        "PEND",
        "AWAIT",
        "NEW",
        "NONE",
        "NOUPN",
        "NOTKNOWN",
        "UNKNOWN",
        "APPLIED",
        "REQUESTED",
        "TEMP",
        "MISSING",
        "NOTAVAILABLE",
        "NULL",
    ];
    let mut letters = upn.chars().filter(|c| c.is_alphanumeric());
    let first = letters.next();
    check(upn) == Check::Malformed
        && (upn.len() < 6
            || !upn.bytes().any(|b| b.is_ascii_digit())
            || WORDS.iter().any(|word| upn.starts_with(word))
            || letters.all(|c| Some(c) == first))
}

/// Checks shape and letter: weights 2 to 13 on characters 2 to 13, sum modulo 23.
///
/// ```
/// use sendesk::domain::upn::{Check, check};
/// assert_eq!(check("B801200005001"), Check::Permanent);
/// // Two vendors publish this one as right; its digits want P.
/// assert_eq!(check("Q207000016049"), Check::WrongLetter('P'));
/// ```
pub fn check(upn: &str) -> Check {
    let bytes = upn.as_bytes();
    if bytes.len() != 13 || !LETTERS.contains(&bytes[0]) {
        return Check::Malformed;
    }
    let mut sum = 0_usize;
    for (index, byte) in bytes.iter().enumerate().skip(1) {
        let value = match (byte, index) {
            (b'0'..=b'9', _) => usize::from(byte - b'0'),
            (_, 12) => match LETTERS.iter().position(|letter| letter == byte) {
                Some(value) => value,
                None => return Check::Malformed,
            },
            _ => return Check::Malformed,
        };
        sum += value * (index + 1);
    }
    let want = LETTERS[sum % 23];
    if want != bytes[0] {
        Check::WrongLetter(char::from(want))
    } else if bytes[12].is_ascii_digit() {
        Check::Permanent
    } else {
        Check::Temporary
    }
}

/// The check letter of twelve characters, when they are a UPN without its letter.
pub fn letter_for(rest: &str) -> Option<char> {
    match check(&format!("A{rest}")) {
        Check::Permanent | Check::Temporary => Some('A'),
        Check::WrongLetter(letter) => Some(letter),
        Check::Malformed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers published by the Department for Education, by python-stdnum and by other checkers, each sum worked again by hand.
    #[test]
    fn govtalk_rule_6_check_letters() {
        for (upn, want) in [
            ("B801200005001", Check::Permanent),
            ("A801200005001", Check::WrongLetter('B')),
            ("X80120000A001", Check::Malformed),
            ("E000200005001", Check::Permanent),
            ("A123456789012", Check::Permanent),
            ("B123456789012", Check::WrongLetter('A')),
            ("A950000178301", Check::Permanent),
            ("H243278544154", Check::Permanent),
            ("R247962919251", Check::WrongLetter('Q')),
            ("X428558133462", Check::WrongLetter('W')),
            ("X845212818005", Check::Permanent),
            ("R201100018042", Check::Permanent),
            ("T20110001804V", Check::Temporary),
            ("H801200001001", Check::Permanent),
            ("R674123101121", Check::Permanent),
            ("X98765432123B", Check::WrongLetter('F')),
            ("T820400125001", Check::Permanent),
            ("G302200419118", Check::Permanent),
            ("X82320000101A", Check::Temporary),
        ] {
            assert_eq!(check(upn), want, "{upn}");
        }
    }

    #[test]
    fn the_worked_example_two_vendors_publish_is_wrong_and_the_letter_is_p() {
        assert_eq!(check("Q207000016049"), Check::WrongLetter('P'));
        assert_eq!(check("B207000016049"), Check::WrongLetter('P'));
        assert_eq!(check("P207000016049"), Check::Permanent);
    }

    #[test]
    fn a_letter_that_no_upn_uses_is_malformed_and_never_counts_as_nought() {
        assert_eq!(check("T20110001804S"), Check::Malformed);
        assert_eq!(check("I201100018042"), Check::Malformed);
        assert_eq!(check(""), Check::Malformed);
    }

    #[test]
    fn spaces_and_case_are_no_fault() {
        assert_eq!(check(&normalise(" b801 2000 05001 ")), Check::Permanent);
        assert_eq!(normalise("B801-2000-05001"), "B801200005001");
    }

    #[test]
    fn what_stands_for_a_number_to_come_is_nobodys() {
        for upn in [
            "TBC",
            "TBC1",
            "0",
            "000",
            "PENDING",
            "0000000000000",
            "NEW12",
            "X",
            "AWAITING1234",
        ] {
            assert!(is_placeholder(&normalise(upn)), "{upn}");
        }
        for upn in [
            "B801200005001",
            "A801200005001",
            "B80120000500",
            "T20110001804V",
        ] {
            assert!(!is_placeholder(upn), "{upn}");
        }
    }

    #[test]
    fn a_letter_can_be_worked_out() {
        assert_eq!(letter_for("801200005001"), Some('B'));
        assert_eq!(letter_for("80120000500"), None);
    }
}
