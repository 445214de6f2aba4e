//! Names hidden: what a pen writes instead, and the last look for a name that was written piece by piece.

use super::{Pen, wrap};
use crate::domain::id::PupilId;
use crate::domain::text;
use crate::domain::veil::{self, Veil};
use ratatui::layout::Rect;
use std::borrow::Cow;

impl<'a> Pen<'a> {
    /// The same pen, with these names hidden from now on.
    pub(in crate::ui) fn hiding(mut self, veil: Option<&'a Veil>) -> Self {
        self.veil = veil;
        self
    }

    /// True while names are hidden.
    pub(in crate::ui) fn hides(&self) -> bool {
        self.veil().is_some_and(|veil| !veil.is_meeting())
    }

    /// True while one child is shown to people who look on.
    pub(in crate::ui) fn in_meeting(&self) -> bool {
        self.veil().is_some_and(Veil::is_meeting)
    }

    /// Writes the program's own words as they are: a key's hint is no name, though a child may be called Mark. Only
    /// for words that come from the program's source or the school's own name.
    pub(in crate::ui) fn own<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.owning, true);
        let done = write(self);
        self.owning = before;
        done
    }

    /// The veil in force for what is written now.
    fn veil(&self) -> Option<&'a Veil> {
        self.veil.filter(|_| !self.owning)
    }

    /// A text as it is shown: with the names in it hidden, while they are.
    pub(in crate::ui) fn shown<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.veil() {
            Some(veil) => veil.hide(text),
            None => Cow::Borrowed(text),
        }
    }

    /// A child as a row or place of the child's own shows it: by initials and number while names are hidden, whoever
    /// else is called alike. `names`: what the child goes by, and the surname.
    pub(in crate::ui) fn child(
        &self,
        id: PupilId,
        (known_as, surname): (&str, &str),
        written: String,
    ) -> String {
        if self.hides() {
            veil::child(id, known_as, surname)
        } else {
            written
        }
    }

    /// Another child, on a row of one child's own: its number is not told there.
    pub(in crate::ui) fn other_child(
        &self,
        (known_as, surname): (&str, &str),
        written: String,
    ) -> String {
        if self.hides() {
            text::initials(known_as, surname)
        } else {
            written
        }
    }

    /// Words somebody wrote: while names are hidden, how many.
    pub(in crate::ui) fn words<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.veil() {
            Some(veil) if veil.is_meeting() => veil.hide(text),
            Some(_) => Cow::Owned(veil::length(text)),
            None => Cow::Borrowed(text),
        }
    }

    /// Words for the school alone: how many also in a meeting, where whoever sits beside may read along.
    pub(in crate::ui) fn internal<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.veil() {
            Some(_) => Cow::Owned(veil::length(text)),
            None => Cow::Borrowed(text),
        }
    }

    /// Somebody as written, who may not be on file.
    pub(in crate::ui) fn whom<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.veil() {
            Some(veil) => Cow::Owned(veil.whom(text)),
            None => Cow::Borrowed(text),
        }
    }

    /// A number or address that leads to one person.
    pub(in crate::ui) fn private<'t>(&self, text: &'t str) -> &'t str {
        if self.veil().is_some() && !text.is_empty() {
            "hidden"
        } else {
            text
        }
    }

    /// Lines of at most this many columns, as they are shown.
    pub(in crate::ui) fn wrap(&self, text: &str, width: usize) -> Vec<String> {
        wrap(&self.shown(text), width)
    }

    /// The same of a text that keeps its own line ends.
    pub(in crate::ui) fn wrap_all(&self, text: &str, width: usize) -> Vec<String> {
        let text = self.shown(text);
        text.split('\n')
            .flat_map(|line| wrap(line, width))
            .collect()
    }
}

impl Pen<'_> {
    /// Dots over names that stand on the screen all the same, the program's own words left out.
    pub(super) fn sweep_names(&mut self, veil: &Veil) {
        let area = self.buffer.area;
        let dot = self.theme.glyphs().veil.to_string();
        for y in area.y..area.bottom() {
            let mut text = String::new();
            // Of each byte, the column it stands in.
            let mut places: Vec<u16> = Vec::new();
            for x in area.x..area.right() {
                let symbol = self.buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
                text.push_str(symbol);
                places.resize(text.len(), x);
            }
            for at in veil.found(&text) {
                let (Some(first), Some(last)) = (places.get(at.start), places.get(at.end - 1))
                else {
                    continue;
                };
                let is_own =
                    |place: &Rect| place.y == y && place.x <= *first && *last < place.right();
                if self.own.iter().any(is_own) {
                    continue;
                }
                for x in *first..=*last {
                    if let Some(cell) = self.buffer.cell_mut((x, y)) {
                        cell.set_symbol(&dot);
                    }
                }
            }
        }
    }
}
