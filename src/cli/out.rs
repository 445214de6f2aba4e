//! The one writer to standard output and standard error. A closed pipe ends a command quietly; a full disk is told.
//!
//! What data holds never commands the terminal: characters that could are shown as a mark.

use super::stop::Stop;
use super::table::Table;
use crate::domain::text;
use serde::Serialize;
use std::io::{self, BufWriter, ErrorKind, Write};

/// Where answers go. The first failure to write is kept and told at the end.
pub(super) struct Out {
    answer: BufWriter<Box<dyn Write>>,
    fault: Option<io::Error>,
    /// True for one JSON value instead of text.
    pub(super) json: bool,
    /// True for rows with tabs instead of a layout.
    pub(super) plain: bool,
}

impl Out {
    /// The process's own standard output.
    pub(super) fn standard() -> Self {
        Self {
            answer: BufWriter::new(Box::new(io::stdout())),
            fault: None,
            json: false,
            plain: false,
        }
    }

    /// One line of the answer.
    pub(super) fn line(&mut self, line: &str) {
        let line = safe(line);
        self.write(line.as_bytes());
        self.write(b"\n");
    }

    /// The answer as it is: completions, the man page.
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.write(bytes);
    }

    /// A table of the answer.
    pub(super) fn table(&mut self, table: &Table) {
        for line in table.lines(self.plain) {
            self.write(line.as_bytes());
            self.write(b"\n");
        }
    }

    /// The answer as one JSON value.
    pub(super) fn value(&mut self, value: &impl Serialize) {
        match serde_json::to_string_pretty(value) {
            Ok(json) => {
                let json = escape_json(&json);
                self.write(json.as_bytes());
                self.write(b"\n");
            }
            Err(fault) => self.keep(fault.into()),
        }
    }

    /// One line on standard error, after what the answer has so far. Where that is closed too nothing can be said.
    pub(super) fn say(&mut self, line: &str) {
        let _ = self.answer.flush();
        let mut err = io::stderr().lock();
        let _ = err.write_all(safe(line).as_bytes());
        let _ = err.write_all(b"\n");
    }

    /// A question on standard error, whose answer is typed on the same line.
    pub(super) fn ask(&mut self, question: &str) {
        let _ = self.answer.flush();
        let mut err = io::stderr().lock();
        let _ = err.write_all(safe(question).as_bytes());
        let _ = err.flush();
    }

    /// What clap has to say: help and version are answers, everything else is wrong usage.
    pub(super) fn clap(&mut self, told: &clap::Error) -> Result<(), Stop> {
        if told.use_stderr() {
            let _ = io::stderr().write_all(told.render().to_string().as_bytes());
            return Err(Stop::ToldUsage);
        }
        self.write(told.render().to_string().as_bytes());
        Ok(())
    }

    /// Sends what is held, now.
    pub(super) fn finish(&mut self) -> Result<(), Stop> {
        if let Err(fault) = self.answer.flush() {
            self.keep(fault);
        }
        match self.fault.take() {
            None => Ok(()),
            Some(fault) if fault.kind() == ErrorKind::BrokenPipe => Err(Stop::Unread),
            Some(fault) => Err(Stop::failed(format!(
                "The answer could not be written ({fault})."
            ))),
        }
    }

    /// The same once something was done that stays done, whatever becomes of the answer.
    pub(super) fn finish_done(&mut self) -> Result<(), Stop> {
        self.finish().map_err(|stop| match stop {
            Stop::Failed(text) => {
                Stop::Unwritten(format!("{text} What was asked was done all the same."))
            }
            other => other,
        })
    }

    fn write(&mut self, bytes: &[u8]) {
        if self.fault.is_none()
            && let Err(fault) = self.answer.write_all(bytes)
        {
            self.keep(fault);
        }
    }

    fn keep(&mut self, fault: io::Error) {
        self.fault.get_or_insert(fault);
    }
}

/// One line on standard error where there is no answer at hand. Where that is closed nothing can be said.
pub(super) fn aside(line: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(safe(line).as_bytes());
    let _ = err.write_all(b"\n");
}

/// Text whose characters only show: line ends and tabs stay, what could command a terminal becomes a mark.
pub(super) fn safe(text: &str) -> String {
    // What most lines are; a list of a thousand rows passes here twice.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let keep = |c: char| matches!(c, '\n' | '\t') || !text::is_unsafe(c);
    text.chars()
        .map(|c| if keep(c) { c } else { '\u{fffd}' })
        .collect()
}

/// JSON whose strings hold such characters escaped. They stand nowhere else in JSON.
fn escape_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && text::is_unsafe(c) {
            out.extend(format!("\\u{:04x}", c as u32).chars());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_command_a_terminal_is_shown_as_a_mark() {
        assert_eq!(safe("a\u{1b}[2Jb\u{202e}c\td"), "a\u{fffd}[2Jb\u{fffd}c\td");
    }

    #[test]
    fn json_keeps_such_characters_escaped() {
        let json = serde_json::to_string(&"a\u{9b}b\u{202e}").unwrap();
        let escaped = escape_json(&json);
        assert_eq!(escaped, "\"a\\u009bb\\u202e\"");
        assert_eq!(
            serde_json::from_str::<String>(&escaped).unwrap(),
            "a\u{9b}b\u{202e}"
        );
    }

    /// Stands in for a pipe nobody reads.
    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_fault() {
        let mut out = Out {
            answer: BufWriter::new(Box::new(Closed)),
            ..Out::standard()
        };
        out.line("nobody reads this");
        assert!(matches!(out.finish(), Err(Stop::Unread)));
    }
}
