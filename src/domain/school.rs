//! A school: its name, its short code and its numbers in the national lists.

use super::text;

/// One school. Every school has its own encrypted file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct School {
    /// The name as the school writes it.
    pub name: String,
    /// Two to four capital letters or digits, shown wherever the school's data is.
    pub code: String,
    /// Unique reference number in Get Information about Schools: six digits.
    pub urn: Option<String>,
    /// Local authority (3 digits) and establishment (4 digits).
    pub laestab: Option<String>,
    /// Nursery, primary, secondary, all-through, special or another word.
    pub phase: Option<String>,
}

/// What is wrong with a school's details.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchoolFault {
    /// No name was given.
    #[error("A school needs a name.")]
    NoName,
    /// The code is not two to four letters or digits.
    #[error("A school's code is two to four letters or digits, such as OAK. \"{0}\" is not.")]
    Code(String),
    /// The code stands for something else.
    #[error("{0} stands for {what} here. Give the school another code.", what = stands_for(.0))]
    Reserved(String),
    /// The URN is not six digits.
    #[error("A URN is six digits. \"{0}\" is not.")]
    Urn(String),
    /// The LAESTAB number is not seven digits.
    #[error("A LAESTAB number is seven digits, such as 9991001 or 999/1001. \"{0}\" is not.")]
    Laestab(String),
}

impl School {
    /// A school from what was typed: the code in capitals, numbers without strokes.
    ///
    /// # Errors
    /// The first detail that cannot be taken.
    pub fn read(
        name: &str,
        code: &str,
        urn: Option<&str>,
        laestab: Option<&str>,
        phase: Option<&str>,
    ) -> Result<Self, SchoolFault> {
        let name = text::clean(name);
        if name.is_empty() {
            return Err(SchoolFault::NoName);
        }
        let digits = |text: &str| {
            text.chars()
                .filter(|c| !matches!(c, '/' | ' ' | '-'))
                .collect::<String>()
        };
        let numbered = |text: &str, length: usize| {
            let kept = digits(text);
            (kept.len() == length && kept.bytes().all(|b| b.is_ascii_digit())).then_some(kept)
        };
        let urn = match urn.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Some(numbered(text, 6).ok_or_else(|| SchoolFault::Urn(text.to_owned()))?),
            None => None,
        };
        let laestab = match laestab.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => {
                Some(numbered(text, 7).ok_or_else(|| SchoolFault::Laestab(text.to_owned()))?)
            }
            None => None,
        };
        let phase = phase.map(text::clean).filter(|text| !text.is_empty());
        let code = read_code(code)?;
        if is_reserved(&code) {
            return Err(SchoolFault::Reserved(code));
        }
        Ok(Self {
            name,
            code,
            urn,
            laestab,
            phase,
        })
    }
}

/// A school code in capitals.
///
/// # Errors
/// When it is not two to four ASCII letters or digits.
pub fn read_code(text: &str) -> Result<String, SchoolFault> {
    let code = text.trim().to_ascii_uppercase();
    if (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        Ok(code)
    } else {
        Err(SchoolFault::Code(text.trim().to_owned()))
    }
}

/// The code that the user's own tasks bear where a school's code stands. No school has it.
pub const OWN: &str = "ME";

/// The code that stands where all schools are meant. No school has it.
pub const ALL: &str = "ALL";

/// True for a code that no school has.
pub fn is_reserved(code: &str) -> bool {
    [OWN, ALL].contains(&code)
}

/// What a code that no school has stands for.
fn stands_for(code: &str) -> &'static str {
    if code == OWN {
        "your own tasks"
    } else {
        "all schools"
    }
}

/// A code to offer for a school's name: its first three letters. Of "All Saints" two, and the first of the next word.
pub fn suggest_code(name: &str) -> String {
    let folded = text::fold(name);
    let letters = folded.chars().filter(char::is_ascii_alphabetic);
    let code: String = letters.take(3).collect();
    let code = code.to_ascii_uppercase();
    if code != ALL {
        return code;
    }
    let next = folded.split_whitespace().nth(1);
    let next = next.and_then(|word| word.chars().find(char::is_ascii_alphabetic));
    format!("AL{}", next.unwrap_or('x').to_ascii_uppercase())
}

/// True when two codes could be taken for one another: the same first letter, or letters and digits that look alike.
pub fn looks_like(one: &str, other: &str) -> bool {
    let plain = |code: &str| {
        code.to_ascii_uppercase()
            .chars()
            .map(|c| match c {
                '0' => 'O',
                '1' | 'L' => 'I',
                '5' => 'S',
                '8' => 'B',
                '2' => 'Z',
                c => c,
            })
            .collect::<String>()
    };
    let (one, other) = (plain(one), plain(other));
    one == other || one.chars().next() == other.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_two_to_four_letters_or_digits_in_capitals() {
        assert_eq!(read_code(" oak "), Ok("OAK".to_owned()));
        for bad in ["", "O", "OAKFI", "O K", "O-K", "\u{d6}AK"] {
            assert!(read_code(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn codes_that_start_alike_or_look_alike_are_told() {
        assert!(looks_like("OAK", "OLD"));
        assert!(looks_like("0AK", "OAK"));
        assert!(!looks_like("OAK", "STB"));
    }

    #[test]
    fn numbers_are_taken_with_and_without_their_stroke() {
        let school = School::read(
            "Oakfield Primary",
            "oak",
            Some("123456"),
            Some("999/1001"),
            None,
        );
        assert_eq!(
            school.map(|s| (s.urn, s.laestab)),
            Ok((Some("123456".into()), Some("9991001".into())))
        );
        assert_eq!(
            School::read("A", "oak", Some("12"), None, None),
            Err(SchoolFault::Urn("12".into()))
        );
        assert_eq!(
            School::read(" ", "oak", None, None, None),
            Err(SchoolFault::NoName)
        );
    }

    #[test]
    fn a_code_is_offered_for_a_name() {
        assert_eq!(suggest_code("Oakfield Primary School"), "OAK");
        assert_eq!(suggest_code("St Bede's"), "STB");
        assert_eq!(suggest_code("All Saints' C of E"), "ALS");
        assert_eq!(suggest_code("Allerton"), "ALX");
    }

    #[test]
    fn a_code_that_stands_for_no_school_is_refused_by_what_it_stands_for() {
        for (code, told) in [("me", "your own tasks"), ("ALL", "all schools")] {
            let fault = School::read("Meadow", code, None, None, None).unwrap_err();
            assert!(fault.to_string().contains(told), "{fault}");
        }
    }
}
