//! A meeting about one child: that child and those around are shown, everybody else's names are hidden.

use super::Veil;

impl Veil {
    /// Hides everybody but the child, by the names of its record, and others by theirs: the people around, the staff. A
    /// name that belongs to one of these may be read also where somebody else has it; beside another name of that
    /// somebody it is hidden, as a brother's is. Nobody's number is told.
    #[must_use]
    pub fn for_meeting<'n>(
        mut self,
        child: [&str; 4],
        others: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        let place = self.shown();
        self.add_child(place, child);
        for name in others {
            let place = self.shown();
            self.add_person(place, name);
        }
        self.meeting = true;
        self
    }

    fn shown(&mut self) -> usize {
        let place = self.called(String::new(), None);
        self.people[place].shown = true;
        place
    }

    /// True while one child is shown.
    pub const fn is_meeting(&self) -> bool {
        self.meeting
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::PupilId;

    fn veil() -> Veil {
        let mut veil = Veil::default();
        for (id, known_as, surname) in [
            (1, "Aisha", "Okafor"),
            (2, "Ben", "Okafor"),
            (3, "Leo", "Kirkham"),
            (4, "Grace", "Smith"),
            (5, "Marco", "de la Vega"),
        ] {
            veil.child(PupilId(id), known_as, surname, known_as, "");
        }
        veil.person("Mrs Grace Okafor");
        veil.person("Mr Tom Kirkham");
        veil.person("Mrs Ana de la Cruz");
        veil.for_meeting(
            ["Aisha", "Okafor", "Aisha", ""],
            ["Mrs Grace Okafor", "Mrs Ana de la Cruz"],
        )
    }

    #[test]
    fn the_child_of_the_meeting_is_shown_and_everybody_else_is_not() {
        let veil = veil();
        assert!(veil.is_meeting());
        for (text, shown) in [
            ("Aisha reads with Leo.", "Aisha reads with L.."),
            ("Aisha Okafor, Leo Kirkham", "Aisha Okafor, L.K."),
            ("Aisha Okafor and Ben Okafor", "Aisha Okafor and B.O."),
            ("Aisha Okafor, Ben came", "Aisha Okafor, B. came"),
            ("Mrs Okafor", "Mrs Okafor"),
            (
                "Mum (Grace) rang about \"the bus\"",
                "Mum (Grace) rang about \"the bus\"",
            ),
            ("Grace Smith was there", "G.S. was there"),
            ("Mrs Ana de la Cruz", "Mrs Ana de la Cruz"),
            ("Marco de la Vega", "M.D."),
            ("Kirkham, Leo hit Aisha", "L.K. hit Aisha"),
        ] {
            assert_eq!(veil.hide(text), shown);
        }
        assert_eq!(veil.whom("Grace Okafor"), "Grace Okafor");
        assert!(!veil.whom("Mr Kirkham").contains("Kirkham"));
    }
}
