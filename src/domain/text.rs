//! Text from outside: made safe to store and show, and folded for comparison.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// True for a character that may command a terminal or turn the reading order, and so is never stored:
/// C0, DEL and C1 controls, bidirectional controls, zero-width space and the byte order mark.
/// The zero-width joiners stay: some scripts need them.
pub fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// One line of text, safe: unsafe characters out, every run of white space one space, composed (NFC), trimmed.
pub fn clean(text: &str) -> String {
    if text.is_ascii() && !text.bytes().any(|b| b < 0x20 || b == 0x7f) {
        return if text.contains("  ") {
            collapse(text)
        } else {
            text.trim().to_owned()
        };
    }
    let spaced: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let safe: String = spaced.chars().filter(|c| !is_unsafe(*c)).nfc().collect();
    collapse(&safe)
}

/// Several lines of text, safe: as [`clean`] line by line, line ends kept as `\n`, no blank lines at either end.
pub fn clean_lines(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = unified.split('\n').map(clean).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// True when [`clean`] would take something out that a reader could not see.
pub fn has_unsafe(text: &str) -> bool {
    text.chars().any(|c| is_unsafe(c) && !c.is_whitespace())
}

fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Text as it is compared: lower case, without accents, apostrophes and dashes of one kind.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{02bc}' | '\u{2032}' | '`' => out.push('\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            'ł' => out.push('l'),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            c => out.push(c),
        }
    }
    out
}

/// The first letters of forename and surname, as schools write a child's name where it must not be read: `A.O.`
pub fn initials(forename: &str, surname: &str) -> String {
    let first = |name: &str| {
        name.chars()
            .find(|c| c.is_alphanumeric())
            .map(|c| format!("{}.", c.to_uppercase()))
    };
    [first(forename), first(surname)]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_command_a_terminal_is_never_stored() {
        assert_eq!(clean("Ali\u{1b}]52;c;eA==\u{7}"), "Ali]52;c;eA==");
        assert_eq!(clean("Ali\u{9b}31m"), "Ali31m");
        assert_eq!(clean("Na\u{202e}hoj\u{200b}"), "Nahoj");
        assert_eq!(clean("a\u{200d}b"), "a\u{200d}b");
    }

    #[test]
    fn white_space_of_any_kind_is_one_space() {
        assert_eq!(
            clean("  O\u{2019}Brien\u{a0}\t Anne \r\n"),
            "O\u{2019}Brien Anne"
        );
        assert_eq!(clean("e\u{301}"), "é");
    }

    #[test]
    fn lines_are_kept_and_only_lines() {
        assert_eq!(
            clean_lines("\r\none \u{7} two\r\n\r\nthree\r\n"),
            "one two\n\nthree"
        );
    }

    #[test]
    fn names_compare_without_accents_and_with_one_apostrophe() {
        assert_eq!(fold("O\u{2019}Brien"), fold("o'brien"));
        assert_eq!(fold("Zo\u{eb} M\u{fc}ller"), "zoe muller");
        assert_eq!(fold("Micha\u{142} S\u{f8}rensen"), "michal sorensen");
    }

    #[test]
    fn initials_are_two_letters_at_most() {
        assert_eq!(initials("Aisha", "Okafor"), "A.O.");
        assert_eq!(initials("", "Okafor"), "O.");
        assert_eq!(initials("\u{e9}mile", "'t Hart"), "\u{c9}.T.");
    }
}
