//! Which fields may name or describe somebody: what is typed there is not seen while names are hidden.

use super::{Entry, Field};

impl Field {
    /// True where what is typed may name or describe somebody: it is not shown while names are hidden.
    pub fn is_personal(&self) -> bool {
        match self.entry {
            Entry::Words(_)
            | Entry::Lines(_)
            | Entry::Offered(..)
            | Entry::With
            | Entry::Relationship
            | Entry::Upn
            | Entry::Pupil
            | Entry::Pupils
            | Entry::Staff
            | Entry::ProvisionType => true,
            Entry::Date(_) => self.name == "dob",
            Entry::ContactKind
            | Entry::Visibility
            | Entry::YesNo
            | Entry::Happened
            | Entry::Due
            | Entry::Choice(_)
            | Entry::Status
            | Entry::Need
            | Entry::Year
            | Entry::Whole(..)
            | Entry::Contact
            | Entry::Length
            | Entry::Week
            | Entry::Pence
            | Entry::Hours
            | Entry::Area
            | Entry::Provision => false,
        }
    }

    /// True where the reading of what is typed is a name on file, and not the words themselves.
    pub fn reads_name(&self) -> bool {
        matches!(
            self.entry,
            Entry::Pupil | Entry::Pupils | Entry::Staff | Entry::ProvisionType
        )
    }
}
