//! Which school is meant: asked before anything new is made from the day across schools, and to go to one by its name.

use crate::app::action::Action;
use crate::app::field::Field;
use crate::app::state::Listed;
use crate::domain::text::fold;

/// The box as the screen shows it.
#[derive(Debug)]
pub struct SchoolBox {
    /// What is typed.
    pub query: Field,
    /// Places of the schools that fit it.
    pub rows: Vec<usize>,
    /// The row Enter takes. Nothing is under it before an arrow or a letter: there is no school by default.
    pub cursor: Option<usize>,
    /// What is done there; `None` only goes there.
    pub then: Option<Action>,
    /// What it is asked for.
    pub title: String,
    all: Vec<Listed>,
}

impl SchoolBox {
    /// Asks for one of these schools.
    pub fn open(all: &[Listed], title: String, then: Option<Action>) -> Self {
        Self {
            query: Field::default(),
            rows: (0..all.len()).collect(),
            cursor: None,
            then,
            title,
            all: all.to_vec(),
        }
    }

    /// Narrows the schools to what is typed, by code or name.
    pub fn look(&mut self) {
        let query = fold(self.query.text());
        let words: Vec<&str> = query.split_whitespace().collect();
        let fits = |at: &usize| {
            let told = fold(&format!("{} {}", self.all[*at].code, self.all[*at].name));
            let starts = |word: &&str| told.split([' ', '\'']).any(|part| part.starts_with(*word));
            words.iter().all(starts)
        };
        self.rows = (0..self.all.len()).filter(fits).collect();
        self.cursor = (!words.is_empty() && self.rows.len() == 1).then_some(0);
    }

    /// The school a digit picks: its place on the desk.
    pub fn picked(&self, c: char) -> Option<usize> {
        let digit = c.to_digit(10).filter(|digit| *digit > 0)? as usize;
        let place = digit - 1;
        (self.query.is_empty() && place < self.all.len()).then_some(place)
    }

    /// The school under the cursor.
    pub fn current(&self) -> Option<usize> {
        self.rows.get(self.cursor?).copied()
    }

    /// Moves the cursor.
    pub fn step(&mut self, down: bool) {
        let last = self.rows.len().saturating_sub(1);
        self.cursor = (!self.rows.is_empty()).then(|| match (self.cursor, down) {
            (None, true) => 0,
            (None, false) => last,
            (Some(at), true) => (at + 1).min(last),
            (Some(at), false) => at.saturating_sub(1),
        });
    }

    /// A school of the box.
    pub fn school(&self, place: usize) -> Option<&Listed> {
        self.all.get(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_school_is_taken_by_default_and_a_digit_or_a_name_picks_one() {
        let all = [
            ("OAK", "Oakfield Primary"),
            ("STB", "St Bede's"),
            ("HLM", "Holme Lane"),
        ];
        let all = all.map(|(code, name)| Listed {
            code: code.to_owned(),
            name: name.to_owned(),
        });
        let mut open = SchoolBox::open(&all, String::new(), None);
        assert_eq!(open.current(), None);
        assert_eq!(
            (open.picked('2'), open.picked('4'), open.picked('0')),
            (Some(1), None, None)
        );
        open.step(false);
        assert_eq!(open.current(), Some(2));
        open.query.set("bed");
        open.look();
        assert_eq!(open.current(), Some(1));
        open.query.set("o");
        open.look();
        assert_eq!(
            (open.rows.as_slice(), open.current()),
            ([0].as_slice(), Some(0))
        );
        open.query.set("zz");
        open.look();
        assert_eq!(open.current(), None);
    }
}
