//! The desk on a terminal: the app, and the theme it is drawn in.

use super::run::{Desk, Ending, run};
use crate::app::App;
use crate::app::event::{Errand, Event};
use crate::ui;
use crate::ui::theme::{Depth, GlyphSet, Theme};
use ratatui::Frame;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

/// How things look, apart from the theme's name.
#[derive(Debug, Clone)]
pub struct Look {
    /// Colours the terminal shows.
    pub depth: Depth,
    /// Signs the user asked for; `None` leaves it to the theme.
    pub glyphs: Option<GlyphSet>,
    /// Signs the terminal most likely has.
    pub auto_glyphs: GlyphSet,
    /// The user's own theme files by name.
    pub themes: BTreeMap<String, String>,
}

impl Look {
    /// The theme of a name: the user's file before the shipped one; where no colour may be shown, `mono`.
    pub fn theme(&self, name: &str) -> Theme {
        let name = if self.depth == Depth::Mono {
            "mono"
        } else {
            name
        };
        let resolve = |name: &str| self.themes.get(name).cloned();
        let (theme, _) = Theme::named(name, &resolve);
        theme
            .with_glyphs(self.glyphs, self.auto_glyphs)
            .at_depth(self.depth)
    }
}

/// The app with its theme, as the loop drives it.
struct OnScreen {
    app: App,
    look: Look,
    named: String,
    theme: Theme,
}

impl Desk for OnScreen {
    fn event(&mut self, event: Event) {
        self.app.event(event);
    }

    fn take_dirty(&mut self) -> bool {
        let dirty = self.app.take_dirty();
        let shown = self.app.state().shown_theme();
        if shown != self.named {
            shown.clone_into(&mut self.named);
            self.theme = self.look.theme(&self.named);
        }
        dirty
    }

    fn ended(&self) -> bool {
        self.app.ended()
    }

    fn take_errand(&mut self) -> Option<Errand> {
        self.app.take_errand()
    }

    fn is_locked(&self) -> bool {
        !self.app.state().is_open()
    }

    fn drawn(&mut self) {
        self.app.read_rest();
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        ui::draw(frame, self.app.state(), self.app.keymap(), &self.theme);
    }

    fn pause_after(&self) -> Option<Duration> {
        self.app.pause_after()
    }

    fn is_unkept(&self) -> bool {
        self.app.has_unkept_draft()
    }

    fn idle_after(&self) -> Option<Duration> {
        self.app.idle_after()
    }

    fn watched(&self) -> Vec<PathBuf> {
        self.app.watched()
    }

    fn title(&self) -> String {
        self.app.title()
    }
}

/// Runs the desk on the terminal until it ends. `crashes` is the folder for crash files. Gives what could not be done on
/// the way out too.
///
/// # Errors
/// Where there is no terminal.
pub fn show(
    app: App,
    look: Look,
    sender: &Sender<Event>,
    receiver: &Receiver<Event>,
    crashes: &Path,
) -> io::Result<(Ending, Vec<String>)> {
    let named = app.state().shown_theme().to_owned();
    let theme = look.theme(&named);
    let colour = look.depth != Depth::Mono;
    let mut desk = OnScreen {
        app,
        look,
        named,
        theme,
    };
    let ending = run(&mut desk, sender, receiver, crashes, colour)?;
    desk.app.note_seen();
    // Only somebody who asked to leave waits half a second; a signal does not.
    let told = match ending {
        Ending::Asked => desk.app.back_up_changed(),
        Ending::Signal(_) | Ending::Gone => Vec::new(),
    };
    Ok((ending, told))
}

/// A desk that falls over at the first key, for the test of what a panic leaves behind.
#[cfg(any(debug_assertions, feature = "selftest"))]
struct Falling;

#[cfg(any(debug_assertions, feature = "selftest"))]
impl Desk for Falling {
    #[expect(clippy::panic, reason = "this is what is tested")]
    fn event(&mut self, event: Event) {
        if matches!(event, Event::Key(_)) {
            panic!("secret of a child");
        }
    }

    fn take_dirty(&mut self) -> bool {
        false
    }

    fn ended(&self) -> bool {
        false
    }

    fn take_errand(&mut self) -> Option<Errand> {
        None
    }

    fn is_locked(&self) -> bool {
        false
    }

    fn drawn(&mut self) {}

    fn draw(&self, _: &mut Frame<'_>) {}

    fn pause_after(&self) -> Option<Duration> {
        None
    }

    fn is_unkept(&self) -> bool {
        false
    }

    fn idle_after(&self) -> Option<Duration> {
        None
    }

    fn watched(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    fn title(&self) -> String {
        "sendesk".to_owned()
    }
}

/// Takes the terminal and panics at the first key.
///
/// # Errors
/// Where there is no terminal.
#[cfg(any(debug_assertions, feature = "selftest"))]
pub fn show_panic(crashes: &Path) -> io::Result<Ending> {
    let (sender, receiver) = std::sync::mpsc::channel();
    run(&mut Falling, &sender, &receiver, crashes, true)
}
