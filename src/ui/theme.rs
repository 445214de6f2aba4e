//! Which style each role of the screen has: roles by meaning, values from `themes/*.toml`.
//!
//! Views ask for [`Role::StatusLate`], never for red. The shipped files are embedded; reading a user's files is
//! not done here: their text is handed in. No environment is asked and no terminal: what it can show is handed in too.

mod check;
mod colour;
mod glyph;
mod parse;
#[cfg(test)]
mod tests;

pub use check::faults;
pub use colour::Depth;
#[cfg(test)]
pub(super) use colour::{contrast, fixed};
pub use glyph::{GlyphSet, Glyphs};

use ratatui::style::{Color, Modifier, Style};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Which side of a style a bare colour in a theme file fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Fg,
    Bg,
}

/// Declares [`Role`] from one table: variant, dotted name, side of a bare colour.
macro_rules! roles {
    ($($(#[$doc:meta])+ $role:ident $name:literal $side:ident,)+) => {
        /// What a piece of the screen means; a theme gives each its style.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Role {
            $($(#[$doc])+ $role,)+
        }

        impl Role {
            /// Every role, in the order of the enum.
            pub const ALL: &'static [Self] = &[$(Self::$role),+];

            /// `table.key` in a theme file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$role => $name,)+ }
            }

            const fn side(self) -> Side {
                match self { $(Self::$role => Side::$side,)+ }
            }
        }
    };
}

roles! {
    /// Text that is read.
    TextNormal "text.normal" Fg,
    /// Text that may be passed over; as readable as any other.
    TextMuted "text.muted" Fg,
    /// Text that stands out.
    TextStrong "text.strong" Fg,
    /// A web address in help.
    TextLink "text.link" Fg,
    /// The ground of the screen.
    SurfaceBase "surface.base" Bg,
    /// The ground of a pane beside the list.
    SurfacePanel "surface.panel" Bg,
    /// The ground of what opens over the screen.
    SurfacePopup "surface.popup" Bg,
    /// A line between parts.
    SurfaceBorder "surface.border" Fg,
    /// The line round the part that has the keys.
    SurfaceBorderFocus "surface.border_focus" Fg,
    /// The row under the cursor. Patch it over the row last: a status colour need not read on it.
    ListCursor "list.cursor" Fg,
    /// The cursor's row in a pane that has not the keys.
    ListCursorAway "list.cursor_away" Bg,
    /// A marked row (with its glyph).
    ListMarked "list.marked" Fg,
    /// The letters a filter or the finder found.
    ListMatch "list.match" Fg,
    /// Column headings.
    ListHeader "list.header" Fg,
    /// Done, on track (with glyph and word, as all five).
    StatusOk "status.ok" Fg,
    /// Due soon, wants attention.
    StatusSoon "status.soon" Fg,
    /// Overdue, at risk.
    StatusLate "status.late" Fg,
    /// Worth knowing.
    StatusInfo "status.info" Fg,
    /// Ended, archived, left.
    StatusOff "status.off" Fg,
    /// The name of a field.
    FormLabel "form.label" Fg,
    /// A box to type in.
    FormField "form.field" Bg,
    /// The box that has the keys.
    FormFieldFocus "form.field_focus" Bg,
    /// What the box was understood as.
    FormReading "form.reading" Fg,
    /// What is wrong with the box.
    FormError "form.error" Fg,
    /// The mode word while keys are commands.
    BarModeNav "bar.mode_nav" Bg,
    /// The mode word while keys are text.
    BarModeType "bar.mode_type" Bg,
    /// The mode word while the desk is locked.
    BarModeLock "bar.mode_lock" Bg,
    /// A key in the hint line.
    BarHintKey "bar.hint_key" Fg,
    /// What the key does.
    BarHintText "bar.hint_text" Fg,
    /// The full part of a bar.
    ChartBar "chart.bar" Fg,
    /// The empty part of a bar; decoration, so held to no contrast.
    ChartTrack "chart.track" Fg,
    /// The mark of today.
    ChartToday "chart.today" Fg,
}

/// The files in `themes/`, each with its name.
const SHIPPED: &[(&str, &str)] = &[
    ("mono", include_str!("../../themes/mono.toml")),
    ("paper", include_str!("../../themes/paper.toml")),
    ("slate", include_str!("../../themes/slate.toml")),
    ("terminal", include_str!("../../themes/terminal.toml")),
];

fn shipped_text(name: &str) -> Option<&'static str> {
    SHIPPED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

/// Something in a theme file that was passed over; the rest of the file works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFault {
    /// The file as it was named to [`Theme::parse`].
    pub file: String,
    /// Its line, from 1; 0 where the fault is in no one line.
    pub line: usize,
    /// What is wrong and what to write instead.
    pub text: String,
}

impl fmt::Display for ThemeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.text),
            line => write!(f, "{}, line {line}: {}", self.file, self.text),
        }
    }
}

/// The ground a theme is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// A dark one.
    Dark,
    /// A light one.
    Light,
    /// Whichever the terminal has.
    Any,
}

impl Variant {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::Any];

    /// The word in a theme file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Any => "any",
        }
    }

    /// The ground in words.
    pub const fn ground(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Any => "dark or light",
        }
    }
}

/// Where a value of a theme was written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    file: Arc<str>,
    line: usize,
}

/// A style for every role.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    name: String,
    /// The file as faults name it.
    file: Arc<str>,
    variant: Variant,
    /// `table.key` to where its value was written, here or in a theme this one inherits.
    written: BTreeMap<String, Written>,
    styles: [Style; Role::ALL.len()],
    impact: [Style; 5],
    bands: Vec<Style>,
    all_band: Style,
    /// The set the file asks for; none is `auto`.
    glyph_set: Option<GlyphSet>,
    glyph_changes: Vec<(String, char)>,
    glyphs: Glyphs,
}

impl Theme {
    /// The shipped theme that suits any ground.
    const ANY: &'static str = "terminal";

    /// The shipped theme for a ground.
    pub const fn for_ground(ground: Variant) -> &'static str {
        match ground {
            Variant::Dark => "slate",
            Variant::Light => "paper",
            Variant::Any => Self::ANY,
        }
    }

    /// The shipped themes: name and text of the file. `mono` is the root that `inherits = "base"` means.
    pub fn shipped() -> &'static [(&'static str, &'static str)] {
        SHIPPED
    }

    /// Reads a theme. `file` is how faults name it; `resolve` finds the text of a theme in the user's folder, for
    /// `inherits`; shipped themes are found without it. Whatever is wrong is told and passed over.
    pub fn parse(
        name: &str,
        file: &str,
        text: &str,
        resolve: &dyn Fn(&str) -> Option<String>,
    ) -> (Self, Vec<ThemeFault>) {
        parse::theme(name, file, text, resolve)
    }

    /// The theme of that name, from the user's folder (`resolve`) or else shipped; an unknown name is a fault and
    /// gives the theme that suits any ground.
    pub fn named(name: &str, resolve: &dyn Fn(&str) -> Option<String>) -> (Self, Vec<ThemeFault>) {
        let file = format!("{name}.toml");
        if let Some(text) = resolve(name) {
            return Self::parse(name, &file, &text, resolve);
        }
        if let Some(text) = shipped_text(name) {
            return Self::parse(name, &file, text, &|_| None);
        }
        let text = shipped_text(Self::ANY).unwrap_or_default();
        let (theme, mut faults) =
            Self::parse(Self::ANY, &format!("{}.toml", Self::ANY), text, &|_| None);
        let known: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
        let text = format!(
            "there is no theme of this name, so {} is used; there are {}.",
            Self::ANY,
            known.join(", ")
        );
        faults.push(ThemeFault {
            file,
            line: 0,
            text,
        });
        (theme, faults)
    }

    /// The theme without any colour, for `NO_COLOR` and terminals that have none.
    pub fn mono() -> Self {
        Self::named("mono", &|_| None).0
    }

    /// The name it was read under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The ground it is made for.
    pub fn variant(&self) -> Variant {
        self.variant
    }

    /// The style of a role. Lay `surface.*` under everything else (`Buffer::set_style` of the area), then patch.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// The band of the n-th school: its colour and black or white text, whichever reads better. Goes round.
    pub fn school_band(&self, index: usize) -> Style {
        self.bands
            .get(index % self.bands.len().max(1))
            .copied()
            .unwrap_or(self.all_band)
    }

    /// The band of all schools together.
    pub fn all_band(&self) -> Style {
        self.all_band
    }

    /// The style of a judgement from 1 (much worse) to 5 (much better), drawn with its digit; any other is plain text.
    pub fn impact(&self, judgement: u8) -> Style {
        usize::from(judgement)
            .checked_sub(1)
            .and_then(|n| self.impact.get(n).copied())
            .unwrap_or(self.style(Role::TextNormal))
    }

    /// The signs to draw with.
    pub fn glyphs(&self) -> Glyphs {
        self.glyphs
    }

    /// Settles the signs: `forced` (the user's setting) before the theme's own wish before `auto` (what suits the
    /// terminal). Single signs the theme changed stay changed, unless they are not ASCII and ASCII is in force.
    #[must_use]
    pub fn with_glyphs(mut self, forced: Option<GlyphSet>, auto: GlyphSet) -> Self {
        let set = forced.or(self.glyph_set).unwrap_or(auto);
        let mut glyphs = Glyphs::of(set);
        for (name, sign) in &self.glyph_changes {
            if set != GlyphSet::Ascii || sign.is_ascii() {
                glyphs.replace(name, *sign);
            }
        }
        self.glyphs = glyphs;
        self
    }

    /// The theme as a terminal of fewer colours can show it: each colour's nearest, still readable.
    /// At [`Depth::Mono`] it is the mono theme with this theme's glyphs.
    #[must_use]
    pub fn at_depth(mut self, depth: Depth) -> Self {
        match depth {
            Depth::True => return self,
            Depth::Mono => {
                let glyphs = self.glyphs;
                return Self {
                    glyphs,
                    ..Self::mono()
                };
            }
            Depth::Ansi16 | Depth::Ansi256 => {}
        }
        self.each_style(|style| {
            style.fg = style.fg.map(|colour| match colour::nearest(colour, depth) {
                // Many palettes draw the eighth colour as the ground itself.
                Color::DarkGray => Color::Gray,
                other => other,
            });
            style.bg = style.bg.map(|colour| colour::nearest(colour, depth));
        });
        self.keep_readable();
        self
    }

    fn each_style(&mut self, mut change: impl FnMut(&mut Style)) {
        let own = self
            .styles
            .iter_mut()
            .chain(&mut self.impact)
            .chain(&mut self.bands);
        own.chain(std::iter::once(&mut self.all_band))
            .for_each(&mut change);
    }

    /// The two colours a role is seen in: its own, or the ones it stands on.
    fn seen(&self, style: Style) -> (Option<Color>, Option<Color>) {
        let base = self.style(Role::SurfaceBase);
        (
            style.fg.or(self.style(Role::TextNormal).fg),
            style.bg.or(base.bg),
        )
    }

    /// A fault of the values named, at the one that stands in this theme's own file: what it inherits was sound before.
    fn fault(&self, names: &[&str], text: String) -> ThemeFault {
        let written = || names.iter().filter_map(|name| self.written.get(*name));
        let at = written()
            .find(|written| written.file == self.file)
            .or_else(|| written().next());
        ThemeFault {
            file: at.map_or(&self.file, |at| &at.file).to_string(),
            line: at.map_or(0, |at| at.line),
            text,
        }
    }

    /// Never black on black: text that would vanish becomes black or white. Gives the roles it had to change.
    fn keep_readable(&mut self) -> Vec<Role> {
        /// Below this, two colours are one to many eyes and screens (WCAG contrast).
        const VANISHED: f64 = 1.5;
        let mut changed = Vec::new();
        for role in Role::ALL {
            let (fg, bg) = self.seen(self.style(*role));
            let (Some(ink), Some(ground)) =
                (fg.and_then(colour::assumed), bg.and_then(colour::assumed))
            else {
                continue;
            };
            if colour::contrast(ink, ground) < VANISHED {
                let (r, g, b) = colour::text_on(ground);
                // Named colours, where the theme has no others, keep the depth it was brought to.
                let named = !matches!(bg, Some(Color::Rgb(..) | Color::Indexed(_)));
                let ink = if named && r == 0 {
                    Color::Black
                } else if named {
                    Color::White
                } else {
                    Color::Rgb(r, g, b)
                };
                self.styles[*role as usize].fg = Some(ink);
                changed.push(*role);
            }
        }
        changed
    }

    /// Nothing set yet: the terminal's own colours.
    fn blank(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            file: Arc::from(""),
            variant: Variant::Any,
            written: BTreeMap::new(),
            styles: [Style::new(); Role::ALL.len()],
            impact: [Style::new(); 5],
            bands: vec![Style::new().add_modifier(Modifier::REVERSED)],
            all_band: Style::new().add_modifier(Modifier::REVERSED),
            glyph_set: None,
            glyph_changes: Vec::new(),
            glyphs: Glyphs::of(GlyphSet::Ascii),
        }
    }
}
