//! `paths`: where everything is.

use super::access::Access;
use super::out::Out;
use super::table::Table;
use crate::config::Paths;
use std::path::PathBuf;

/// Every place, by what is kept there.
fn places(paths: &Paths) -> [(&'static str, PathBuf); 8] {
    [
        ("desk", paths.data.join("desk.db")),
        ("keys", paths.data.join("desk.keys")),
        ("schools", paths.data.join("schools")),
        ("config", paths.config_file()),
        ("key bindings", paths.keys_file()),
        ("themes", paths.themes_dir()),
        ("logs", paths.logs_dir()),
        ("crash reports", paths.crash_dir()),
    ]
}

/// The places as lines, for the desk on screen.
pub(super) fn lines(paths: &Paths) -> Vec<String> {
    places(paths)
        .iter()
        .map(|(name, path)| format!("{name:<14} {}", path.display()))
        .collect()
}

/// Prints the places; opens nothing.
pub(super) fn run(access: &Access, out: &mut Out) {
    let places = places(&access.paths);
    if out.json {
        let object: serde_json::Map<String, serde_json::Value> = places
            .iter()
            .map(|(name, path)| {
                let text = path.display().to_string();
                (name.replace(' ', "_"), serde_json::Value::String(text))
            })
            .collect();
        out.value(&object);
        return;
    }
    let mut table = Table::new(&["what", "where"]);
    for (name, path) in places {
        table.push(vec![name.to_owned(), path.display().to_string()]);
    }
    out.table(&table);
}
