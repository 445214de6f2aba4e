//! One press of a key, as sendesk sees it: no terminal library's type, so that key maps, scripts and tests share it.
//!
//! Shift is folded into the character (`G`, `!`); `tui` turns Shift-Enter and the byte 0x0A into Ctrl-J,
//! and Ctrl-7 (how terminals send Ctrl-_) into Ctrl-_.

use std::fmt;
use std::str::FromStr;

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character, Shift already applied.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Backspace (and Ctrl-H).
    Backspace,
    /// Forward delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, F1 to F12.
    F(u8),
}

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// Ctrl was held.
    pub ctrl: bool,
    /// Alt (Option) was held.
    pub alt: bool,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
        }
    }

    /// A character key without modifiers.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// True for a character that is text where something is typed.
    pub const fn is_text(&self) -> bool {
        matches!(self.code, Code::Char(_)) && !self.ctrl && !self.alt
    }

    /// Ctrl and a letter (lower case).
    pub const fn ctrl(c: char) -> Self {
        Self {
            code: Code::Char(c),
            ctrl: true,
            alt: false,
        }
    }
}

/// Names of keys that are no characters, as key maps and scripts write them.
const NAMED: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("shift-tab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("space", Code::Char(' ')),
];

impl fmt::Display for Key {
    /// The way help shows it: `Enter`, `Ctrl-L`, `Shift-Tab`, `g`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == self.code) {
            return match *name {
                "pgup" => f.write_str("PgUp"),
                "pgdn" => f.write_str("PgDn"),
                "shift-tab" => f.write_str("Shift-Tab"),
                name => {
                    let mut letters = name.chars();
                    let first = letters.next().map(|c| c.to_ascii_uppercase());
                    write!(f, "{}{}", first.unwrap_or(' '), letters.as_str())
                }
            };
        }
        match self.code {
            Code::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            _ => Ok(()),
        }
    }
}

/// Text that names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not the name of a key.")]
pub struct NotAKey(pub String);

impl FromStr for Key {
    type Err = NotAKey;

    /// `a`, `G`, `enter`, `Ctrl-L`, `alt-b`, `shift-tab`, `F2`; names in any case, characters as they are.
    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let mut rest = text;
        let (mut ctrl, mut alt) = (false, false);
        loop {
            let lower = rest.to_ascii_lowercase();
            if lower.starts_with("ctrl-") && rest.len() > 5 {
                ctrl = true;
                rest = &rest[5..];
            } else if lower.starts_with("alt-") && rest.len() > 4 {
                alt = true;
                rest = &rest[4..];
            } else {
                break;
            }
        }
        let lower = rest.to_ascii_lowercase();
        let code = if let Some((_, code)) = NAMED.iter().find(|(name, _)| *name == lower) {
            *code
        } else if let Some(n) = lower.strip_prefix('f').and_then(|n| n.parse::<u8>().ok()) {
            Code::F(n)
        } else {
            let mut chars = rest.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) if ctrl => Code::Char(c.to_ascii_lowercase()),
                (Some(c), None) => Code::Char(c),
                _ => return Err(NotAKey(text.to_owned())),
            }
        };
        Ok(Self { code, ctrl, alt })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_what_it_prints() {
        for text in [
            "a",
            "G",
            "!",
            "Enter",
            "Esc",
            "Ctrl-L",
            "Alt-b",
            "Shift-Tab",
            "PgUp",
            "Space",
            "F2",
            "?",
        ] {
            assert_eq!(
                text.parse::<Key>().map(|key| key.to_string()).as_deref(),
                Ok(text)
            );
        }
    }

    #[test]
    fn what_is_no_key_is_said() {
        assert_eq!("wibble".parse::<Key>(), Err(NotAKey("wibble".to_owned())));
    }
}
