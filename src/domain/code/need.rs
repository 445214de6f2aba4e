//! Types of need: the census' list, and what offices write for one or several in a cell.

mod read;

use super::CENSUS;
use crate::domain::source::{Source, Standing};
use chrono::NaiveDate;
pub use read::{NeedReading, read_need, read_needs};

/// The four areas of the Code of Practice (6.28 to 6.35). Which area a census type counts to is practice, not law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// Communication and interaction (6.28).
    Communication,
    /// Cognition and learning (6.30).
    Cognition,
    /// Social, emotional and mental health (6.32).
    SocialEmotional,
    /// Sensory and/or physical (6.34).
    SensoryPhysical,
    /// In none of the four.
    None,
}

impl Area {
    /// The four, in the order of the Code of Practice.
    pub const ALL: [Self; 4] = [
        Self::Communication,
        Self::Cognition,
        Self::SocialEmotional,
        Self::SensoryPhysical,
    ];

    /// The name the Code of Practice gives it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Communication => "Communication and interaction",
            Self::Cognition => "Cognition and learning",
            Self::SocialEmotional => "Social, emotional and mental health",
            Self::SensoryPhysical => "Sensory and/or physical",
            Self::None => "",
        }
    }

    /// The area an abbreviation means: `C&L`, `cl`.
    pub fn from_short(text: &str) -> Option<Self> {
        let letters = |text: &str| -> String {
            let kept = text.chars().filter(|c| c.is_alphanumeric());
            kept.flat_map(char::to_lowercase).collect()
        };
        let wanted = letters(text);
        Self::ALL
            .into_iter()
            .find(|area| letters(area.short()) == wanted)
    }

    /// The abbreviation used in lists.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Communication => "C&I",
            Self::Cognition => "C&L",
            Self::SocialEmotional => "SEMH",
            Self::SensoryPhysical => "S&P",
            Self::None => "",
        }
    }
}

/// A census type of need.
#[derive(Debug, Clone, Copy)]
pub struct NeedType {
    /// The census code.
    pub code: &'static str,
    /// What it means.
    pub label: &'static str,
    /// The Code of Practice area most local authorities count it to.
    pub area: Area,
    /// Label and other spellings met in real files, as `read` compares words: singular, without joining words.
    pub also: &'static [&'static str],
    /// Where the code comes from.
    pub source: Source,
}

const fn need(
    code: &'static str,
    label: &'static str,
    area: Area,
    also: &'static [&'static str],
) -> NeedType {
    NeedType {
        code,
        label,
        area,
        also,
        source: CENSUS,
    }
}

const DS_SOURCE: Source = Source {
    authority: "School census guide 2024/25: Down syndrome as a SEN type",
    standing: Standing::Guidance,
    from: NaiveDate::from_ymd_opt(2024, 9, 1),
    to: None,
    sure: false,
};

/// Every type of need of the census, in the order they are offered.
pub const NEEDS: &[NeedType] = &[
    need(
        "SPLD",
        "Specific learning difficulty",
        Area::Cognition,
        &[
            "specific learning difficulty",
            "specific learning",
            "dyslexia",
            "dyslexic",
            "sp ld",
        ],
    ),
    need(
        "MLD",
        "Moderate learning difficulty",
        Area::Cognition,
        &["moderate learning difficulty", "moderate learning"],
    ),
    need(
        "SLD",
        "Severe learning difficulty",
        Area::Cognition,
        &["severe learning difficulty", "severe learning"],
    ),
    need(
        "PMLD",
        "Profound and multiple learning difficulty",
        Area::Cognition,
        &[
            "profound multiple learning difficulty",
            "profound multiple",
            "profound multiple learning",
        ],
    ),
    need(
        "SEMH",
        "Social, emotional and mental health",
        Area::SocialEmotional,
        &[
            "social emotional mental health",
            "social emotional mental health need",
            "social emotional",
            "emotional mental health",
            "mental health",
        ],
    ),
    need(
        "SLCN",
        "Speech, language and communication needs",
        Area::Communication,
        &[
            "speech language communication need",
            "speech language communication",
            "speech language",
            "speech",
            "language",
            "communication",
            "communication need",
            "slc",
        ],
    ),
    need(
        "ASD",
        "Autistic spectrum disorder",
        Area::Communication,
        &[
            "autistic spectrum disorder",
            "autistic spectrum condition",
            "autism spectrum disorder",
            "autism spectrum condition",
            "autistic spectrum",
            "autism spectrum",
            "autism",
            "autistic",
            "asc",
            "aut",
        ],
    ),
    need(
        "HI",
        "Hearing impairment",
        Area::SensoryPhysical,
        &["hearing impairment", "hearing impaired", "hearing"],
    ),
    need(
        "VI",
        "Vision impairment",
        Area::SensoryPhysical,
        &[
            "vision impairment",
            "vision impaired",
            "visual impairment",
            "visually impaired",
            "visual",
            "vision",
        ],
    ),
    need(
        "MSI",
        "Multi-sensory impairment",
        Area::SensoryPhysical,
        &[
            "multi sensory impairment",
            "multisensory impairment",
            "multi sensory",
            "multisensory",
        ],
    ),
    need(
        "PD",
        "Physical disability",
        Area::SensoryPhysical,
        &["physical disability", "physically disabled", "physical"],
    ),
    NeedType {
        code: "DS",
        label: "Down syndrome",
        area: Area::None,
        also: &["down syndrome"],
        source: DS_SOURCE,
    },
    need(
        "OTH",
        "Other difficulty or disability",
        Area::None,
        &[
            "other",
            "other difficulty disability",
            "other difficulty or disability",
            "other difficulty",
        ],
    ),
    need(
        "NSA",
        "SEN support but no specialist assessment of type of need",
        Area::None,
        &[
            "no specialist assessment",
            "no specialist assessment of type of need",
            "sen support but no specialist assessment",
            "sen support but no specialist assessment of type of need",
        ],
    ),
];

/// The type of need a stored code means; `None` for one that is in no set.
pub fn need_type(code: &str) -> Option<&'static NeedType> {
    NEEDS.iter().find(|need| need.code == code)
}
