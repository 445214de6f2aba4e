//! The national code sets a SENCO works with: SEN status and types of need, and how offices write them.
//!
//! Codes are dated data with a source. A code that is in no set is kept as it was written and flagged:
//! the office's file is never refused for it.

mod need;

pub use need::{Area, NEEDS, NeedReading, NeedType, need_type, read_need, read_needs};

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

/// Historic codes: taken when a file holds them, never offered.
const HISTORIC: &[(&str, Status, &str)] = &[
    ("a", Status::K, "School Action"),
    ("sa", Status::K, "School Action"),
    ("school action", Status::K, "School Action"),
    ("early years action", Status::K, "Early Years Action"),
    ("p", Status::K, "School Action Plus"),
    ("sa+", Status::K, "School Action Plus"),
    ("sap", Status::K, "School Action Plus"),
    ("school action plus", Status::K, "School Action Plus"),
    ("school action +", Status::K, "School Action Plus"),
    (
        "early years action plus",
        Status::K,
        "Early Years Action Plus",
    ),
    ("s", Status::E, "Statement"),
    ("statement", Status::E, "Statement"),
    ("statemented", Status::E, "Statement"),
    ("statement of sen", Status::E, "Statement"),
];

const CURRENT: &[(&str, Status)] = &[
    ("n", Status::N),
    ("no", Status::N),
    ("none", Status::N),
    ("no sen", Status::N),
    ("0", Status::N),
    ("no special educational need", Status::N),
    ("no special educational needs", Status::N),
    ("no identified sen", Status::N),
    ("k", Status::K),
    ("sen support", Status::K),
    ("send support", Status::K),
    ("support", Status::K),
    ("sen support / sen without an ehc plan", Status::K),
    ("sen without an ehc plan", Status::K),
    ("e", Status::E),
    ("ehc", Status::E),
    ("ehcp", Status::E),
    ("ehc plan", Status::E),
    ("education, health and care plan", Status::E),
    ("education health and care plan", Status::E),
    ("education, health and care (ehc) plan", Status::E),
];

/// Values that say nothing: a blank status is unknown, never N.
pub fn says_nothing(text: &str) -> bool {
    matches!(
        fold(text.trim()).as_str(),
        "" | "-" | "--" | "n/a" | "na" | "null" | "x" | "z" | "unknown" | "not known" | "?"
    )
}

/// Reads a status cell; `None` when it says nothing. Combined forms such as `K - SEN Support` are read whole.
pub fn read_status(text: &str) -> Option<StatusReading> {
    if says_nothing(text) {
        return None;
    }
    let folded = fold(text.trim());
    let parts = [
        folded.as_str(),
        leading_code(&folded),
        folded.trim_end_matches('.'),
    ];
    for part in parts {
        if let Some((_, status)) = CURRENT.iter().find(|(word, _)| *word == part) {
            return Some(StatusReading {
                code: status.code().to_owned(),
                flag: None,
            });
        }
        if let Some((_, status, label)) = HISTORIC.iter().find(|(word, _, _)| *word == part) {
            let flag = format!(
                "{label} ended in 2014/15 (Code of Practice 2015); taken as {} ({})",
                status.code(),
                status.label()
            );
            return Some(StatusReading {
                code: status.code().to_owned(),
                flag: Some(flag),
            });
        }
    }
    Some(StatusReading {
        code: super::text::clean(text),
        flag: Some("no SEN status code, counted as not known".to_owned()),
    })
}

/// The part before ` - `, `:` or `(`, for cells such as `K - SEN Support`.
fn leading_code(text: &str) -> &str {
    let end = [" - ", " – ", ":", " ("]
        .iter()
        .filter_map(|mark| text.find(mark))
        .min();
    end.map_or(text, |end| text[..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(text: &str) -> Option<(String, bool)> {
        read_status(text).map(|reading| (reading.code, reading.flag.is_some()))
    }

    #[test]
    fn census_statuses_and_what_offices_write_for_them() {
        for (text, want) in [
            ("N", "N"),
            ("No SEN", "N"),
            ("No Special Educational Need", "N"),
            ("0", "N"),
            ("k", "K"),
            ("SEN Support", "K"),
            ("K - SEN Support", "K"),
            ("SEN support / SEN without an EHC plan", "K"),
            ("E", "E"),
            ("EHCP", "E"),
            ("Education, Health and Care Plan", "E"),
            ("E (EHC plan)", "E"),
        ] {
            assert_eq!(status(text), Some((want.to_owned(), false)), "{text}");
        }
    }

    #[test]
    fn code_of_practice_2015_historic_codes_are_taken_and_flagged() {
        for (text, want) in [
            ("A", "K"),
            ("SA", "K"),
            ("SA+", "K"),
            ("P", "K"),
            ("S", "E"),
            ("Statement", "E"),
        ] {
            assert_eq!(status(text), Some((want.to_owned(), true)), "{text}");
        }
    }

    #[test]
    fn a_blank_status_is_not_known_and_never_n() {
        for text in ["", " ", "-", "N/A", "NULL", "x", "z"] {
            assert_eq!(status(text), None, "{text}");
        }
    }

    #[test]
    fn an_unknown_status_is_kept_as_written_and_flagged() {
        assert_eq!(status("Monitoring"), Some(("Monitoring".to_owned(), true)));
    }

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
