//! The theme: shown while it is chosen, kept, put back.

use super::overlay::Overlay;
use super::overlay::themes::ThemeBox;
use super::state::Tone;
use super::{App, Error};

/// What the desk remembers the theme under.
const SETTING: &str = "theme";

impl App {
    /// Opens the box of themes, with what was typed after the command's word. A name typed whole is kept at once.
    pub(super) fn choose_theme(&mut self, typed: &str) -> Result<(), Error> {
        let kept = match &self.desk {
            Some(desk) => desk.setting(SETTING)?,
            None => None,
        };
        let kept = kept.filter(|name| *name == self.state.theme);
        // Without a desk to remember it, what is shown is what was kept.
        let changed = (self.state.theme != self.setup.theme).then(|| self.state.theme.clone());
        let mut open = ThemeBox::open(
            &self.setup.themes,
            kept.or(changed).as_deref(),
            &self.setup.theme,
            self.setup.colourless,
        );
        if !typed.is_empty() {
            open.query.set(typed);
            open.look();
        }
        let whole = open.current().is_some_and(|row| row.title() == typed);
        self.state.overlays.push(Overlay::Themes(open));
        if whole { self.keep_theme() } else { Ok(()) }
    }

    /// Keeps the theme under the cursor and remembers it for this desk.
    pub(super) fn keep_theme(&mut self) -> Result<(), Error> {
        let Some(Overlay::Themes(open)) = self.state.overlays.last() else {
            return Ok(());
        };
        let Some(row) = open.current().cloned() else {
            return Ok(());
        };
        if let Some(desk) = &self.desk {
            desk.set_setting(SETTING, row.name.as_deref().unwrap_or_default())?;
        }
        self.state.overlays.pop();
        let told = match row.name {
            Some(name) => format!("Theme: {name}"),
            None => format!("Theme: {}, by your settings", row.theme),
        };
        self.state.theme = row.theme;
        match first_of(&self.theme_notes()) {
            Some(note) => self.say(Tone::Note, format!("{told}. {note}")),
            None => self.say(Tone::Done, told),
        }
        Ok(())
    }

    /// The theme the desk remembers, once it is unlocked.
    pub(super) fn recall_theme(&mut self) -> Result<(), Error> {
        let Some(desk) = &self.desk else {
            return Ok(());
        };
        let kept = desk.setting(SETTING)?.filter(|name| !name.is_empty());
        match kept {
            Some(name) if self.setup.themes.iter().any(|entry| entry.name == name) => {
                self.state.theme = name;
            }
            Some(name) => self.setup.notes.push(format!(
                "The theme {name} that was kept here is no longer there: {} is shown. :theme lists all.",
                self.state.theme
            )),
            None => {}
        }
        let notes = self.theme_notes();
        self.setup.notes.extend(notes);
        Ok(())
    }

    /// What is wrong with the theme in force; once.
    fn theme_notes(&mut self) -> Vec<String> {
        let name = &self.state.theme;
        let mut themes = self.setup.themes.iter_mut();
        let entry = themes.find(|entry| entry.name == *name);
        entry.map_or_else(Vec::new, |entry| std::mem::take(&mut entry.notes))
    }
}

/// The first of several notes, and where the others are told.
pub(super) fn first_of(notes: &[String]) -> Option<String> {
    let (first, others) = notes.split_first()?;
    Some(match others.len() {
        0 => first.clone(),
        more => {
            format!("{first} {more} more: sendesk keys --check and sendesk theme check tell all.")
        }
    })
}
