//! Needs as offices write them: one or several in a cell, by code, by label or by both, with ranks and remarks.

use super::NEEDS;
use crate::domain::code::phrase::{Gap, Word, longest, words};
use crate::domain::code::says_nothing;
use crate::domain::text::{clean, fold};
use std::borrow::Cow;

/// A need as an office wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedReading {
    /// A census code, or the text as written when it is in no set.
    pub code: String,
    /// What to tell the reader.
    pub flag: Option<String>,
}

/// What a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// A census code.
    Is(&'static str),
    /// One that ended, taken as another, and why.
    Was(&'static str, &'static str),
    /// No need, where it stands alone.
    NoNeed,
    /// An area of the Code of Practice (6.28 to 6.34): beside a type it says nothing more, alone it is no type.
    Area,
    /// A place in the order.
    Rank(u32),
    /// Says nothing beside a need.
    Filler,
}

use Sense::{Area, Filler, Is, NoNeed, Rank, Was};

const BESD: Sense = Was(
    "SEMH",
    "replaced by SEMH in 2014/15 (Code of Practice 2015); taken as SEMH",
);
const ASPERGER: Sense = Was(
    "ASD",
    "counted to autistic spectrum disorder by the census; taken as ASD",
);

/// Phrases that are no census label, in words as they are compared.
const PHRASES: &[(&str, Sense)] = &[
    ("besd", BESD),
    ("ebd", BESD),
    ("behaviour emotional social difficulty", BESD),
    ("behavioural emotional social difficulty", BESD),
    ("asperger", ASPERGER),
    ("asperger syndrome", ASPERGER),
    ("none", NoNeed),
    ("no", NoNeed),
    ("nil", NoNeed),
    ("no need", NoNeed),
    ("no sen", NoNeed),
    ("no send", NoNeed),
    ("no sen need", NoNeed),
    ("not sen", NoNeed),
    ("no special educational need", NoNeed),
    ("not applicable", NoNeed),
    ("not specified", NoNeed),
    ("none specified", NoNeed),
    ("unspecified", NoNeed),
    ("not recorded", NoNeed),
    ("none recorded", NoNeed),
    ("no need recorded", NoNeed),
    ("no need specified", NoNeed),
    ("not known", NoNeed),
    ("unknown", NoNeed),
    ("n a", NoNeed),
    ("na", NoNeed),
    ("cognition learning", Area),
    ("communication interaction", Area),
    ("sensory physical", Area),
    ("physical sensory", Area),
    ("sensory or physical", Area),
    ("c i", Area),
    ("c l", Area),
    ("s p", Area),
    ("then", Filler),
    ("primary", Rank(1)),
    ("main", Rank(1)),
    ("secondary", Rank(2)),
    ("tertiary", Rank(3)),
    ("1", Rank(1)),
    ("2", Rank(2)),
    ("3", Rank(3)),
    ("4", Rank(4)),
    ("5", Rank(5)),
    ("6", Rank(6)),
    ("7", Rank(7)),
    ("8", Rank(8)),
    ("9", Rank(9)),
    ("1st", Rank(1)),
    ("2nd", Rank(2)),
    ("3rd", Rank(3)),
    ("need", Filler),
    ("difficulty", Filler),
    ("disorder", Filler),
    ("condition", Filler),
    ("impairment", Filler),
    ("type", Filler),
    ("area", Filler),
    ("sen", Filler),
    ("send", Filler),
    ("diagnosis", Filler),
    ("rank", Filler),
    ("priority", Filler),
    ("with", Filler),
    ("of", Filler),
];

/// A word as needs are compared: in the singular.
fn singular(word: &str) -> Cow<'_, str> {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return Cow::Owned(format!("{stem}y"));
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with('s') && !stem.ends_with("si") => {
            Cow::Borrowed(stem)
        }
        _ => Cow::Borrowed(word),
    }
}

/// The phrase that stands at a place, longest first, and the place after it.
fn sense_at(words: &[Word], at: usize) -> Option<(usize, Sense)> {
    let same = |word: &str, wanted: &str| singular(word) == wanted;
    let by_label = NEEDS
        .iter()
        .flat_map(|need| need.also.iter().map(move |label| (*label, &need.code)));
    let label = longest(words, at, by_label, same).map(|(end, code)| (end, Is(code)));
    let word = &words[at].text;
    let code = NEEDS
        .iter()
        .find(|need| fold(need.code) == *word)
        .map(|need| (at + 1, Is(need.code)));
    let other = longest(
        words,
        at,
        PHRASES.iter().map(|(phrase, sense)| (*phrase, sense)),
        same,
    )
    .map(|(end, sense)| (end, *sense));
    // A label wins over a code, and both over a word of the same length that says less.
    [label, code, other]
        .into_iter()
        .flatten()
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
}

/// One stretch of a cell between the signs of a list.
#[derive(Default)]
struct Entry {
    needs: Vec<Sense>,
    rank: Option<u32>,
    /// First and last byte of the words that are in no phrase.
    left: Option<(usize, usize)>,
    /// First and last byte of all words but ranks.
    whole: Option<(usize, usize)>,
    /// Names an area.
    area: bool,
    /// Says that there is no need.
    empty: bool,
}

fn widen(range: &mut Option<(usize, usize)>, start: usize, end: usize) {
    *range = Some(range.map_or((start, end), |(first, _)| (first, end)));
}

/// Cuts the words of a cell into entries: at signs of a list between phrases, and at ranks that stand first.
fn entries(words: &[Word]) -> Vec<Entry> {
    let mut entries = vec![Entry::default()];
    let (mut at, mut ranks_lead) = (0, None);
    while at < words.len() {
        let hit = sense_at(words, at);
        let (end, sense) = hit.map_or((at + 1, None), |(end, sense)| (end, Some(sense)));
        let (start, last) = (words[at].start, words[end - 1].end);
        let joins = words[at].joins() && sense.is_none();
        let cuts = words[at].gap == Gap::List || joins;
        let rank = match sense {
            Some(Rank(rank)) => Some(rank),
            _ => None,
        };
        if rank.is_some() {
            ranks_lead.get_or_insert_with(|| entries.iter().all(|entry| entry.needs.is_empty()));
        }
        let begun = entries
            .last()
            .is_some_and(|entry| entry.whole.is_some() || entry.empty);
        if begun && (cuts || (rank.is_some() && ranks_lead == Some(true))) {
            entries.push(Entry::default());
        }
        let Some(entry) = entries.last_mut() else {
            break;
        };
        match sense {
            Some(Rank(rank)) => entry.rank = Some(rank),
            _ if joins => {}
            Some(NoNeed) => {
                entry.empty = true;
                widen(&mut entry.left, start, last);
                widen(&mut entry.whole, start, last);
            }
            Some(Area) => {
                entry.area = true;
                widen(&mut entry.whole, start, last);
            }
            Some(Filler) => widen(&mut entry.whole, start, last),
            Some(need) => {
                entry.needs.push(need);
                widen(&mut entry.whole, start, last);
            }
            None => {
                entry.empty = false;
                widen(&mut entry.left, start, last);
                widen(&mut entry.whole, start, last);
            }
        }
        at = end;
    }
    entries
}

/// Reads a cell that may hold a list of needs, first need first: the whole cell against codes and labels, the longest
/// winning, so that "Speech, Language and Communication Needs" is one need wherever it stands. What is in no list stays
/// as written where it is an entry of its own, and is told where it stands beside a need.
pub fn read_needs(cell: &str) -> Vec<NeedReading> {
    if says_nothing(cell) {
        return Vec::new();
    }
    let words = words(cell);
    let mut entries = entries(&words);
    if entries.iter().any(|entry| entry.rank.is_some()) {
        entries.sort_by_key(|entry| entry.rank.unwrap_or(u32::MAX));
    }
    let mut found: Vec<NeedReading> = Vec::new();
    let mut empty = false;
    for entry in &entries {
        for reading in read_entry(cell, entry) {
            match found.iter_mut().find(|known| known.code == reading.code) {
                Some(known) => known.flag = known.flag.take().or(reading.flag),
                None => found.push(reading),
            }
        }
        empty |= entry.empty;
    }
    if found.is_empty() && !empty {
        found.push(unknown(cell));
    }
    found
}

fn read_entry(cell: &str, entry: &Entry) -> Vec<NeedReading> {
    let mut readings: Vec<NeedReading> = Vec::new();
    for sense in &entry.needs {
        let (code, flag) = match sense {
            Is(code) => (*code, None),
            Was(code, why) => (*code, Some((*why).to_owned())),
            _ => continue,
        };
        readings.push(NeedReading {
            code: code.to_owned(),
            flag,
        });
    }
    match (readings.last_mut(), entry.left, entry.whole) {
        (Some(last), Some((start, end)), _) => {
            let beside = clean(&cell[start..end]);
            last.flag
                .get_or_insert_with(|| format!("\"{beside}\" beside it is not taken"));
        }
        (None, None, Some((start, end))) if entry.area => readings.push(NeedReading {
            code: clean(&cell[start..end]),
            flag: Some(
                "an area of need (Code of Practice 6.28 to 6.34), no type of the census".to_owned(),
            ),
        }),
        (None, Some(_), Some((start, end))) if !entry.empty => {
            readings.push(unknown(&cell[start..end]));
        }
        _ => {}
    }
    readings
}

fn unknown(text: &str) -> NeedReading {
    NeedReading {
        code: clean(text),
        flag: Some("in no census list of needs".to_owned()),
    }
}

/// Reads one need; `None` when it says nothing. Several are kept as they are written.
pub fn read_need(text: &str) -> Option<NeedReading> {
    let mut found = read_needs(text);
    match found.len() {
        0 => None,
        1 => found.pop(),
        _ => Some(unknown(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(cell: &str) -> Vec<String> {
        let readings = read_needs(cell).into_iter();
        readings.map(|reading| reading.code).collect()
    }

    #[test]
    fn spellings_are_written_as_they_are_compared() {
        let labels = NEEDS.iter().flat_map(|need| need.also);
        for phrase in labels.chain(PHRASES.iter().map(|(phrase, _)| phrase)) {
            for word in phrase.split(' ') {
                assert_eq!(singular(word), word, "{phrase}");
                assert!(!["and", "plus", "&"].contains(&word), "{phrase}");
            }
        }
        for need in NEEDS {
            assert_eq!(needs(need.label), [need.code], "{}", need.label);
            assert_eq!(needs(need.code), [need.code]);
        }
    }

    #[test]
    fn a_list_in_one_cell_keeps_every_need() {
        for (cell, want) in [
            ("SLCN (1), SEMH (2)", "SLCN SEMH"),
            ("SEMH (2), SLCN (1)", "SLCN SEMH"),
            (
                "ASD - Autistic Spectrum Disorder, SLCN - Speech, Language and Communication Needs",
                "ASD SLCN",
            ),
            ("Primary: SEMH, Secondary: Vision Impairment", "SEMH VI"),
            ("Secondary: SEMH; Primary: VI", "VI SEMH"),
            ("1: ASD; 2: SLCN", "ASD SLCN"),
            ("2) ASD 1) SLCN", "SLCN ASD"),
            ("ASD & SLCN", "ASD SLCN"),
            ("ASD and SLCN and PD", "ASD SLCN PD"),
            ("ASD+SLCN", "ASD SLCN"),
            ("ASD SLCN", "ASD SLCN"),
            ("ASD\nSpeech, Language and\nCommunication Needs", "ASD SLCN"),
            ("SEMH(1);MLD(2)", "SEMH MLD"),
            ("Hearing and vision impairment", "HI VI"),
            ("SpLD (Dyslexia)", "SPLD"),
            ("Autism, None", "ASD"),
            ("Down's Syndrome", "DS"),
            ("Cognition and learning - MLD", "MLD"),
            ("C&I: ASD", "ASD"),
            ("SEMH, then MLD", "SEMH MLD"),
            ("Communication & Interaction", "Communication & Interaction"),
            ("Sensory/Physical", "Sensory/Physical"),
        ] {
            assert_eq!(needs(cell).join(" "), want, "{cell}");
        }
    }

    #[test]
    fn what_is_in_no_list_is_kept_alone_and_told_beside_a_need() {
        assert_eq!(needs("ASD, FASD"), ["ASD", "FASD"]);
        assert_eq!(needs("ASD (Primary), ADHD (Secondary)"), ["ASD", "ADHD"]);
        assert_eq!(
            needs("Attachment difficulties"),
            ["Attachment difficulties"]
        );
        let told = read_needs("ASD: diagnosed 2021; MLD");
        assert_eq!(
            told[0].flag.as_deref(),
            Some("\"diagnosed 2021\" beside it is not taken")
        );
        assert_eq!((told[1].code.as_str(), &told[1].flag), ("MLD", &None));
        assert_eq!(needs("No diagnosis yet"), ["No diagnosis yet"]);
        assert_eq!(needs("7"), ["7"]);
    }

    #[test]
    fn no_need_is_no_need() {
        for cell in [
            "None",
            "Not Applicable",
            "Not specified",
            "No SEN",
            "N/A",
            "-",
            "no special educational needs",
            "None, None",
        ] {
            assert_eq!(needs(cell), Vec::<String>::new(), "{cell}");
        }
    }
}
