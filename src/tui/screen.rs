//! Frames to the terminal: one frame, one write, inside a synchronized update, and nothing cleared in steady use.
//!
//! ratatui's own terminal is given a fixed size and told of changes, so that it never asks for one.

use super::guard::{forget_copied, plain};
use super::repaint::{Rows, runs};
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{MoveTo, RestorePosition, SavePosition};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, SetTitle,
};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use zeroize::Zeroize;

/// Room for a large frame from the start.
const FRAME_BYTES: usize = 64 * 1024;

/// What is to be written, held until the frame is whole.
#[derive(Clone)]
struct Held(Rc<RefCell<Vec<u8>>>);

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Nothing: the backend flushes in the middle of a frame.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal's screen.
pub(super) struct Screen<W: Write> {
    out: W,
    held: Held,
    terminal: Terminal<CrosstermBackend<Held>>,
    /// Rows of the last frame that hold text of doubtful width.
    doubtful: Rows,
    title: String,
}

impl<W: Write> Screen<W> {
    /// A screen of that many columns and rows, taken to be blank.
    pub(super) fn new(out: W, size: (u16, u16)) -> io::Result<Self> {
        let held = Held(Rc::new(RefCell::new(Vec::with_capacity(FRAME_BYTES))));
        let terminal = blank(&held, size)?;
        Ok(Self {
            out,
            held,
            terminal,
            doubtful: Rows::default(),
            title: String::new(),
        })
    }

    /// The terminal has another size: the next frame repaints it wholly.
    pub(super) fn fit(&mut self, size: (u16, u16)) -> io::Result<()> {
        self.terminal = blank(&self.held, size)?;
        self.doubtful = Rows::default();
        crossterm::queue!(self.held, Clear(ClearType::All))
    }

    /// Draws one frame and sends it. The cursor is hidden unless the frame sets one.
    pub(super) fn draw(&mut self, frame: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        // What was held before (a clearing) belongs inside the update, so that no blank screen is seen.
        let before = self.held.0.take();
        crossterm::queue!(self.held, BeginSynchronizedUpdate)?;
        self.held.write_all(&before)?;
        let drawn = self.terminal.draw(frame)?.buffer;
        let now = Rows::of(drawn);
        let rows = self.doubtful.changed(&now);
        if !rows.is_empty() {
            let drawn = drawn.clone();
            self.repaint(&drawn, &rows)?;
        }
        self.doubtful = now;
        crossterm::queue!(self.held, EndSynchronizedUpdate)?;
        self.send()
    }

    /// Paints rows whole, each run of cells placed by itself; the cursor stays where the frame put it.
    fn repaint(&mut self, drawn: &Buffer, rows: &[u16]) -> io::Result<()> {
        crossterm::queue!(self.held, SavePosition)?;
        for row in rows {
            crossterm::queue!(self.held, MoveTo(0, *row), Clear(ClearType::CurrentLine))?;
            for run in runs(drawn, *row) {
                let cells = run.into_iter().map(|(x, cell)| (x, *row, cell));
                self.terminal.backend_mut().draw(cells)?;
            }
        }
        crossterm::queue!(self.held, RestorePosition)
    }

    /// Names the window, if the name is another than before.
    pub(super) fn entitle(&mut self, title: &str) -> io::Result<()> {
        if self.title == title {
            return Ok(());
        }
        title.clone_into(&mut self.title);
        crossterm::queue!(self.held, SetTitle(plain(title)))
    }

    /// What it writes to.
    #[cfg(test)]
    pub(super) fn out(&self) -> &W {
        &self.out
    }

    /// Gives a text to the terminal's clipboard.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        crossterm::queue!(self.held, CopyToClipboard::to_clipboard_from(text))?;
        self.send()
    }

    /// Takes it out again.
    pub(super) fn forget_copied(&mut self) -> io::Result<()> {
        forget_copied(&mut self.held)?;
        self.send()
    }

    /// Overwrites the bytes of frames sent before; the cells of the last but one were blanked with the last.
    pub(super) fn forget(&mut self) {
        self.held.0.borrow_mut().zeroize();
    }

    fn send(&mut self) -> io::Result<()> {
        let mut held = self.held.0.borrow_mut();
        let sent = self.out.write_all(&held).and_then(|()| self.out.flush());
        held.clear();
        sent
    }
}

fn blank(held: &Held, (columns, rows): (u16, u16)) -> io::Result<Terminal<CrosstermBackend<Held>>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
    Terminal::with_options(
        CrosstermBackend::new(held.clone()),
        TerminalOptions { viewport },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Position;

    /// Counts writes.
    #[derive(Default)]
    struct Out(Vec<Vec<u8>>);

    impl Write for Out {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(screen: &Screen<Out>) -> Vec<String> {
        screen
            .out
            .0
            .iter()
            .map(|bytes| String::from_utf8(bytes.clone()).unwrap())
            .collect()
    }

    #[test]
    fn a_frame_is_one_write_inside_one_update_and_asks_nothing() {
        let mut screen = Screen::new(Out::default(), (200, 60)).unwrap();
        let long = "Oakfield ".repeat(22);
        screen.entitle("sendesk OAK").unwrap();
        for shift in 0..3 {
            screen
                .draw(|frame| {
                    for row in 0..60 {
                        frame.buffer_mut().set_string(
                            shift,
                            row,
                            &long,
                            ratatui::style::Style::new(),
                        );
                    }
                })
                .unwrap();
        }
        let frames = written(&screen);
        assert_eq!(frames.len(), 3);
        for frame in &frames {
            assert!(frame.starts_with("\x1b[?2026h") && frame.ends_with("\x1b[?2026l"));
            for (query, what) in [
                ("\x1b[6n", "cursor"),
                ("\x1b[c", "attributes"),
                ("?\x07", "colours"),
                ("\x1b[?u", "keys"),
            ] {
                assert!(!frame.contains(query), "asks for {what}");
            }
            assert!(
                !frame.contains("\x1b[2J") && !frame.contains("\x1b[J"),
                "clears"
            );
            assert!(frame.contains("\x1b[?25l") && !frame.contains("\x1b[?25h"));
        }
        assert!(frames[0].contains("sendesk OAK") && !frames[1].contains("sendesk OAK"));
    }

    #[test]
    fn an_unchanged_frame_sends_no_cell() {
        let mut screen = Screen::new(Out::default(), (80, 24)).unwrap();
        for _ in 0..2 {
            screen
                .draw(|frame| frame.render_widget("Register", frame.area()))
                .unwrap();
        }
        let frames = written(&screen);
        assert!(frames[0].contains("Register"));
        assert!(
            frames[1].len() < 60 && !frames[1].contains('R'),
            "{:?}",
            frames[1]
        );
    }

    #[test]
    fn a_name_in_a_joined_script_leaves_nothing_behind_on_the_next_screen() {
        let mut screen = Screen::new(Out::default(), (40, 4)).unwrap();
        let names = [
            "\u{915}\u{94d}\u{937}\u{947}\u{92e}\u{93e} Rao",
            "Okafor, Ada",
            "Okafor, Ada",
        ];
        for name in names {
            screen
                .draw(|frame| {
                    let buffer = frame.buffer_mut();
                    buffer.set_string(0, 0, "Register", ratatui::style::Style::new());
                    buffer.set_string(0, 2, name, ratatui::style::Style::new());
                })
                .unwrap();
        }
        let frames = written(&screen);
        // The row is erased and painted whole when it comes and when it goes, and no other is.
        assert!(frames[0].contains("\x1b[3;1H\x1b[2K"), "{:?}", frames[0]);
        assert!(frames[1].contains("\x1b[3;1H\x1b[2K"), "{:?}", frames[1]);
        let whole = frames[1].rsplit("\x1b[2K").next().unwrap();
        assert!(whole.contains("Okafor, Ada"), "{whole:?}");
        assert_eq!(frames[1].matches("\x1b[2K").count(), 1);
        assert!(!frames[2].contains("\x1b[2K"));
    }

    #[test]
    fn another_size_repaints_wholly_within_the_update() {
        let mut screen = Screen::new(Out::default(), (80, 24)).unwrap();
        screen
            .draw(|frame| frame.render_widget("Register", frame.area()))
            .unwrap();
        screen.fit((40, 10)).unwrap();
        screen
            .draw(|frame| {
                assert_eq!((frame.area().width, frame.area().height), (40, 10));
                frame.render_widget("Register", frame.area());
                frame.set_cursor_position(Position::new(3, 4));
            })
            .unwrap();
        let frames = written(&screen);
        let at = |part| frames[1].find(part);
        assert!(frames[1].starts_with("\x1b[?2026h"));
        assert!(at("\x1b[2J").is_some() && at("\x1b[2J") < at("Register"));
        assert!(frames[1].contains("Register") && frames[1].contains("\x1b[?25h"));
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error_not_a_panic() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut screen = Screen::new(Gone, (80, 24)).unwrap();
        assert!(screen.draw(|_| {}).is_err());
    }
}
