//! The signs the screen is drawn with, in three sets, each sign one column wide.
//!
//! `unicode` for terminals with a full font; `basic` holds only what the WGL4 set of old Windows consoles has;
//! `ascii` is for everything else. Which one `auto` means is handed in: this module asks no environment.

use ratatui::symbols::border;

/// A set of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GlyphSet {
    /// Ticks, small triangles, fine lines.
    Unicode,
    /// WGL4: box lines, full and half blocks, arrows; no ticks, no braille.
    Basic,
    /// Printable ASCII only.
    Ascii,
}

impl GlyphSet {
    /// Every set.
    pub const ALL: [Self; 3] = [Self::Unicode, Self::Basic, Self::Ascii];

    /// The set of that name, as configuration and themes write it; none for `auto` and unknown words.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.name() == name)
    }

    /// The set's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::Basic => "basic",
            Self::Ascii => "ascii",
        }
    }

    /// Lines and corners for ratatui's `Block`.
    pub const fn border(self) -> border::Set<'static> {
        match self {
            Self::Unicode | Self::Basic => border::PLAIN,
            Self::Ascii => border::Set {
                top_left: "+",
                top_right: "+",
                bottom_left: "+",
                bottom_right: "+",
                vertical_left: "|",
                vertical_right: "|",
                horizontal_top: "-",
                horizontal_bottom: "-",
            },
        }
    }
}

/// Declares [`Glyphs`] from one table: field, then the sign in each set.
macro_rules! glyphs {
    ($($(#[$doc:meta])+ $field:ident: $unicode:literal $basic:literal $ascii:literal,)+) => {
        /// The signs in force. Every one is one column wide, but for [`Glyphs::ellipsis`] in ASCII.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Glyphs {
            /// The set they come from.
            pub set: GlyphSet,
            /// What stands for text cut off: one column, in ASCII two (`..`).
            pub ellipsis: &'static str,
            $($(#[$doc])+ pub $field: char,)+
        }

        impl Glyphs {
            /// Names a theme's `[glyph]` table may overrule, besides `set`.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($field)),+];

            /// The signs of a set.
            pub const fn of(set: GlyphSet) -> Self {
                let ellipsis = match set {
                    GlyphSet::Unicode | GlyphSet::Basic => "…",
                    GlyphSet::Ascii => "..",
                };
                match set {
                    GlyphSet::Unicode => Self { set, ellipsis, $($field: $unicode,)+ },
                    GlyphSet::Basic => Self { set, ellipsis, $($field: $basic,)+ },
                    GlyphSet::Ascii => Self { set, ellipsis, $($field: $ascii,)+ },
                }
            }

            /// Puts another sign in place of the named one; false where no sign has that name.
            pub fn replace(&mut self, name: &str, sign: char) -> bool {
                match name {
                    $(stringify!($field) => self.$field = sign,)+
                    _ => return false,
                }
                true
            }

            /// Every sign with its name.
            pub fn all(&self) -> Vec<(&'static str, char)> {
                vec![$((stringify!($field), self.$field)),+]
            }
        }
    };
}

glyphs! {
    /// The row the cursor is on.
    cursor: '>' '>' '>',
    /// A marked row.
    mark: '•' '•' '*',
    /// Overdue, at risk.
    late: '!' '!' '!',
    /// Due soon, wants attention.
    soon: '~' '~' '~',
    /// Done, on track.
    ok: '✓' '√' '+',
    /// Worth knowing.
    info: 'i' 'i' 'i',
    /// Ended, archived, left.
    off: '-' '-' '-',
    /// A line across.
    rule: '─' '─' '-',
    /// A line down.
    vertical: '│' '│' '|',
    /// Top left corner.
    top_left: '┌' '┌' '+',
    /// Top right corner.
    top_right: '┐' '┐' '+',
    /// Bottom left corner.
    bottom_left: '└' '└' '+',
    /// Bottom right corner.
    bottom_right: '┘' '┘' '+',
    /// Between the parts of a line.
    dot: '·' '·' '-',
    /// Leads from old to new.
    arrow: '→' '→' '>',
    /// More above.
    up: '↑' '↑' '^',
    /// More below.
    down: '↓' '↓' 'v',
    /// Something folded up.
    folded: '▸' '►' '+',
    /// Something folded out.
    unfolded: '▾' '▼' '-',
    /// A hidden character of a passphrase or a note.
    veil: '•' '•' '*',
    /// The full part of a bar.
    bar: '█' '█' '#',
    /// The half cell at a bar's end.
    bar_half: '▌' '▌' '#',
    /// The empty part of a bar.
    track: '░' '░' '.',
}
