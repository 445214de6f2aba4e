//! Opens the desk on the terminal: what it needs is made out here, everything else happens there.

use super::access::Access;
use super::doctor::shared::note;
use super::stop::Stop;
use crate::app::job::Jobs;
use crate::app::keymap::Keymap;
use crate::app::{App, Setup};
use crate::config::{Config, GlyphChoice, Paths};
use crate::script::sample;
use crate::store::Places;
use crate::sys;
use crate::tui::Ending;
use crate::tui::ability::{self, Wish};
use crate::tui::desk::{self, Look};
use crate::ui::theme::{Depth, GlyphSet};
use chrono::NaiveDate;
use std::io::IsTerminal;
use std::sync::mpsc::channel;
use std::time::Duration;
use zeroize::Zeroizing;

/// What the desk on screen is opened with.
pub(super) struct Opening {
    /// Where the desk is, or is to be made on a first run.
    pub(super) places: Places,
    /// Where everything else is.
    pub(super) paths: Paths,
    /// What the user set.
    pub(super) config: Config,
    /// The working date.
    pub(super) today: NaiveDate,
    /// The working date, when it is not the real day: steps made under it record it.
    pub(super) working_date: Option<NaiveDate>,
    /// The school to open; none is the current one.
    pub(super) school: Option<String>,
    /// The passphrase from a file; none is asked for on screen.
    pub(super) passphrase: Option<Zeroizing<String>>,
    /// True where no colour may be sent: `--plain` or `NO_COLOR`.
    pub(super) colourless: bool,
}

/// Opens the user's own desk, or whatever `SENDESK_HOME` names.
pub(super) fn open(access: &Access) -> Result<(), Stop> {
    open_at(access, access.paths.clone())
}

/// Opens the desk in these places.
pub(super) fn open_at(access: &Access, paths: Paths) -> Result<(), Stop> {
    if !has_terminal() {
        return Err(Stop::failed(
            "The desk needs a terminal. For scripts there are commands: sendesk --help",
        ));
    }
    #[cfg(unix)]
    sys::scratch::Scratch::wipe_left();
    let places = Places {
        data: paths.data.clone(),
    };
    let exists = crate::store::Desk::exists(&places)?;
    let demo = exists && crate::store::Desk::is_demo(&places)?;
    let colourless = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    start(Opening {
        config: Config::load(&paths),
        places,
        paths,
        today: access.today,
        working_date: access.working_date(),
        school: access.globals.school.clone(),
        passphrase: if exists && !demo {
            access.passphrase_from_file()?
        } else {
            None
        },
        colourless: colourless || access.globals.plain,
    })
}

/// True where the desk can be shown and keys can be read.
pub(super) fn has_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Hands over to the terminal; returns when the user is done.
fn start(opening: Opening) -> Result<(), Stop> {
    let variable = |name: &str| std::env::var(name).ok();
    let wish = if opening.colourless {
        Wish::Never
    } else {
        Wish::Auto
    };
    let (keymap, mut notes) = Keymap::with_user(&opening.config.keys);
    notes.splice(0..0, opening.config.warnings.iter().cloned());
    notes.splice(0..0, opening.places.shared().iter().filter_map(note));
    if let Some(why) = opening.places.away() {
        let note = format!(
            "This desk lies in {why}, which can damage it: move its folder to this machine."
        );
        notes.insert(0, note);
    }
    let look = Look {
        depth: ability::depth(wish, &variable),
        glyphs: glyphs(opening.config.glyphs),
        auto_glyphs: ability::glyph_set(cfg!(windows), &variable),
        themes: opening
            .config
            .themes
            .iter()
            .map(|theme| (theme.name.clone(), theme.text.clone()))
            .collect(),
    };
    let mut theme = super::theme::settled(&opening.config.theme, &variable);
    let themes = super::theme::entries(&opening.config);
    if !themes.iter().any(|entry| entry.name == theme) {
        let (instead, told) = super::theme::named(&opening.config, &theme);
        notes.extend(told.iter().map(ToString::to_string));
        instead.name().clone_into(&mut theme);
    }
    let (sender, receiver) = channel();
    let minutes = u64::from(opening.config.idle_minutes);
    let setup = Setup {
        theme,
        themes,
        colourless: look.depth == Depth::Mono,
        places: opening.places,
        today: opening.today,
        working_date: opening.working_date,
        invented: false,
        time: sys::clock::time,
        local: sys::clock::local,
        school: opening.school,
        keymap,
        login: sys::process::login(),
        idle: (minutes > 0).then(|| Duration::from_secs(minutes * 60)),
        demo: sample::make_usual,
        jobs: Jobs::Threads(sender.clone()),
        paths: super::paths::lines(&opening.paths),
        notes,
    };
    let mut app = App::new(setup).map_err(|error| Stop::failed(error.to_string()))?;
    if let Some(passphrase) = opening.passphrase {
        app.try_passphrase(passphrase);
    }
    let crashes = opening.paths.crash_dir();
    match desk::show(app, look, &sender, &receiver, &crashes) {
        Ok((Ending::Asked, told)) if told.is_empty() => Ok(()),
        Ok((Ending::Asked, told)) => Err(Stop::failed(told.join("\n"))),
        Ok((Ending::Signal(number), _)) => Err(Stop::Signal(number)),
        Ok((Ending::Gone, _)) => Err(Stop::Told),
        Err(error) => Err(Stop::failed(format!(
            "The terminal cannot be used ({error})."
        ))),
    }
}

fn glyphs(choice: GlyphChoice) -> Option<GlyphSet> {
    match choice {
        GlyphChoice::Auto => None,
        GlyphChoice::Unicode => Some(GlyphSet::Unicode),
        GlyphChoice::Basic => Some(GlyphSet::Basic),
        GlyphChoice::Ascii => Some(GlyphSet::Ascii),
    }
}
