//! Types of need: the census' list, and what offices write for one or several in a cell.

use super::{CENSUS, leading_code, says_nothing};
use crate::domain::source::{Source, Standing};
use crate::domain::text::{clean, fold};
use chrono::NaiveDate;

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
    /// Other spellings met in real files, folded.
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
        &["specific learning difficulties", "dyslexia", "sp ld"],
    ),
    need(
        "MLD",
        "Moderate learning difficulty",
        Area::Cognition,
        &["moderate learning difficulties"],
    ),
    need(
        "SLD",
        "Severe learning difficulty",
        Area::Cognition,
        &["severe learning difficulties"],
    ),
    need(
        "PMLD",
        "Profound and multiple learning difficulty",
        Area::Cognition,
        &[
            "profound & multiple learning difficulty",
            "profound and multiple learning difficulties",
            "profound & multiple learning difficulties",
            "profound & multiple",
        ],
    ),
    need(
        "SEMH",
        "Social, emotional and mental health",
        Area::SocialEmotional,
        &[
            "social emotional and mental health",
            "social, emotional & mental health",
            "social, emotional and mental health needs",
        ],
    ),
    need(
        "SLCN",
        "Speech, language and communication needs",
        Area::Communication,
        &[
            "speech, language and communications needs",
            "speech, language and communication need",
            "speech, language and communications need",
            "speech language and communication needs",
            "speech, language & communication needs",
        ],
    ),
    need(
        "ASD",
        "Autistic spectrum disorder",
        Area::Communication,
        &[
            "autism",
            "asc",
            "aut",
            "autistic spectrum condition",
            "autism spectrum disorder",
            "autism spectrum condition",
        ],
    ),
    need(
        "HI",
        "Hearing impairment",
        Area::SensoryPhysical,
        &["hearing"],
    ),
    need(
        "VI",
        "Vision impairment",
        Area::SensoryPhysical,
        &["visual impairment", "vision"],
    ),
    need(
        "MSI",
        "Multi-sensory impairment",
        Area::SensoryPhysical,
        &[
            "multi- sensory impairment",
            "multi sensory impairment",
            "multisensory impairment",
        ],
    ),
    need(
        "PD",
        "Physical disability",
        Area::SensoryPhysical,
        &["physical"],
    ),
    NeedType {
        code: "DS",
        label: "Down syndrome",
        area: Area::None,
        also: &["down's syndrome", "downs syndrome"],
        source: DS_SOURCE,
    },
    need(
        "OTH",
        "Other difficulty or disability",
        Area::None,
        &[
            "other",
            "other difficulty/disability",
            "other difficulty / disability",
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
        ],
    ),
];

/// The type of need a stored code means; `None` for one that is in no set.
pub fn need_type(code: &str) -> Option<&'static NeedType> {
    NEEDS.iter().find(|need| need.code == code)
}

/// A need as an office wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedReading {
    /// A census code, or the text as written when it is in no set.
    pub code: String,
    /// What to tell the reader.
    pub flag: Option<String>,
}

/// Reads one need; `None` when it says nothing.
pub fn read_need(text: &str) -> Option<NeedReading> {
    if says_nothing(text) {
        return None;
    }
    let folded = fold(text.trim());
    if let Some(code) = known_need(&folded) {
        return Some(NeedReading {
            code: code.to_owned(),
            flag: None,
        });
    }
    if matches!(
        folded.as_str(),
        "besd" | "ebd" | "behaviour, emotional and social difficulties"
    ) {
        let flag = "replaced by SEMH in 2014/15 (Code of Practice 2015); taken as SEMH".to_owned();
        return Some(NeedReading {
            code: "SEMH".to_owned(),
            flag: Some(flag),
        });
    }
    Some(NeedReading {
        code: clean(text),
        flag: Some("in no census list of needs".to_owned()),
    })
}

fn known_need(folded: &str) -> Option<&'static str> {
    let named = |text: &str| {
        NEEDS
            .iter()
            .find(|need| {
                fold(need.code) == text || fold(need.label) == text || need.also.contains(&text)
            })
            .map(|need| need.code)
    };
    let before = leading_code(folded);
    named(folded).or_else(|| named(before)).or_else(|| {
        // `Autism (ASD)`: the code in brackets at the end.
        let inside = folded.strip_suffix(')')?.rsplit_once('(')?.1;
        named(inside.trim())
    })
}

/// Reads a cell that may hold a list of needs, first need first. A whole cell that is one label is one need:
/// "Speech, Language and Communication Needs" is not three.
pub fn read_needs(cell: &str) -> Vec<NeedReading> {
    if says_nothing(cell) {
        return Vec::new();
    }
    if known_need(&fold(cell.trim())).is_some() {
        return read_need(cell).into_iter().collect();
    }
    let mut found: Vec<NeedReading> = Vec::new();
    for part in split_list(cell) {
        let part = part
            .trim()
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start_matches(['.', ')', ':']);
        if let Some(reading) = read_need(part.trim())
            && !found.iter().any(|earlier| earlier.code == reading.code)
        {
            found.push(reading);
        }
    }
    found
}

/// Splits at `; / | newline`, at `, ` between parts, and before numbers such as `2.`; commas inside a known label stay.
fn split_list(cell: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for chunk in cell.split([';', '/', '|', '\n']) {
        parts.extend(
            split_numbered(chunk)
                .into_iter()
                .flat_map(|piece| split_commas(&piece)),
        );
    }
    parts
}

fn split_numbered(chunk: &str) -> Vec<String> {
    let mut pieces: Vec<String> = vec![String::new()];
    let mut start_of_word = true;
    let chars: Vec<char> = chunk.chars().collect();
    for (index, c) in chars.iter().enumerate() {
        let numbered = start_of_word
            && c.is_ascii_digit()
            && chars
                .get(index + 1)
                .is_some_and(|next| matches!(next, '.' | ')' | ':'));
        if numbered {
            pieces.push(String::new());
        }
        if let Some(last) = pieces.last_mut() {
            last.push(*c);
        }
        start_of_word = c.is_whitespace();
    }
    pieces
        .into_iter()
        .filter(|piece| !piece.trim().is_empty())
        .collect()
}

fn split_commas(piece: &str) -> Vec<String> {
    let words: Vec<&str> = piece.split(',').collect();
    let mut parts = Vec::new();
    let mut index = 0;
    while index < words.len() {
        // The longest run of comma parts that is one known label wins.
        let run = (index + 1..=words.len())
            .rev()
            .find(|end| known_need(&fold(words[index..*end].join(",").trim())).is_some())
            .unwrap_or(index + 1);
        parts.push(words[index..run].join(","));
        index = run;
    }
    parts
}
