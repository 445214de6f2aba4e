//! A meeting about one child: that child and those around are shown, everybody else's names are hidden.

use super::{Veil, parts, units};
use crate::domain::text::fold;

impl Veil {
    /// Hides everybody but those called like this: the child, the people around, the staff. A brother or sister is
    /// hidden by the first name alone, since the surname is the child's too.
    #[must_use]
    pub fn for_meeting<'n>(mut self, shown: impl IntoIterator<Item = &'n str>) -> Self {
        for name in shown {
            for unit in units(name) {
                for part in std::iter::once(unit.text).chain(parts(unit.text)) {
                    let word = fold(part);
                    self.words.remove(&word);
                    self.small.remove(&word);
                }
            }
        }
        self.meeting = true;
        self
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

    #[test]
    fn the_child_of_the_meeting_is_shown_and_everybody_else_is_not() {
        let mut veil = Veil::default();
        veil.child(PupilId(1), "Aisha", "Okafor", &[]);
        veil.child(PupilId(2), "Ben", "Okafor", &[]);
        veil.child(PupilId(3), "Leo", "Kirkham", &[]);
        veil.person("Mrs Grace Okafor");
        veil.person("Mr Tom Kirkham");
        let veil = veil.for_meeting(["Aisha", "Okafor", "Mrs Grace Okafor"]);
        assert!(veil.is_meeting());
        for (text, shown) in [
            ("Aisha reads with Leo.", "Aisha reads with L.K. p3."),
            (
                "Aisha Okafor and Ben Okafor",
                "Aisha Okafor and B.O. p2 Okafor",
            ),
            (
                "Mum (Grace) rang about \"the bus\"",
                "Mum (Grace) rang about \"the bus\"",
            ),
            ("Kirkham, Leo hit Aisha", "L.K. p3 hit Aisha"),
        ] {
            assert_eq!(veil.hide(text), shown);
        }
        assert_eq!(veil.whom("Grace Okafor"), "Grace Okafor");
        assert!(!veil.whom("Mr Kirkham").contains("Kirkham"));
    }
}
