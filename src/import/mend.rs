//! Text that was decoded wrongly before it was saved: UTF-8 read as Windows-1252 (`Oâ€™Brien`), UTF-7 never read at all.

use encoding_rs::WINDOWS_1252;

/// Puts right what is certain, line by line, and says where. What looks wrong and cannot be put right is told.
pub(super) fn mend(text: &str, ascii: bool) -> Option<(String, Vec<String>)> {
    if ascii {
        return mend_utf7(text);
    }
    let mut mended = String::with_capacity(text.len());
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for (at, line) in text.split_inclusive('\n').enumerate() {
        match suspicious(line).then(|| read_again(line)) {
            Some(Some(again)) => {
                right.push(at + 1);
                mended.push_str(&again);
            }
            Some(None) => {
                wrong.push(at + 1);
                mended.push_str(line);
            }
            None => mended.push_str(line),
        }
    }
    let mut notes = Vec::new();
    if !right.is_empty() {
        notes.push(format!(
            "The file was decoded wrongly before it was saved (\u{e2}\u{20ac}\u{2122} for \u{2019}); put right on {}.",
            lines(&right)
        ));
    }
    if !wrong.is_empty() {
        notes.push(format!(
            "Letters on {} look decoded wrongly and are taken as they are. Export the list again as UTF-8.",
            lines(&wrong)
        ));
    }
    (!notes.is_empty()).then_some((mended, notes))
}

fn lines(rows: &[usize]) -> String {
    let shown: Vec<String> = rows.iter().take(8).map(usize::to_string).collect();
    match rows.len() {
        1 => format!("line {}", shown[0]),
        n if n <= 8 => format!("lines {}", shown.join(", ")),
        n => format!("lines {} and {} more", shown.join(", "), n - 8),
    }
}

/// A letter that opens a sequence of UTF-8, and one after it that continues it, both as Windows-1252 shows them.
fn suspicious(line: &str) -> bool {
    let mut before = ' ';
    for c in line.chars() {
        let opens = matches!(before, '\u{c2}'..='\u{c5}' | '\u{d0}' | '\u{d1}' | '\u{e2}');
        if opens && is_continuation(c) {
            return true;
        }
        before = c;
    }
    false
}

fn is_continuation(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{bf}')
        || (!c.is_ascii() && {
            let mut text = [0; 4];
            let (bytes, _, lost) = WINDOWS_1252.encode(c.encode_utf8(&mut text));
            !lost && matches!(bytes.as_ref(), [0x80..=0xbf])
        })
}

/// The line as it was meant: back to the bytes, read as UTF-8.
fn read_again(line: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(line.len());
    for c in line.chars() {
        let mut text = [0; 4];
        let (own, _, lost) = WINDOWS_1252.encode(c.encode_utf8(&mut text));
        if lost {
            return None;
        }
        bytes.extend_from_slice(&own);
    }
    String::from_utf8(bytes).ok()
}

/// `+IBk-` is how UTF-7 writes a curly apostrophe. Every such run must read as letters and signs outside ASCII.
fn mend_utf7(text: &str) -> Option<(String, Vec<String>)> {
    let mut mended = String::with_capacity(text.len());
    let mut rows = Vec::new();
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let (mut rest, mut found) = (line, false);
        while let Some(plus) = rest.find('+') {
            let (before, run) = rest.split_at(plus);
            mended.push_str(before);
            let end = run[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '/' && c != '+');
            let end = end
                .map(|end| end + 1)
                .filter(|end| run[*end..].starts_with('-'));
            if let Some((end, letters)) = end.and_then(|end| Some((end, read_run(&run[1..end])?))) {
                mended.push_str(&letters);
                rest = &run[end + 1..];
                found = true;
            } else {
                mended.push('+');
                rest = &run[1..];
            }
        }
        mended.push_str(rest);
        if found {
            rows.push(at + 1);
        }
    }
    (!rows.is_empty()).then(|| {
        let note = format!(
            "The file is in UTF-7 (+IBk- for \u{2019}); put right on {}.",
            lines(&rows)
        );
        (mended, vec![note])
    })
}

fn read_run(run: &str) -> Option<String> {
    let (mut bits, mut held, mut units) = (0_u32, 0, Vec::new());
    for b in run.bytes() {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 16 {
            held -= 16;
            units.push(u16::try_from((bits >> held) & 0xffff).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    let text = String::from_utf16(&units).ok()?;
    let sound = |c: char| {
        (!c.is_ascii() && c.is_alphabetic()) || matches!(c, '\u{2010}'..='\u{201f}' | '\u{a0}')
    };
    (!text.is_empty() && bits == 0 && held < 6 && text.chars().all(sound)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_decoded_wrongly_are_put_right_and_told() {
        let (text, notes) = mend(
            "O\u{e2}\u{20ac}\u{2122}Brien,Zo\u{c3}\u{ab}\nMoss,Ben\n",
            false,
        )
        .unwrap();
        assert_eq!(text, "O\u{2019}Brien,Zo\u{eb}\nMoss,Ben\n");
        assert!(notes[0].ends_with("put right on line 1."), "{notes:?}");
        let (text, notes) = mend("Ł\u{c3}\u{ab}\n", false).unwrap();
        assert_eq!(text, "Ł\u{c3}\u{ab}\n");
        assert!(notes[0].contains("taken as they are"));
        assert_eq!(
            mend(
                "Zo\u{eb} O\u{2019}Brien, \u{c2} \u{c9}mile, M\u{fc}\u{df}\n",
                false
            ),
            None
        );
    }

    #[test]
    fn utf_7_is_read_and_other_plus_signs_are_not() {
        let (text, notes) = mend("Surname\nO+IBk-Brien,Zo+AOs-\n", true).unwrap();
        assert_eq!(text, "Surname\nO\u{2019}Brien,Zo\u{eb}\n");
        assert!(notes[0].contains("UTF-7") && notes[0].ends_with("line 2."));
        for text in ["SA+,+44 20-1", "ASD+SLCN-MLD", "a+-b", "1+1-2"] {
            assert_eq!(mend(text, true), None, "{text}");
        }
    }
}
