//! Themes to choose from, narrowed by typing: the one under the cursor is the one the screen is drawn in.

use crate::app::action::List as Move;
use crate::app::field::Field;
use crate::app::layout::{self, Areas, Width};
use crate::app::list::List;
use crate::domain::text::fold;
use ratatui::layout::Rect;

/// A theme there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// The ground it is for, whose it is, and how much of it could not be taken.
    pub about: String,
    /// What could not be taken or cannot be read, by file and line: said once, when it comes into force.
    pub notes: Vec<String>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The name to keep; `None` leaves the theme to the settings.
    pub name: Option<String>,
    /// What the row shows as.
    pub theme: String,
    /// More about it.
    pub about: String,
}

impl Row {
    /// Its word in the list.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or("auto")
    }
}

/// The box as the screen shows it.
#[derive(Debug)]
pub struct ThemeBox {
    /// What is typed.
    pub query: Field,
    /// Rows that fit it.
    pub rows: Vec<Row>,
    /// Cursor and page.
    pub list: List,
    /// True where no colour is shown, whatever the theme.
    pub colourless: bool,
    all: Vec<Row>,
}

impl ThemeBox {
    /// All themes, with the cursor on the one kept; `settled` is the theme the settings give.
    pub fn open(themes: &[Entry], kept: Option<&str>, settled: &str, colourless: bool) -> Self {
        let auto = Row {
            name: None,
            theme: settled.to_owned(),
            about: format!("{settled}, by your settings"),
        };
        let named = themes.iter().map(|entry| Row {
            name: Some(entry.name.clone()),
            theme: entry.name.clone(),
            about: entry.about.clone(),
        });
        let mut open = Self {
            query: Field::default(),
            rows: Vec::new(),
            list: List::default(),
            colourless,
            all: std::iter::once(auto).chain(named).collect(),
        };
        open.look();
        let at = open.rows.iter().position(|row| row.name.as_deref() == kept);
        open.list.go(at.unwrap_or(0));
        open
    }

    /// Narrows the rows to what is typed; the cursor stays on its theme while that fits.
    pub fn look(&mut self) {
        let under = self.current().cloned();
        let query = fold(self.query.text());
        let words: Vec<&str> = query.split_whitespace().collect();
        let fits = |row: &&Row| {
            let told = fold(&format!("{} {}", row.title(), row.about));
            words.iter().all(|word| told.contains(word))
        };
        self.rows = self.all.iter().filter(fits).cloned().collect();
        // A name that begins as it is typed comes before words about other themes.
        self.rows
            .sort_by_key(|row| !query.is_empty() && !fold(row.title()).starts_with(&query));
        self.list
            .fit(self.rows.len(), self.list.page().len().max(1));
        let at = if query.is_empty() {
            self.rows.iter().position(|row| Some(row) == under.as_ref())
        } else {
            None
        };
        self.list.go(at.unwrap_or(0));
    }

    /// Moves the cursor.
    pub fn step(&mut self, down: bool) {
        self.list.step(if down { Move::Down } else { Move::Up });
    }

    /// The row under the cursor.
    pub fn current(&self) -> Option<&Row> {
        self.list.cursor().and_then(|at| self.rows.get(at))
    }

    /// Where it stands: at the right, so that the rows it changes are seen beside it.
    pub fn area(&self, areas: &Areas) -> Rect {
        let lines = self.all.len() as u16 + 2 + HEAD + self.foot();
        let area = layout::over(areas, 46, lines);
        let frame = areas.body;
        if areas.width == Width::Tiny || area.width >= frame.width {
            return area;
        }
        Rect {
            x: frame.right().saturating_sub(area.width),
            ..area
        }
    }

    /// Fits the list to the box.
    pub fn fit(&mut self, areas: &Areas) {
        let lines = layout::inner_lines(self.area(areas));
        let taken = usize::from(HEAD + self.foot());
        self.list
            .fit(self.rows.len(), lines.saturating_sub(taken).max(1));
    }

    /// Lines under the rows: a rule, the sample, and why there are no colours.
    pub fn foot(&self) -> u16 {
        if self.colourless { 5 } else { 2 }
    }
}

/// Lines over the rows: what is typed, a rule.
pub const HEAD: u16 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<Entry> {
        [
            ("harbour", "light, yours"),
            ("mono", "dark or light"),
            ("paper", "light"),
            ("slate", "dark"),
        ]
        .map(|(name, about)| Entry {
            name: name.to_owned(),
            about: about.to_owned(),
            notes: Vec::new(),
        })
        .to_vec()
    }

    fn shown(open: &ThemeBox) -> Vec<&str> {
        open.rows.iter().map(Row::title).collect()
    }

    #[test]
    fn the_cursor_begins_on_the_theme_kept_or_on_the_settings() {
        let open = ThemeBox::open(&names(), Some("paper"), "slate", false);
        assert_eq!(open.current().map(Row::title), Some("paper"));
        for kept in [None, Some("gone")] {
            let open = ThemeBox::open(&names(), kept, "slate", false);
            let row = open.current().unwrap();
            assert_eq!((row.title(), row.theme.as_str()), ("auto", "slate"));
        }
    }

    #[test]
    fn typing_narrows_by_name_first_then_by_what_it_is() {
        let mut open = ThemeBox::open(&names(), Some("slate"), "slate", false);
        open.query.set("li");
        open.look();
        assert_eq!(shown(&open), ["harbour", "mono", "paper"]);
        open.query.set("s");
        open.look();
        assert_eq!(shown(&open)[0], "slate");
        open.query.set("zz");
        open.look();
        assert_eq!(open.current(), None);
        open.query.set("");
        open.look();
        assert_eq!(open.rows.len(), 5);
    }
}
