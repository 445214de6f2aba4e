//! From keys to actions: the defaults of the command table, overlaid by the user's `keys.toml`.
//!
//! A key is looked up in the scopes in force, innermost first; a prefix waits for its next key.

use super::action::Action;
use super::command::{self, COMMANDS, Command, Scope};
use super::key::{Code, Key};
use crate::config::Binding;
use std::collections::HashMap;

/// What a key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Do this.
    Act(Action),
    /// The first key of a sequence.
    Prefix,
    /// Nothing here.
    Nothing,
}

/// All bindings.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: HashMap<(Scope, Vec<Key>), &'static Command>,
}

/// Keys that reach a terminal program as another key, and so cannot be bound.
const IMPOSSIBLE: &[(char, &str)] = &[
    ('i', "Tab"),
    ('m', "Enter"),
    ('[', "Esc"),
    ('h', "Backspace"),
];

impl Default for Keymap {
    fn default() -> Self {
        let mut bindings = HashMap::new();
        for command in COMMANDS {
            for keys in command.keys {
                if let Ok(sequence) = read_sequence(keys) {
                    bindings.insert((command.scope, sequence), command);
                }
            }
        }
        Self { bindings }
    }
}

impl Keymap {
    /// The defaults with the user's `keys.toml` laid over them, and what in it could not be taken: sentences that
    /// name file and line. A command named there has the keys given there instead of its own; the rest works.
    pub fn with_user(bindings: &[Binding]) -> (Self, Vec<String>) {
        let mut map = Self::default();
        let mut faults = Vec::new();
        let mut seen: HashMap<(Scope, Vec<Key>), &str> = HashMap::new();
        for binding in bindings {
            let place = &binding.place;
            let (command, sequences) = match read_binding(binding) {
                Ok(read) => read,
                Err(fault) => {
                    faults.push(format!("{place}: {fault}"));
                    continue;
                }
            };
            map.bindings.retain(|_, bound| bound.name != command.name);
            for sequence in sequences {
                if let Some(first) = seen.insert((command.scope, sequence.clone()), place) {
                    let keys = show_sequence(&sequence);
                    faults.push(format!("{place}: {keys} is bound already ({first})."));
                } else {
                    map.bindings.insert((command.scope, sequence), command);
                }
            }
        }
        (map, faults)
    }

    /// What keys mean in these scopes, innermost first.
    pub fn look_up(&self, scopes: &[Scope], keys: &[Key]) -> Meaning {
        for scope in scopes {
            if let Some(command) = self.bindings.get(&(*scope, keys.to_vec())) {
                return Meaning::Act(command.action);
            }
            let is_prefix = self.bindings.keys().any(|(at, sequence)| {
                at == scope && sequence.len() > keys.len() && sequence.starts_with(keys)
            });
            if is_prefix {
                return Meaning::Prefix;
            }
        }
        Meaning::Nothing
    }

    /// The keys of a command, the first default first; what help and hints show.
    pub fn keys_of(&self, command: &Command) -> Vec<String> {
        let defaults: Vec<Vec<Key>> = command
            .keys
            .iter()
            .filter_map(|keys| read_sequence(keys).ok())
            .collect();
        let mut found: Vec<&Vec<Key>> = self
            .bindings
            .iter()
            .filter(|((scope, _), bound)| *scope == command.scope && bound.name == command.name)
            .map(|((_, sequence), _)| sequence)
            .collect();
        found.sort_by_key(|sequence| {
            (
                defaults
                    .iter()
                    .position(|one| one == *sequence)
                    .unwrap_or(usize::MAX),
                sequence.len(),
            )
        });
        found
            .into_iter()
            .map(|sequence| show_sequence(sequence))
            .collect()
    }

    /// What may follow a prefix in these scopes: the next key and its command.
    pub fn followers(&self, scopes: &[Scope], prefix: &[Key]) -> Vec<(Key, &'static Command)> {
        let mut found: Vec<(Key, &'static Command)> = self
            .bindings
            .iter()
            .filter(|((scope, sequence), _)| {
                scopes.contains(scope)
                    && sequence.len() > prefix.len()
                    && sequence.starts_with(prefix)
            })
            .map(|((_, sequence), command)| (sequence[prefix.len()], *command))
            .collect();
        let place = |command: &Command| COMMANDS.iter().position(|one| one.name == command.name);
        found.sort_by_key(|(_, command)| place(command));
        found
    }
}

/// A command, by its whole name or by its verb within the section's scope, and the keys it is to have.
fn read_binding(binding: &Binding) -> Result<(&'static Command, Vec<Vec<Key>>), String> {
    if !binding.scope.is_empty()
        && !Scope::ALL
            .into_iter()
            .any(|one| one.word() == binding.scope)
    {
        let all: Vec<_> = Scope::ALL.iter().map(|one| one.word()).collect();
        return Err(format!(
            "[{}] is no place; places are {}.",
            binding.scope,
            all.join(", ")
        ));
    }
    let scope = if binding.scope.is_empty() {
        "global"
    } else {
        &binding.scope
    };
    let whole = format!("{scope}.{}", binding.command);
    let command = command::named(&binding.command)
        .or_else(|| command::named(&whole))
        .ok_or_else(|| format!("there is no command \"{}\".", binding.command))?;
    if !binding.scope.is_empty() && command.scope.word() != binding.scope {
        return Err(format!(
            "{} works in [{}], not in [{}].",
            command.name,
            command.scope.word(),
            binding.scope
        ));
    }
    let mut sequences = Vec::new();
    for keys in &binding.keys {
        let sequence = read_sequence(keys)?;
        if command.scope.is_typing() && sequence.iter().any(Key::is_text) {
            return Err(format!("\"{keys}\" is text in [{}].", command.scope.word()));
        }
        sequences.push(sequence);
    }
    Ok((command, sequences))
}

/// Reads `w 1` as two keys.
///
/// # Errors
/// A sentence, for text that names no key or one no terminal can send.
pub fn read_sequence(keys: &str) -> Result<Vec<Key>, String> {
    let sequence: Vec<Key> = keys
        .split(' ')
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|fault: super::key::NotAKey| fault.to_string())?;
    if sequence.is_empty() {
        return Err("no key is named.".to_owned());
    }
    for key in &sequence {
        let twin = match key.code {
            Code::Char(c) if key.ctrl => IMPOSSIBLE.iter().find(|(letter, _)| *letter == c),
            _ => None,
        };
        if let Some((_, other)) = twin {
            return Err(format!(
                "{key} cannot be bound: terminals send it as {other}."
            ));
        }
    }
    Ok(sequence)
}

/// `w 1`, `Ctrl-L`: a sequence as help shows it.
pub fn show_sequence(sequence: &[Key]) -> String {
    sequence
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::{Global, List};

    fn keys(text: &str) -> Vec<Key> {
        read_sequence(text).unwrap()
    }

    #[test]
    fn no_key_is_bound_twice_in_a_place_and_none_hides_a_sequence() {
        let mut seen: Vec<(Scope, Vec<Key>, &str)> = Vec::new();
        for command in COMMANDS {
            for text in command.keys {
                let sequence = keys(text);
                for (scope, other, name) in &seen {
                    let clash = *scope == command.scope
                        && (other.starts_with(&sequence) || sequence.starts_with(other));
                    assert!(!clash, "{text}: {} and {name}", command.name);
                }
                seen.push((command.scope, sequence, command.name));
            }
        }
    }

    #[test]
    fn every_command_has_a_unique_name_in_its_place_a_title_and_a_way_to_reach_it() {
        for (index, command) in COMMANDS.iter().enumerate() {
            assert!(
                COMMANDS[..index]
                    .iter()
                    .all(|other| other.name != command.name),
                "{} twice",
                command.name
            );
            assert!(
                command
                    .name
                    .starts_with(&format!("{}.", command.scope.word())),
                "{}",
                command.name
            );
            assert!(!command.title.is_empty());
            assert!(
                !command.keys.is_empty() || !command.scope.is_typing(),
                "{}",
                command.name
            );
        }
        let lessons = |place| {
            COMMANDS
                .iter()
                .filter(move |command| command.lesson == place)
        };
        assert!((1..=10).all(|place| (1..=4).contains(&lessons(place).count())));
        assert!(COMMANDS.iter().all(|command| command.lesson <= 10));
    }

    #[test]
    fn inner_places_come_first_and_a_prefix_waits() {
        let map = Keymap::default();
        let scopes = [Scope::Register, Scope::List, Scope::Global];
        assert_eq!(
            map.look_up(&scopes, &keys("j")),
            Meaning::Act(Action::List(List::Down))
        );
        assert_eq!(map.look_up(&scopes, &keys("g")), Meaning::Prefix);
        assert_eq!(
            map.look_up(&scopes, &keys("g g")),
            Meaning::Act(Action::List(List::Top))
        );
        assert_eq!(map.look_up(&scopes, &keys("g z")), Meaning::Nothing);
        assert_eq!(map.look_up(&[Scope::Global], &keys("j")), Meaning::Nothing);
        assert_eq!(
            map.look_up(&scopes, &keys("Ctrl-L")),
            Meaning::Act(Action::Global(Global::Lock))
        );
    }

    fn binding(scope: &str, command: &str, keys: &[&str], line: usize) -> Binding {
        Binding {
            scope: scope.to_owned(),
            command: command.to_owned(),
            keys: keys.iter().map(|keys| (*keys).to_owned()).collect(),
            place: format!("keys.toml, line {line}"),
        }
    }

    #[test]
    fn the_users_keys_take_the_place_of_the_defaults() {
        let (map, faults) = Keymap::with_user(&[
            binding("rows", "mark-all", &["Z", "*"], 2),
            binding("", "global.quit", &["Q"], 1),
        ]);
        assert_eq!(faults, Vec::<String>::new());
        assert!(matches!(
            map.look_up(&[Scope::Rows], &keys("Z")),
            Meaning::Act(_)
        ));
        assert_eq!(
            map.keys_of(command::named("rows.mark-all").unwrap()),
            ["*", "Z"]
        );
        assert_eq!(
            map.look_up(&[Scope::Global], &keys("Q")),
            Meaning::Act(Action::Global(Global::Quit))
        );
    }

    #[test]
    fn what_cannot_be_bound_is_named_with_its_line_and_the_rest_works() {
        let (map, faults) = Keymap::with_user(&[
            binding("global", "help", &["ctrl-i"], 2),
            binding("global", "quit", &["Q"], 3),
            binding("global", "nothing", &["x"], 4),
            binding("nowhere", "b", &["a"], 6),
            binding("form", "save", &["a"], 8),
            binding("global", "menu", &["Q"], 9),
        ]);
        assert!(matches!(
            map.look_up(&[Scope::Global], &keys("Q")),
            Meaning::Act(Action::Global(Global::Quit))
        ));
        assert_eq!(
            faults,
            [
                "keys.toml, line 2: Ctrl-I cannot be bound: terminals send it as Tab.",
                "keys.toml, line 4: there is no command \"nothing\".",
                "keys.toml, line 6: [nowhere] is no place; places are global, panes, list, rows, register, \
                 provision, diary, tasks, day, listing, record, plan, form, picker, field.",
                "keys.toml, line 8: \"a\" is text in [form].",
                "keys.toml, line 9: Q is bound already (keys.toml, line 3).",
            ]
        );
    }
}
