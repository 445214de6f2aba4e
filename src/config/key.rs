//! `keys.toml`: which keys the user wants for which command, as text. What a key or a command is, is not known here.
//!
//! A section is a scope, a line in it a command with its key or keys; lines before any section count for all scopes:
//!
//! ```toml
//! quit = "ctrl-q"
//! [register]
//! mark = ["space", "x"]
//! ```

use super::file;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One command and the keys it is to have instead of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The scope; empty when it counts for all.
    pub scope: String,
    /// The command's name.
    pub command: String,
    /// The keys as written; none takes the command's keys away.
    pub keys: Vec<String>,
    /// Where it stands, for messages: file and line.
    pub place: String,
}

/// Every binding in the file, in its order.
pub(super) fn read(path: &Path, text: &str, warnings: &mut Vec<String>) -> Vec<Binding> {
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(fault) => {
            warnings.push(file::not_toml(path, text, &fault));
            return Vec::new();
        }
    };
    let mut found: Vec<(usize, Binding)> = Vec::new();
    let mut take = |scope: &str, name: &Spanned<_>, value: &DeValue<'_>| {
        let command: &std::borrow::Cow<'_, str> = name.get_ref();
        let start = name.span().start;
        let place = format!("{}, line {}", path.display(), file::line_of(text, start));
        match keys_of(value) {
            Some(keys) => found.push((
                start,
                Binding {
                    scope: scope.to_owned(),
                    command: command.to_string(),
                    keys,
                    place,
                },
            )),
            None => warnings.push(format!(
                "{place}: \"{command}\" is to be a key in quotes or a list of them; the line is ignored."
            )),
        }
    };
    for (name, value) in &table {
        match value.get_ref() {
            DeValue::Table(section) => {
                for (command, keys) in section {
                    take(name.get_ref(), command, keys.get_ref());
                }
            }
            keys => take("", name, keys),
        }
    }
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, binding)| binding).collect()
}

fn keys_of(value: &DeValue<'_>) -> Option<Vec<String>> {
    if let Some(one) = value.as_str() {
        return Some(vec![one.to_owned()]);
    }
    value
        .as_array()?
        .iter()
        .map(|key| key.get_ref().as_str().map(str::to_owned))
        .collect()
}
