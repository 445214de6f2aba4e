//! A passphrase: the text a key is made of, and how what is typed or stands in a file is held against it.
//!
//! One keyboard gives an accented letter as one character, another as two, and an editor puts a byte-order mark before a file. A
//! new passphrase is made of the composed text (Unicode's NFC) without the mark, so that whatever gives it later gives the same.

use unicode_normalization::{UnicodeNormalization, is_nfc};
use zeroize::Zeroizing;

/// Fewest characters of a new one.
pub const LEAST: usize = 8;

/// Most characters of a new one: far below what a box or a file's line may hold.
pub const MOST: usize = 1_000;

/// What some editors put before a text.
const MARK: char = '\u{feff}';

/// Why no new passphrase is made of a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Nothing but blanks.
    #[error(
        "A passphrase is more than blanks. Four words that do not belong together are easy to keep and hard to guess."
    )]
    Blank,
    /// Too short to hold.
    #[error(
        "A passphrase has at least {LEAST} characters; this one has {length}. Four words that do not belong together are easy \
         to keep and hard to guess."
    )]
    Short {
        /// How many it has.
        length: usize,
    },
    /// Longer than anybody types.
    #[error("A passphrase has at most {MOST} characters; this one has more.")]
    Long,
    /// It holds what no box takes.
    #[error(
        "A passphrase holds only characters that can be typed; this one holds U+{code:04X}, so it could never be typed on the \
         screen."
    )]
    Untypable {
        /// The first such character.
        code: u32,
    },
}

/// The text as a key is made of it.
pub fn made(given: &str) -> Zeroizing<String> {
    let bare = given.strip_prefix(MARK).unwrap_or(given);
    if is_nfc(bare) {
        return Zeroizing::new(bare.to_owned());
    }
    // Room for the longest it can become: a text that grows leaves pieces of itself behind.
    let mut made = Zeroizing::new(String::with_capacity(bare.len() * 3));
    made.extend(bare.nfc());
    made
}

/// What is tried for a text that was given, in order: at most two, as one try. As it is, then as a new one is made of it. Behind a
/// byte-order mark as a new one is made of it, then as it is, since the mark was once taken for a part of it.
pub fn forms(given: &str) -> Vec<Zeroizing<String>> {
    let (plain, made) = (Zeroizing::new(given.to_owned()), made(given));
    if plain == made {
        vec![plain]
    } else if given.starts_with(MARK) {
        vec![made, plain]
    } else {
        vec![plain, made]
    }
}

/// Holds a text that a new passphrase is to be against what one must be.
///
/// # Errors
/// Why none is made of it.
pub fn check(given: &str) -> Result<(), Unfit> {
    let made = made(given);
    if let Some(c) = made.chars().find(|c| super::text::is_unsafe(*c)) {
        return Err(Unfit::Untypable { code: c.into() });
    }
    let length = made.chars().count();
    match length {
        1.. if made.trim().is_empty() => Err(Unfit::Blank),
        LEAST..=MOST => Ok(()),
        0..LEAST => Err(Unfit::Short { length }),
        _ => Err(Unfit::Long),
    }
}

/// True where it begins or ends with a blank, which is a part of it and easily not meant.
pub fn has_blank_ends(given: &str) -> bool {
    let made = made(given);
    made.trim().len() != made.len()
}

/// What about a passphrase that did not open is easily not what was meant, as the end of a sentence about it.
pub fn odd(given: &str) -> Option<&'static str> {
    let made = made(given);
    if made.contains('\0') {
        Some("holds a NUL, as text in UTF-16 does")
    } else if made.chars().any(super::text::is_unsafe) {
        Some("holds a character that cannot be typed")
    } else if made.trim().len() != made.len() {
        Some("begins or ends with a blank")
    } else {
        None
    }
}

/// The first line of a passphrase file, its line end off: LF, CR LF or a CR at its end.
///
/// # Errors
/// What is wrong with it, as the end of a sentence about the file.
pub fn first_line(bytes: &[u8]) -> Result<&str, &'static str> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err("is UTF-16 text, as some programs of Windows write it. Save it as UTF-8.");
    }
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(text) if text.trim_start_matches(MARK).is_empty() => {
            Err("has nothing on its first line.")
        }
        Ok(text) => Ok(text),
        Err(_) => Err("is not UTF-8 text."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPOSED: &str = "caf\u{e9} larch moss";
    const DECOMPOSED: &str = "cafe\u{301} larch moss";

    #[test]
    fn whatever_gives_it_the_same_key_is_made_of_it() {
        for given in [
            COMPOSED,
            DECOMPOSED,
            "\u{feff}caf\u{e9} larch moss",
            "\u{feff}cafe\u{301} larch moss",
        ] {
            assert_eq!(*made(given), COMPOSED, "{given:?}");
        }
        // Blanks are a part of it, and nothing is taken for something else (no NFKC).
        for same in [
            "  four words ",
            "\u{a0}four words",
            "ﬁne words",
            "ＦＵＬＬ width",
        ] {
            assert_eq!(*made(same), same);
        }
    }

    #[test]
    fn at_most_two_are_tried_and_one_where_they_are_the_same() {
        let cases: [(&str, &[&str]); 6] = [
            ("larch moss", &["larch moss"]),
            (COMPOSED, &[COMPOSED]),
            (DECOMPOSED, &[DECOMPOSED, COMPOSED]),
            ("\u{feff}larch", &["larch", "\u{feff}larch"]),
            (
                "\u{feff}cafe\u{301} larch moss",
                &[COMPOSED, "\u{feff}cafe\u{301} larch moss"],
            ),
            (" larch ", &[" larch "]),
        ];
        for (given, tried) in cases {
            let forms = forms(given);
            let forms: Vec<&str> = forms.iter().map(|form| form.as_str()).collect();
            assert_eq!(forms, tried, "{given:?}");
        }
    }

    #[test]
    fn a_new_one_can_be_typed_and_is_neither_short_nor_blank_nor_endless() {
        let long = "x".repeat(MOST + 1);
        let cases = [
            ("eight ch", Ok(())),
            (" blanks at its ends ", Ok(())),
            (COMPOSED, Ok(())),
            ("seven c", Err(Unfit::Short { length: 7 })),
            // Eight characters of a keyboard that decomposes are seven.
            ("seven e\u{301}", Err(Unfit::Short { length: 7 })),
            ("\u{feff}seven c", Err(Unfit::Short { length: 7 })),
            ("", Err(Unfit::Short { length: 0 })),
            ("          ", Err(Unfit::Blank)),
            ("\u{a0}\u{2003} ", Err(Unfit::Blank)),
            ("a tab\tin it", Err(Unfit::Untypable { code: 9 })),
            ("old mac\rline end", Err(Unfit::Untypable { code: 13 })),
            ("a nul\0in it", Err(Unfit::Untypable { code: 0 })),
            (
                "a mark \u{feff}inside",
                Err(Unfit::Untypable { code: 0xfeff }),
            ),
            (&long, Err(Unfit::Long)),
        ];
        for (given, judged) in cases {
            assert_eq!(check(given), judged, "{given:?}");
        }
        assert!(check(&long[1..]).is_ok());
    }

    #[test]
    fn what_is_easily_not_meant_is_seen() {
        for (given, seen) in [
            ("larch moss", None),
            ("\u{feff}larch moss", None),
            ("larch moss ", Some("begins or ends with a blank")),
            ("\u{feff} larch", Some("begins or ends with a blank")),
            ("\u{a0}larch", Some("begins or ends with a blank")),
            ("la\trch", Some("holds a character that cannot be typed")),
            ("l\0a\0", Some("holds a NUL, as text in UTF-16 does")),
        ] {
            assert_eq!(odd(given), seen, "{given:?}");
        }
        assert!(has_blank_ends("larch ") && has_blank_ends("\u{feff} larch"));
        assert!(!has_blank_ends("\u{feff}larch moss"));
    }

    #[test]
    fn the_first_line_of_a_file_is_taken_without_its_end_and_as_it_is_else() {
        for (bytes, line) in [
            (&b"larch moss"[..], "larch moss"),
            (b"larch moss\n", "larch moss"),
            (b"larch moss\r\n", "larch moss"),
            (b"larch moss\r", "larch moss"),
            (b" larch moss \nsecond\n", " larch moss "),
            ("\u{feff}larch\r\n".as_bytes(), "\u{feff}larch"),
            (b"        \n", "        "),
        ] {
            assert_eq!(first_line(bytes), Ok(line));
        }
        for (bytes, why) in [
            (&b""[..], "nothing on its first line"),
            (b"\nlarch moss", "nothing on its first line"),
            (b"\r\n", "nothing on its first line"),
            ("\u{feff}\n".as_bytes(), "nothing on its first line"),
            (b"\xff\xfel\0a\0", "UTF-16"),
            (b"\xfe\xff\0l\0a", "UTF-16"),
            (b"caf\xe9 larch", "not UTF-8"),
        ] {
            let told = first_line(bytes).unwrap_err();
            assert!(told.contains(why), "{bytes:?}: {told}");
        }
    }
}
