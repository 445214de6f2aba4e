//! Which school is meant: asked before anything new is made from the day across schools, and to go to one by its name.

use crate::app::action::Action;
use crate::app::field::Field;
use crate::app::pane::day::Whose;
use crate::app::state::Listed;
use crate::domain::school;
use crate::domain::text::fold;

/// The box as the screen shows it.
#[derive(Debug)]
pub struct SchoolBox {
    /// What is typed.
    pub query: Field,
    /// The schools that fit it; behind them the user's own tasks, where those are meant too.
    pub rows: Vec<Whose>,
    /// The row Enter takes. Nothing is under it before an arrow or a letter: there is no school by default.
    pub cursor: Option<usize>,
    /// What is done there; `None` only goes there.
    pub then: Option<Action>,
    /// What it is asked for.
    pub title: String,
    all: Vec<Listed>,
    /// True where the user's own may be chosen too.
    takes_own: bool,
}

/// What the user's own tasks are called where a school's name stands.
pub const OWN: &str = "Your own, at no school";

impl SchoolBox {
    /// Asks for one of these schools, or for the user's own.
    pub fn open(all: &[Listed], title: String, then: Option<Action>, takes_own: bool) -> Self {
        let mut open = Self {
            query: Field::default(),
            rows: Vec::new(),
            cursor: None,
            then,
            title,
            all: all.to_vec(),
            takes_own,
        };
        open.look();
        open
    }

    /// Narrows the schools to what is typed, by code or name.
    pub fn look(&mut self) {
        let query = fold(self.query.text());
        let words: Vec<&str> = query.split_whitespace().collect();
        let fits = |code: &str, name: &str| {
            let told = fold(&format!("{code} {name}"));
            let starts = |word: &&str| told.split([' ', '\'']).any(|part| part.starts_with(*word));
            words.iter().all(starts)
        };
        let schools = self.all.iter().enumerate();
        let fit = schools.filter(|(_, one)| fits(&one.code, &one.name));
        self.rows = fit.map(|(at, _)| Whose::School(at)).collect();
        if self.takes_own && fits(school::OWN, OWN) {
            self.rows.push(Whose::Mine);
        }
        self.cursor = (!words.is_empty() && self.rows.len() == 1).then_some(0);
    }

    /// The school a digit picks, by its place on the desk; 0 picks the user's own.
    pub fn picked(&self, c: char) -> Option<Whose> {
        let digit = c.to_digit(10).filter(|_| self.query.is_empty())? as usize;
        match digit.checked_sub(1) {
            None => self.takes_own.then_some(Whose::Mine),
            Some(place) => (place < self.all.len()).then_some(Whose::School(place)),
        }
    }

    /// What is under the cursor.
    pub fn current(&self) -> Option<Whose> {
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

    /// The school of a row; none of the user's own.
    pub fn of(&self, whose: Whose) -> Option<&Listed> {
        match whose {
            Whose::School(place) => self.all.get(place),
            Whose::Mine => None,
        }
    }

    /// Which digits pick.
    pub const fn digits(&self) -> &'static str {
        if self.takes_own { "0-9" } else { "1-9" }
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
        let mut open = SchoolBox::open(&all, String::new(), None, false);
        assert_eq!(open.current(), None);
        assert_eq!(
            (open.picked('2'), open.picked('4'), open.picked('0')),
            (Some(Whose::School(1)), None, None)
        );
        open.step(false);
        assert_eq!(open.current(), Some(Whose::School(2)));
        open.query.set("bed");
        open.look();
        assert_eq!(open.current(), Some(Whose::School(1)));
        open.query.set("o");
        open.look();
        assert_eq!(
            (open.rows.as_slice(), open.current()),
            ([Whose::School(0)].as_slice(), Some(Whose::School(0)))
        );
        open.query.set("zz");
        open.look();
        assert_eq!(open.current(), None);
        let mut open = SchoolBox::open(&all, String::new(), None, true);
        assert_eq!(
            (open.picked('0'), open.current()),
            (Some(Whose::Mine), None)
        );
        open.query.set("own");
        open.look();
        assert_eq!(open.current(), Some(Whose::Mine));
    }
}
