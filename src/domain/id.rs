//! Numbers that name a row, one type per kind, so that a pupil is never taken for a task.
//!
//! Shown and typed with the kind's letter (`p12`). A row's number is never used again.

use std::fmt;
use std::str::FromStr;

/// Text that is no id of the kind wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not {wanted}: write it as {letter}12.")]
pub struct NotAnId {
    /// What was typed.
    pub text: String,
    /// The kind wanted, with its article.
    pub wanted: &'static str,
    /// The letter ids of that kind begin with.
    pub letter: char,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal, $wanted:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// The letter this kind is shown with.
            pub const LETTER: char = $letter;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $letter, self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            /// Takes `p12`, `P12` and, the kind being known, a bare `12`.
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let trimmed = text.trim();
                let digits = trimmed
                    .strip_prefix($letter)
                    .or_else(|| trimmed.strip_prefix($letter.to_ascii_uppercase()))
                    .unwrap_or(trimmed);
                match digits.parse::<i64>() {
                    Ok(number) if number > 0 && digits.bytes().all(|b| b.is_ascii_digit()) => {
                        Ok(Self(number))
                    }
                    _ => Err(NotAnId { text: text.to_owned(), wanted: $wanted, letter: $letter }),
                }
            }
        }
    };
}

id!(
    /// A pupil: `p12`.
    PupilId, 'p', "a pupil's id"
);
id!(
    /// A period of SEN status: `s3`.
    StatusId, 's', "a status id"
);
id!(
    /// A need: `n7`.
    NeedId, 'n', "a need's id"
);
id!(
    /// A contact in the liaison diary: `c7`.
    ContactId, 'c', "a contact's id"
);
id!(
    /// An amendment or a strike of a contact: `d2`.
    AmendmentId, 'd', "an amendment's id"
);
id!(
    /// A task: `t45`.
    TaskId, 't', "a task's id"
);
id!(
    /// A person as one child's: `a3`. Two children may share the person behind it.
    PersonId, 'a', "a person's id"
);
id!(
    /// A term or half-term: `m1`.
    TermId, 'm', "a term's id"
);
id!(
    /// A day the school is closed: `z4`.
    ClosureId, 'z', "a closure's id"
);
id!(
    /// A member of staff who runs provision: `w2`.
    StaffId, 'w', "a staff id"
);
id!(
    /// An hourly rate from a day on: `r5`.
    RateId, 'r', "a rate's id"
);
id!(
    /// A type of provision: `y3`.
    ProvisionTypeId, 'y', "a provision type's id"
);
id!(
    /// A run of provision: `v8`.
    ProvisionId, 'v', "a provision's id"
);
id!(
    /// A child in a run of provision: `b14`.
    MemberId, 'b', "a member's id"
);
id!(
    /// A session held or missed: `h90`.
    SessionId, 'h', "a session's id"
);
id!(
    /// The hours of a week: `u6`.
    HoursId, 'u', "an hours id"
);
id!(
    /// A step of the journal: `j40`.
    StepId, 'j', "a step's id"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_prints() {
        assert_eq!(PupilId(12).to_string(), "p12");
        assert_eq!("p12".parse(), Ok(PupilId(12)));
        assert_eq!(" P12 ".parse(), Ok(PupilId(12)));
        assert_eq!("12".parse(), Ok(PupilId(12)));
    }

    #[test]
    fn another_kinds_id_is_refused() {
        for text in ["t12", "p", "", "p-1", "p0", "p1x", "+5"] {
            assert!(text.parse::<PupilId>().is_err(), "{text}");
        }
    }
}
