//! A script file: lines of what is done, and blocks of what is expected then.
//!
//! ```text
//! # A pupil is found in four keys.
//! school Oakfield Primary sample
//! also Holme Lane Juniors 30
//! today 2026-11-23
//! size 80x24
//! keys f
//! type ok
//! screen
//! |[OAK] OAKFIELD PRIMARY ...
//! end
//! ```
//!
//! Lines of a block begin with `|`, so that blanks are seen and nothing in a screen can end it.
//! [`rewrite`] puts what was found in place of what was expected.

use crate::app::key::Key;
use chrono::NaiveDate;
use std::fmt;

/// One line of a script, with its block when it expects something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its line in the file, counted from 1.
    pub line: usize,
    /// What is done or expected.
    pub act: Act,
}

/// What a line does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// `school NAME sample`, `school NAME empty` or `school NAME 300`: opens a school made in memory.
    School {
        /// Its name.
        name: String,
        /// How many invented pupils.
        pupils: usize,
    },
    /// `demo`: the invented school of `sendesk demo`, opened as it opens there.
    Demo,
    /// `also NAME sample` and the like: one more school on the same desk.
    Also {
        /// Its name.
        name: String,
        /// How many invented pupils.
        pupils: usize,
    },
    /// `home`: starts the program where there is no desk yet, in a temporary folder.
    Home,
    /// `today 2026-11-23`: the working date.
    Today(NaiveDate),
    /// `size 80x24`: columns and rows.
    Size(u16, u16),
    /// `theme mono`: the theme the settings give; one chosen in the program stands before it.
    Theme(String),
    /// `keys g d Ctrl-L`: presses keys, one after another.
    Keys(Vec<Key>),
    /// `type words`: presses a key a letter.
    Type(String),
    /// `paste words`: a paste; `\n`, `\t`, `\e` (escape) and `\\` stand for themselves.
    Paste(String),
    /// `pause`: nothing is typed for a moment.
    Pause,
    /// `restart`: ends the program and starts it over the same store.
    Restart,
    /// `changed`: another session has saved.
    Changed,
    /// `later 16`: so many minutes go by.
    Later(i64),
    /// `edited words`: what the user's editor left; `\n` and the like as in a paste.
    Edited(String),
    /// `lock`: locks the desk.
    Lock,
    /// `shows words`: they stand on the screen, or the script stops there. Nothing accepts another screen.
    Shows(String),
    /// `screen`, `style`, `everywhere` or `dump TABLE` with the lines expected.
    Expect(Look, Vec<String>),
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// The screen's text.
    Screen,
    /// The screen's styles.
    Style,
    /// Text and styles at 80x24, 120x40 and 160x50, in `slate` and `mono`.
    Everywhere,
    /// The rows of a table.
    Dump(String),
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Screen => f.write_str("screen"),
            Self::Style => f.write_str("style"),
            Self::Everywhere => f.write_str("everywhere"),
            Self::Dump(table) => write!(f, "dump {table}"),
        }
    }
}

/// A line of a script that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {text}")]
pub struct ScriptFault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, as a sentence.
    pub text: String,
}

/// Pupils of a sample school.
const SAMPLE: usize = 60;

/// The first word of every line there can be, for the fault that names them.
const WORDS: &str = "school, also, demo, home, today, size, theme, keys, type, paste, pause, restart, changed, later, edited, lock, shows, screen, style, everywhere, dump";

/// Reads a script.
///
/// # Errors
/// Every line that cannot be read.
pub fn parse(text: &str) -> Result<Vec<Step>, Vec<ScriptFault>> {
    let mut steps = Vec::new();
    let mut faults = Vec::new();
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    while let Some((line, words)) = lines.next() {
        if words.trim().is_empty() || words.trim_start().starts_with('#') {
            continue;
        }
        match read(words) {
            Ok(Act::Expect(look, _)) => match block(&mut lines, line, &look) {
                Ok(expected) => steps.push(Step {
                    line,
                    act: Act::Expect(look, expected),
                }),
                Err(fault) => faults.push(fault),
            },
            Ok(act) => steps.push(Step { line, act }),
            Err(text) => faults.push(ScriptFault { line, text }),
        }
    }
    if faults.is_empty() {
        Ok(steps)
    } else {
        Err(faults)
    }
}

/// The lines of a block, up to its `end`.
fn block<'a>(
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
    start: usize,
    look: &Look,
) -> Result<Vec<String>, ScriptFault> {
    let mut expected = Vec::new();
    for (line, words) in lines {
        match words.strip_prefix('|') {
            Some(row) => expected.push(row.trim_end().to_owned()),
            None if words.trim() == "end" => return Ok(expected),
            None => {
                let text = format!(
                    "a line of a block begins with |, and \"end\" closes the block of \"{look}\" on line {start}."
                );
                return Err(ScriptFault { line, text });
            }
        }
    }
    Err(ScriptFault {
        line: start,
        text: format!("the block of \"{look}\" has no \"end\"."),
    })
}

fn read(line: &str) -> Result<Act, String> {
    let (word, rest) = line.split_once(' ').unwrap_or((line.trim_end(), ""));
    let bare = |act: Act| {
        if rest.trim().is_empty() {
            Ok(act)
        } else {
            Err(format!("nothing may follow \"{word}\"."))
        }
    };
    match word {
        "school" => read_school(rest).map(|(name, pupils)| Act::School { name, pupils }),
        "also" => read_school(rest).map(|(name, pupils)| Act::Also { name, pupils }),
        "today" => {
            let day = rest.trim().parse::<NaiveDate>();
            day.map(Act::Today)
                .map_err(|_| format!("\"{}\" is not a date: write it as 2026-11-23.", rest.trim()))
        }
        "size" => read_size(rest.trim()),
        "theme" if !rest.trim().is_empty() => Ok(Act::Theme(rest.trim().to_owned())),
        "theme" => Err("a theme's name must follow \"theme\".".to_owned()),
        "keys" => read_keys(rest),
        "type" if !rest.is_empty() => Ok(Act::Type(rest.to_owned())),
        "type" => Err("words must follow \"type\".".to_owned()),
        "paste" => read_paste(rest).map(Act::Paste),
        "pause" => bare(Act::Pause),
        "restart" => bare(Act::Restart),
        "changed" => bare(Act::Changed),
        "later" => match rest.trim().parse() {
            Ok(minutes @ 1..=100_000) => Ok(Act::Later(minutes)),
            _ => Err("minutes must follow \"later\".".to_owned()),
        },
        "edited" => read_paste(rest).map(Act::Edited),
        "lock" => bare(Act::Lock),
        "demo" => bare(Act::Demo),
        "shows" if !rest.trim().is_empty() => Ok(Act::Shows(rest.trim().to_owned())),
        "shows" => Err("words must follow \"shows\".".to_owned()),
        "screen" => bare(Act::Expect(Look::Screen, Vec::new())),
        "everywhere" => bare(Act::Expect(Look::Everywhere, Vec::new())),
        "home" => bare(Act::Home),
        "style" => bare(Act::Expect(Look::Style, Vec::new())),
        "dump" if !rest.trim().is_empty() => {
            Ok(Act::Expect(Look::Dump(rest.trim().to_owned()), Vec::new()))
        }
        "dump" => Err("a table's name must follow \"dump\".".to_owned()),
        "end" => Err("\"end\" closes no block.".to_owned()),
        _ => Err(format!(
            "\"{word}\" is no line of a script; lines begin with {WORDS}."
        )),
    }
}

fn read_school(rest: &str) -> Result<(String, usize), String> {
    let wanted = "a school is written as \"school Oakfield Primary sample\", or \"empty\" or a number of pupils at the end.";
    let (name, kind) = rest.trim().rsplit_once(' ').ok_or(wanted)?;
    let pupils = match kind {
        "sample" => SAMPLE,
        "empty" => 0,
        number => number.parse().map_err(|_| wanted.to_owned())?,
    };
    Ok((name.trim().to_owned(), pupils))
}

fn read_size(rest: &str) -> Result<Act, String> {
    let sides = rest
        .split_once('x')
        .and_then(|(columns, rows)| Some((columns.parse().ok()?, rows.parse().ok()?)));
    match sides {
        Some((columns @ 1..=1000, rows @ 1..=1000)) => Ok(Act::Size(columns, rows)),
        _ => Err(format!(
            "\"{rest}\" is no size: write it as 80x24, up to 1000x1000."
        )),
    }
}

fn read_keys(rest: &str) -> Result<Act, String> {
    let keys: Result<Vec<Key>, _> = rest.split_whitespace().map(str::parse).collect();
    match keys {
        Ok(keys) if !keys.is_empty() => Ok(Act::Keys(keys)),
        Ok(_) => Err("names of keys must follow \"keys\".".to_owned()),
        Err(fault) => Err(fault.to_string()),
    }
}

fn read_paste(rest: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut letters = rest.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        text.push(match letters.next() {
            Some('n') => '\n',
            Some('t') => '\t',
            Some('e') => '\u{1b}',
            Some('\\') => '\\',
            other => {
                let other = other.map(String::from).unwrap_or_default();
                return Err(format!(
                    "\"\\{other}\" stands for nothing in a paste; \\n, \\t, \\e and \\\\ do."
                ));
            }
        });
    }
    Ok(text)
}

/// The script with what was found in place of what was expected: by the line of each step, in any order. Blocks
/// nothing was found for stay as they are, and so does every other line.
pub fn rewrite(text: &str, found: &[(usize, Vec<String>)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    while let Some((at, line)) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some((_, rows)) = found.iter().find(|(line, _)| *line == at) else {
            continue;
        };
        for row in rows {
            out.push('|');
            out.push_str(row.trim_end());
            out.push('\n');
        }
        // The old block goes, its end stays.
        for (_, old) in lines.by_ref() {
            if !old.starts_with('|') {
                out.push_str(old);
                out.push('\n');
                break;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "# Finding.\nschool Oakfield Primary sample\ntoday 2026-11-23\nsize 80x24\n\nkeys f Ctrl-L enter\ntype  ok \nscreen\n| one\n|end\n|\nend\ndump pupil\nend\nrestart\n";

    fn faults(text: &str) -> Vec<String> {
        parse(text)
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_script_is_read_line_by_line() {
        let steps = parse(SCRIPT).unwrap();
        let acts: Vec<(usize, Act)> = steps
            .into_iter()
            .map(|step| (step.line, step.act))
            .collect();
        let keys = ["f", "Ctrl-L", "Enter"]
            .map(|key| key.parse().unwrap())
            .to_vec();
        assert_eq!(
            acts,
            [
                (
                    2,
                    Act::School {
                        name: "Oakfield Primary".into(),
                        pupils: 60
                    }
                ),
                (
                    3,
                    Act::Today(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap())
                ),
                (4, Act::Size(80, 24)),
                (6, Act::Keys(keys)),
                (7, Act::Type(" ok ".into())),
                (
                    8,
                    Act::Expect(
                        Look::Screen,
                        vec![" one".into(), "end".into(), String::new()]
                    )
                ),
                (13, Act::Expect(Look::Dump("pupil".into()), Vec::new())),
                (15, Act::Restart),
            ]
        );
    }

    #[test]
    fn a_paste_may_hold_what_a_line_cannot() {
        let steps = parse("paste a\\nb\\e[31m\\\\").unwrap();
        assert_eq!(steps[0].act, Act::Paste("a\nb\u{1b}[31m\\".into()));
    }

    #[test]
    fn every_line_that_cannot_be_read_is_named() {
        assert_eq!(
            faults(
                "size 0x24\nkeys wibble\nschool Oakfield\nlock now\ntoday 23/11/2026\npaste \\x\nend\n"
            ),
            [
                "line 1: \"0x24\" is no size: write it as 80x24, up to 1000x1000.",
                "line 2: \"wibble\" is not the name of a key.",
                "line 3: a school is written as \"school Oakfield Primary sample\", or \"empty\" or a number of pupils at the end.",
                "line 4: nothing may follow \"lock\".",
                "line 5: \"23/11/2026\" is not a date: write it as 2026-11-23.",
                "line 6: \"\\x\" stands for nothing in a paste; \\n, \\t, \\e and \\\\ do.",
                "line 7: \"end\" closes no block.",
            ]
        );
        assert_eq!(
            faults("screen\n|a\n"),
            ["line 1: the block of \"screen\" has no \"end\"."]
        );
        let stray = "line 3: a line of a block begins with |, and \"end\" closes the block of \"screen\" on line 1.";
        assert_eq!(faults("screen\n|a\nkeys f\n"), [stray]);
        assert!(
            faults("dance")[0]
                .starts_with("line 1: \"dance\" is no line of a script; lines begin with school,")
        );
    }

    #[test]
    fn what_was_found_takes_the_place_of_what_was_expected() {
        let found = vec![
            (13, vec!["p1 Ali".to_owned()]),
            (8, vec!["two  ".to_owned(), String::new()]),
        ];
        let new = rewrite(SCRIPT, &found);
        assert_eq!(
            new,
            SCRIPT
                .replace("| one\n|end\n|\n", "|two\n|\n")
                .replace("pupil\nend", "pupil\n|p1 Ali\nend")
        );
        // The same screens a second time change nothing.
        let again: Vec<(usize, Vec<String>)> = parse(&new)
            .unwrap()
            .into_iter()
            .filter_map(|step| {
                if let Act::Expect(_, lines) = step.act {
                    Some((step.line, lines))
                } else {
                    None
                }
            })
            .collect();
        assert_eq!(rewrite(&new, &again), new);
    }

    #[test]
    fn a_script_without_findings_stays_as_it_is() {
        assert_eq!(rewrite(SCRIPT, &[]), SCRIPT);
    }
}
