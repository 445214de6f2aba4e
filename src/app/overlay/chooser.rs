//! Commands to choose from, narrowed by typing: the palette, the menu of what can be done here, and help.

use crate::app::command::{COMMANDS, Command, Scope};
use crate::app::field::Field;
use crate::app::list::List;
use crate::domain::text::fold;

/// Which box it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Any command by its words.
    Palette,
    /// What can be done here.
    Menu,
    /// Every key, with ten lines to start with.
    Help,
}

/// One row: a command, and why it cannot be run here.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The command.
    pub command: &'static Command,
    /// Why not here; `None` when it can be run.
    pub unfit: Option<&'static str>,
    /// The heading help draws above the row, for the first of a group.
    pub heads: Option<&'static str>,
    /// Commands taught in the same line.
    pub also: [Option<&'static Command>; 3],
}

impl Row {
    /// A row of its own.
    fn of(command: &'static Command, unfit: Option<&'static str>) -> Self {
        Self {
            command,
            unfit,
            heads: None,
            also: [None; 3],
        }
    }

    /// Its commands: one, but for a line that teaches several.
    pub fn commands(&self) -> impl Iterator<Item = &'static Command> {
        std::iter::once(self.command).chain(self.also.into_iter().flatten())
    }
}

/// The box as the screen shows it.
#[derive(Debug)]
pub struct Chooser {
    /// Which box.
    pub purpose: Purpose,
    /// What is typed.
    pub query: Field,
    /// Rows that fit it.
    pub rows: Vec<Row>,
    /// Cursor and page.
    pub list: List,
    scopes: Vec<Scope>,
    has_pupil: bool,
}

impl Chooser {
    /// Opens a box over these scopes, innermost first.
    pub fn open(purpose: Purpose, scopes: &[Scope], has_pupil: bool) -> Self {
        let mut chooser = Self {
            purpose,
            query: Field::default(),
            rows: Vec::new(),
            list: List::default(),
            scopes: scopes.to_vec(),
            has_pupil,
        };
        chooser.look();
        chooser
    }

    fn unfit(&self, command: &Command) -> Option<&'static str> {
        if !self.scopes.contains(&command.scope) {
            return Some(command.scope.place());
        }
        (command.needs_pupil && !self.has_pupil).then_some("needs a pupil under the cursor")
    }

    /// Narrows the rows to what is typed.
    pub fn look(&mut self) {
        let query = fold(self.query.text());
        let words: Vec<&str> = query.split_whitespace().collect();
        let mut found: Vec<(usize, Row)> = COMMANDS
            .iter()
            .filter(|command| self.purpose == Purpose::Help || !command.scope.is_typing())
            .filter_map(|command| {
                let unfit = self.unfit(command);
                if self.purpose == Purpose::Menu && unfit.is_some() {
                    return None;
                }
                fit(command, &words).map(|score| (score, Row::of(command, unfit)))
            })
            .collect();
        if self.purpose == Purpose::Help {
            found = if words.is_empty() {
                self.with_start()
            } else {
                found
            };
            let mut rows: Vec<Row> = found.into_iter().map(|(_, row)| row).collect();
            if !words.is_empty() {
                head(&mut rows);
            }
            self.rows = rows;
        } else {
            found.sort_by_key(|(score, row)| (row.unfit.is_some(), *score));
            self.rows = Vec::with_capacity(found.len());
            for (_, row) in found {
                // A command that two places have stands once, as the one that fits or the first.
                let told = |other: &Row| other.command.title == row.command.title;
                if row.unfit.is_none() || !self.rows.iter().any(told) {
                    self.rows.push(row);
                }
            }
        }
        let height = self.list.page().len().max(1);
        self.list.fit(self.rows.len(), height);
        self.list.go(0);
    }

    /// Help without a query: ten lines to start with, then everything by place.
    fn with_start(&self) -> Vec<(usize, Row)> {
        let row = |command: &'static Command| Row::of(command, self.unfit(command));
        let mut taught: Vec<&Command> = COMMANDS.iter().filter(|one| one.lesson > 0).collect();
        taught.sort_by_key(|command| command.lesson);
        let lines = taught.chunk_by(|one, other| one.lesson == other.lesson);
        let mut first: Vec<Row> = lines
            .filter_map(|line| {
                let (head, rest) = line.split_first()?;
                let also = [0, 1, 2].map(|at| rest.get(at).copied());
                Some(Row { also, ..row(head) })
            })
            .collect();
        if let Some(row) = first.first_mut() {
            row.heads = Some("Start here");
        }
        let mut all: Vec<Row> = COMMANDS.iter().map(row).collect();
        head(&mut all);
        first.into_iter().chain(all).map(|row| (0, row)).collect()
    }

    /// What is typed after a command's own word, for one that takes words: `paper` of `theme paper`.
    pub fn words_after(&self, command: &Command) -> &str {
        let typed = self.query.text().trim();
        match typed.split_once(' ') {
            Some((word, rest)) if command.takes_words && is_word_of(command, &fold(word)) => {
                rest.trim()
            }
            _ => "",
        }
    }

    /// True while words are typed behind a command that takes some.
    pub fn takes_words(&self) -> bool {
        self.rows
            .iter()
            .any(|row| !self.words_after(row.command).is_empty())
    }

    /// The command under the cursor, when it can be run here.
    pub fn current(&self) -> Option<Row> {
        self.list
            .cursor()
            .and_then(|row| self.rows.get(row))
            .copied()
    }
}

/// Marks the first row of each place.
fn head(rows: &mut [Row]) {
    let mut last = None;
    for row in rows {
        if last != Some(row.command.scope) {
            row.heads = Some(row.command.scope.title());
            last = Some(row.command.scope);
        }
    }
}

/// How well a command fits; smaller is better.
fn fit(command: &Command, words: &[&str]) -> Option<usize> {
    if words.is_empty() {
        return Some(0);
    }
    let title = fold(command.title);
    let all = format!(
        "{title} {} {} {}",
        command.words,
        command.name,
        command.keys.join(" ").to_ascii_lowercase()
    );
    let joined = words.join(" ");
    if command.keys.iter().any(|keys| *keys == joined) {
        return Some(0);
    }
    if title.starts_with(&joined) {
        return Some(1);
    }
    let starts = |word: &str| {
        all.split([' ', '.', '-', ','])
            .any(|part| part.starts_with(word))
    };
    if words.iter().all(|word| starts(word)) {
        return Some(2);
    }
    if words.iter().all(|word| all.contains(word)) {
        return Some(3);
    }
    (command.takes_words && is_word_of(command, words[0])).then_some(1)
}

/// True for the word a command's title begins with.
fn is_word_of(command: &Command, word: &str) -> bool {
    let title = fold(command.title);
    title.split([' ', ':']).next() == Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(scopes: &[Scope], has_pupil: bool) -> Vec<Option<&'static str>> {
        let mut chooser = Chooser::open(Purpose::Palette, scopes, has_pupil);
        "new need".chars().for_each(|c| {
            chooser.query.insert(c);
        });
        chooser.look();
        let title = "What happened: a new need";
        let rows = chooser.rows.iter();
        rows.filter(|row| row.command.title == title)
            .map(|row| row.unfit)
            .collect()
    }

    #[test]
    fn words_may_follow_a_command_that_takes_them() {
        let typed = |text: &str| {
            let mut chooser = Chooser::open(Purpose::Palette, &[Scope::Global], false);
            chooser.query.set(text);
            chooser.look();
            let first = chooser.rows.first().copied();
            first.map(|row| {
                let words = chooser.words_after(row.command).to_owned();
                (row.command.name, words)
            })
        };
        let theme = |words: &str| Some(("global.theme", words.to_owned()));
        assert_eq!(typed("theme"), theme(""));
        assert_eq!(typed("Theme  Paper "), theme("Paper"));
        assert_eq!(typed("theme harbour light"), theme("harbour light"));
        assert_eq!(typed("colours"), theme(""));
        assert_eq!(typed("register harbour"), None);
    }

    #[test]
    fn help_starts_with_ten_lines_in_the_order_of_the_work_and_has_each_of_them_again_in_its_place()
    {
        let chooser = Chooser::open(Purpose::Help, &[Scope::Global], false);
        let (taught, rest) = chooser.rows.split_at(10);
        let told = |row: &Row| {
            let keys = row.commands().map(|command| command.keys[0]);
            keys.collect::<Vec<_>>().join(" ")
        };
        let keys: Vec<String> = taught.iter().map(told).collect();
        assert_eq!(
            keys,
            ["1 2 3 4", "f", "c p", "t", "x", ">", "/", "u", ":", "?"]
        );
        assert_eq!(taught[0].heads, Some("Start here"));
        assert_eq!(rest.len(), COMMANDS.len());
    }

    #[test]
    fn a_command_that_two_places_have_stands_once_in_the_palette() {
        assert_eq!(titled(&[Scope::Register, Scope::Global], true), [None]);
        assert_eq!(titled(&[Scope::Record, Scope::Global], true), [None]);
        let elsewhere = titled(&[Scope::Global], false);
        assert_eq!(elsewhere.len(), 1);
        assert!(elsewhere[0].is_some());
    }
}
