//! The national code sets a SENCO works with: SEN status and types of need, and how offices write them.
//!
//! Codes are dated data with a source. A code that is in no set is kept as it was written and flagged:
//! the office's file is never refused for it.

mod need;
mod phrase;
mod status;

pub use need::{Area, NEEDS, NeedReading, NeedType, need_type, read_need, read_needs};

pub use status::read_status;

use super::source::{Source, Standing};
use super::text::fold;

const CENSUS: Source = Source::new(
    "School census guide: SEN provision and SEN type",
    Standing::Guidance,
);

/// SEN provision as the school census has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// No special educational need.
    N,
    /// SEN support.
    K,
    /// Education, health and care plan.
    E,
}

impl Status {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::K, Self::E, Self::N];

    /// The census letter.
    pub const fn code(self) -> &'static str {
        match self {
            Self::N => "N",
            Self::K => "K",
            Self::E => "E",
        }
    }

    /// What the letter means.
    pub const fn label(self) -> &'static str {
        match self {
            Self::N => "No SEN",
            Self::K => "SEN support",
            Self::E => "EHC plan",
        }
    }

    /// The status a stored code means; `None` for one that is in no set.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "N" => Some(Self::N),
            "K" => Some(Self::K),
            "E" => Some(Self::E),
            _ => None,
        }
    }

    /// True for K and E: the child is on the SEN register.
    pub const fn is_sen(self) -> bool {
        matches!(self, Self::K | Self::E)
    }
}

/// A status as an office wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReading {
    /// `N`, `K`, `E`, or the text as written when it is in no set.
    pub code: String,
    /// What to tell the reader: a historic code, or one in no set.
    pub flag: Option<String>,
}

/// Values that say nothing: a blank status is unknown, never N.
pub fn says_nothing(text: &str) -> bool {
    matches!(
        fold(text.trim()).as_str(),
        "" | "-" | "--" | "n/a" | "na" | "null" | "x" | "z" | "unknown" | "not known" | "?"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(cell: &str) -> Vec<String> {
        read_needs(cell)
            .into_iter()
            .map(|reading| reading.code)
            .collect()
    }

    #[test]
    fn a_whole_label_is_one_need() {
        assert_eq!(needs("Speech, Language and Communication Needs"), ["SLCN"]);
        assert_eq!(needs("Speech, language and Communications need"), ["SLCN"]);
        assert_eq!(needs("SPLD - Specific Learning Difficulty"), ["SPLD"]);
        assert_eq!(needs("Multi- Sensory Impairment"), ["MSI"]);
        assert_eq!(needs("Visual Impairment"), ["VI"]);
        assert_eq!(needs("Autism (ASD)"), ["ASD"]);
    }

    #[test]
    fn a_list_in_one_cell_keeps_its_order() {
        assert_eq!(needs("ASD, SLCN; SpLD"), ["ASD", "SLCN", "SPLD"]);
        assert_eq!(needs("1. ASD 2. SLCN"), ["ASD", "SLCN"]);
        assert_eq!(
            needs("Speech, Language and Communication Needs, Autism"),
            ["SLCN", "ASD"]
        );
        assert_eq!(needs("SEMH/ASD|HI\nSEMH"), ["SEMH", "ASD", "HI"]);
    }

    #[test]
    fn an_unknown_need_is_kept_and_besd_became_semh() {
        assert_eq!(needs("FASD"), ["FASD"]);
        assert!(read_needs("FASD")[0].flag.is_some());
        assert_eq!(needs("BESD"), ["SEMH"]);
        assert!(read_needs("BESD")[0].flag.is_some());
        assert_eq!(needs(" - "), Vec::<String>::new());
    }

    #[test]
    fn a_weak_source_says_so() {
        assert_eq!(need_type("DS").map(|need| need.source.sure), Some(false));
    }
}
