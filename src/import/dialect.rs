//! Dialects of delimited text: other quotation marks than the straight double ones, blanks between a delimiter and a mark.

use std::borrow::Cow;

/// So many lines decide.
const FIRST_LINES: usize = 60;

/// Opening and closing marks that stand for quotation marks.
const PAIRS: [(&[char], &[char], &str); 3] = [
    (
        &['\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{2033}'],
        &['\u{201c}', '\u{201d}', '\u{201f}', '\u{2033}'],
        "curly quotation marks",
    ),
    (&['\u{ab}'], &['\u{bb}'], "angle quotation marks"),
    (&['\''], &['\''], "single quotation marks"),
];

/// Turns the marks around cells into straight double ones where the lines of the file stand in others, and says so.
pub(super) fn straighten(text: &str) -> (Cow<'_, str>, Option<String>) {
    for (open, close, name) in PAIRS {
        let (mut all, mut marked) = (0_usize, 0_usize);
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        for line in lines.take(FIRST_LINES) {
            all += 1;
            let wrapped =
                line.chars().count() > 1 && line.starts_with(open) && line.ends_with(close);
            marked += usize::from(wrapped);
        }
        if all >= 2 && marked * 2 > all {
            let note = format!("Cells stand in {name}, which are read as quotation marks.");
            return (Cow::Owned(rewrite(text, open, close)), Some(note));
        }
    }
    (Cow::Borrowed(text), None)
}

/// Marks at the edges of cells become double ones, double ones inside are doubled; a mark between letters is a letter.
fn rewrite(text: &str, open: &[char], close: &[char]) -> String {
    let edge = |c: Option<char>| c.is_none_or(|c| matches!(c, ',' | ';' | '\t' | '|' | '\n' | ' '));
    let mut out = String::with_capacity(text.len() + 16);
    let mut before: Option<char> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        if (open.contains(&c) && edge(before)) || (close.contains(&c) && edge(next)) {
            out.push('"');
        } else if c == '"' {
            out.push_str("\"\"");
        } else {
            out.push(c);
        }
        before = Some(c);
    }
    out
}

/// Takes out the blanks between a delimiter and the quotation mark after it: `"Okafor", "Ada"`. A mark behind blanks
/// would be a letter of the cell otherwise.
pub(super) fn close_up(text: &str, delimiter: u8) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let blank = |b: u8| b == b' ' && b != delimiter;
    let mut out: Vec<u8> = Vec::new();
    let (mut kept, mut at) = (0, 0);
    while at < bytes.len() {
        let starts = at > 0 && (bytes[at - 1] == delimiter || bytes[at - 1] == b'\n');
        if !(starts && blank(bytes[at])) {
            at += 1;
            continue;
        }
        let run = bytes[at..].iter().take_while(|b| blank(**b)).count();
        let quote = bytes.get(at + run) == Some(&b'"');
        // A doubled mark is a mark inside a cell; so is one with a blank behind it.
        let after = |step: usize| bytes.get(at + run + step).copied();
        let ends = |b: Option<u8>| b.is_none_or(|b| b == delimiter || b == b'\n');
        let opens = match after(1) {
            Some(b'"') => ends(after(2)),
            Some(b' ') | None => false,
            Some(_) => true,
        };
        if quote && opens {
            out.extend_from_slice(&bytes[kept..at]);
            kept = at + run;
        }
        at += run;
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.extend_from_slice(&bytes[kept..]);
    match String::from_utf8(out) {
        Ok(text) => Cow::Owned(text),
        Err(_) => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_other_dialects_are_read_as_quotation_marks() {
        for (text, want) in [
            (
                "\u{201c}Surname\u{201d},\u{201c}Forename\u{201d}\n\u{201c}O'Hale, B\u{201d},\u{201c}Ada\u{201d}\n",
                "\"Surname\",\"Forename\"\n\"O'Hale, B\",\"Ada\"\n",
            ),
            (
                "'Surname','Forename'\n'O'Brien','Ada'\n",
                "\"Surname\",\"Forename\"\n\"O'Brien\",\"Ada\"\n",
            ),
        ] {
            let (read, note) = straighten(text);
            assert_eq!((read.as_ref(), note.is_some()), (want, true));
        }
        let plain = "Surname,Forename\n't Hart,Ada\n\u{2018}Akana,Kai\n";
        assert_eq!(straighten(plain), (Cow::Borrowed(plain), None));
    }

    #[test]
    fn blanks_before_a_quotation_mark_are_no_part_of_a_cell() {
        let text = "\"Surname\", \"Forename\"\n \"Okafor\",  \"Ada, Bea\"\n";
        assert_eq!(
            close_up(text, b','),
            "\"Surname\",\"Forename\"\n\"Okafor\",\"Ada, Bea\"\n"
        );
        assert_eq!(close_up("\"a\", \"\", \"\"\n", b','), "\"a\",\"\",\"\"\n");
        for text in ["a, b\n", "\"he said, \"\"no\"\" twice\",b\n"] {
            assert_eq!(close_up(text, b','), text);
        }
    }
}
