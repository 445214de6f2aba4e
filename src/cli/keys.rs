//! `sendesk keys`: every key, from the one table; and whether the user's `keys.toml` can be taken.

use super::access::Access;
use super::args::KeysArgs;
use super::out::Out;
use super::stop::Stop;
use super::table::Table;
use crate::app::command::{COMMANDS, Scope};
use crate::app::keymap::Keymap;
use crate::config::Config;
use serde::Serialize;
use std::fmt::Write;

#[derive(Serialize)]
struct KeyJson {
    scope: &'static str,
    command: &'static str,
    keys: Vec<String>,
    title: &'static str,
}

/// Prints the bindings in force, or only what in the user's `keys.toml` cannot be taken.
pub(super) fn run(access: &Access, verb: &KeysArgs, out: &mut Out) -> Result<(), Stop> {
    if verb.markdown {
        out.line(keys_table().trim_end());
        return Ok(());
    }
    let config = Config::load(&access.paths);
    let (keymap, faults) = Keymap::with_user(&config.keys);
    for fault in config.warnings.iter().chain(&faults) {
        out.say(fault);
    }
    if verb.check {
        return if faults.is_empty() && config.warnings.is_empty() {
            Ok(())
        } else {
            Err(Stop::Told)
        };
    }
    let rows = COMMANDS.iter().map(|command| KeyJson {
        scope: command.scope.word(),
        command: command.name,
        keys: keymap.keys_of(command),
        title: command.title,
    });
    if out.json {
        out.value(&rows.collect::<Vec<_>>());
        return Ok(());
    }
    let mut table = Table::new(&["keys", "command", "does"]);
    for row in rows {
        let keys = if row.keys.is_empty() {
            ":".to_owned()
        } else {
            row.keys.join("  ")
        };
        table.push(vec![keys, row.command.to_owned(), row.title.to_owned()]);
    }
    out.table(&table);
    Ok(())
}

/// The key table of README, in Markdown, with the default keys.
pub fn keys_table() -> String {
    let keymap = Keymap::default();
    let mut table = String::new();
    for scope in Scope::ALL {
        let _ = write!(
            table,
            "**{}**\n\n| key | does |\n|---|---|\n",
            scope.title()
        );
        for command in COMMANDS.iter().filter(|command| command.scope == scope) {
            let keys: Vec<String> = keymap
                .keys_of(command)
                .iter()
                .map(|keys| format!("`{}`", escaped(keys)))
                .collect();
            let keys = if keys.is_empty() {
                "`:`".to_owned()
            } else {
                keys.join(" ")
            };
            let _ = writeln!(table, "| {keys} | {} |", command.title);
        }
        table.push('\n');
    }
    table
}

/// A bar would end the cell, and a back quote its code.
fn escaped(keys: &str) -> String {
    keys.replace('|', "\\|").replace('`', "backtick")
}
