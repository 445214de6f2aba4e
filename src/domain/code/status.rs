//! SEN status as offices write it: the code, the label, or both in any punctuation.

use super::phrase::{Gap, Word, longest, words};
use super::{Status, StatusReading, says_nothing};

/// What a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// A status of today.
    Is(Status),
    /// One that ended: taken as this one, with its name.
    Was(Status, &'static str),
    /// Says nothing by itself beside a status.
    Filler,
}

use Sense::{Filler, Is, Was};
use Status::{E, K, N};

const ACTION: Sense = Was(K, "School Action");
const ACTION_PLUS: Sense = Was(K, "School Action Plus");
const STATEMENT: Sense = Was(E, "Statement");

/// Phrases in words, the longest that stands winning. A single letter counts only where a code can stand.
const PHRASES: &[(&str, Sense)] = &[
    ("n", Is(N)),
    ("none", Is(N)),
    ("nil", Is(N)),
    ("no sen", Is(N)),
    ("no send", Is(N)),
    ("non sen", Is(N)),
    ("non send", Is(N)),
    ("not sen", Is(N)),
    ("not send", Is(N)),
    ("not on register", Is(N)),
    ("not on sen register", Is(N)),
    ("not on send register", Is(N)),
    ("not on the sen register", Is(N)),
    ("not on the send register", Is(N)),
    ("no sen provision", Is(N)),
    ("no special educational need", Is(N)),
    ("no special educational needs", Is(N)),
    ("no special education need", Is(N)),
    ("no special education needs", Is(N)),
    ("no special needs", Is(N)),
    ("no special provision", Is(N)),
    ("no identified sen", Is(N)),
    ("no identified send", Is(N)),
    ("no identified special educational needs", Is(N)),
    ("k", Is(K)),
    ("sens", Is(K)),
    ("sen support", Is(K)),
    ("sen support plan", Is(K)),
    ("send support", Is(K)),
    ("send support plan", Is(K)),
    ("sen school support", Is(K)),
    ("school support", Is(K)),
    ("support", Is(K)),
    ("special educational needs support", Is(K)),
    ("special educational need support", Is(K)),
    ("special needs support", Is(K)),
    ("sen without an ehc plan", Is(K)),
    ("sen without an ehcp", Is(K)),
    ("sen without ehcp", Is(K)),
    ("e", Is(E)),
    ("ehc", Is(E)),
    ("ehcp", Is(E)),
    ("ehcplan", Is(E)),
    ("ehc plan", Is(E)),
    ("education health care", Is(E)),
    ("education health care plan", Is(E)),
    ("education health care ehc plan", Is(E)),
    ("education health care plans", Is(E)),
    ("health care plan ehcp", Is(E)),
    ("a", ACTION),
    ("sa", ACTION),
    ("school action", ACTION),
    ("early years action", Was(K, "Early Years Action")),
    ("p", ACTION_PLUS),
    ("sa plus", ACTION_PLUS),
    ("sap", ACTION_PLUS),
    ("school action plus", ACTION_PLUS),
    ("early years action plus", Was(K, "Early Years Action Plus")),
    ("s", STATEMENT),
    ("statement", STATEMENT),
    ("statemented", STATEMENT),
    ("statement of sen", STATEMENT),
    ("statement of special educational needs", STATEMENT),
    // A plan that is not there is no status; beside one it takes nothing away.
    ("no ehcp", Filler),
    ("no ehc plan", Filler),
    ("without ehcp", Filler),
    ("without ehc plan", Filler),
    ("without an ehcp", Filler),
    ("without an ehc plan", Filler),
    ("not ehcp", Filler),
    ("has", Filler),
    ("have", Filler),
    ("with", Filler),
    ("an", Filler),
    ("the", Filler),
    ("on", Filler),
    ("at", Filler),
    ("in place", Filler),
    ("final", Filler),
    ("finalised", Filler),
    ("issued", Filler),
    ("current", Filler),
    ("active", Filler),
    ("yes", Filler),
    ("sen", Filler),
    ("send", Filler),
    ("code", Filler),
    ("stage", Filler),
    ("status", Filler),
    ("level", Filler),
    ("register", Filler),
    ("pupil", Filler),
    ("child", Filler),
];

/// What the words of a cell say.
#[derive(Default)]
struct Said {
    /// Statuses in the order they stand, each once.
    found: Vec<Sense>,
    /// Words that are in no phrase.
    left: Vec<String>,
    /// The first word is a code of today, and a sign parts it from what follows.
    leads: bool,
}

fn status_of(sense: Sense) -> Option<Status> {
    match sense {
        Is(status) | Was(status, _) => Some(status),
        Filler => None,
    }
}

/// Reads a status cell; `None` when it says nothing. Code and label together (`K - SEN Support`, `SEN Support (K)`) are
/// one status. Words beside a leading code are told; without one they leave it unknown.
pub fn read_status(text: &str) -> Option<StatusReading> {
    if says_nothing(text) {
        return None;
    }
    if matches!(text.trim(), "0" | "no" | "No" | "NO") {
        return Some(plain(N));
    }
    let said = scan(&words(text));
    let statuses: Vec<Status> = said
        .found
        .iter()
        .filter_map(|sense| status_of(*sense))
        .collect();
    let one = statuses.windows(2).all(|pair| pair[0] == pair[1]);
    match statuses.first() {
        Some(status) if one && said.left.is_empty() => Some(StatusReading {
            code: status.code().to_owned(),
            flag: said.found.iter().find_map(|sense| ended(*sense)),
        }),
        Some(status) if said.leads => Some(StatusReading {
            code: status.code().to_owned(),
            flag: Some(format!(
                "taken as {} ({}); what stands beside it is not",
                status.code(),
                status.label()
            )),
        }),
        _ => Some(StatusReading {
            code: crate::domain::text::clean(text),
            flag: Some("no SEN status code, counted as not known".to_owned()),
        }),
    }
}

fn plain(status: Status) -> StatusReading {
    StatusReading {
        code: status.code().to_owned(),
        flag: None,
    }
}

fn ended(sense: Sense) -> Option<String> {
    let Was(status, label) = sense else {
        return None;
    };
    Some(format!(
        "{label} ended in 2014/15 (Code of Practice 2015); taken as {} ({})",
        status.code(),
        status.label()
    ))
}

fn scan(words: &[Word]) -> Said {
    let mut said = Said::default();
    let mut at = 0;
    while at < words.len() {
        let table = PHRASES.iter().map(|(phrase, sense)| (*phrase, sense));
        let hit = longest(words, at, table, |one, other| one == other);
        // A letter inside a sentence is no code: "Range A", "Plan K needed".
        let hit = hit.filter(|(end, sense)| {
            words[at].text.len() > 1
                || *end > at + 1
                || **sense == Filler
                || at == 0
                || at + 1 == words.len()
        });
        let Some((end, sense)) = hit else {
            if !words[at].joins() {
                said.left.push(words[at].text.clone());
            }
            at += 1;
            continue;
        };
        if *sense != Filler {
            let code = matches!(words[at].text.as_str(), "k" | "e" | "n");
            let apart = words.get(1).is_none_or(|next| next.gap > Gap::Blank);
            said.leads |= at == 0 && code && apart;
            said.found.push(*sense);
        }
        at = end;
    }
    said
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
            ("Not SEN", "N"),
            ("No Special Educational Need", "N"),
            ("N - No Special Educational Need", "N"),
            ("N No Special Educational Need", "N"),
            ("0", "N"),
            ("None", "N"),
            ("k", "K"),
            ("SEN Support", "K"),
            ("SEN Support Plan", "K"),
            ("Special Educational Needs Support", "K"),
            ("SENS", "K"),
            ("K - SEN Support", "K"),
            ("K: SEN Support", "K"),
            ("K = SEN Support", "K"),
            ("K \u{2014} SEN support", "K"),
            ("K SEN Support", "K"),
            ("SEN Support (K)", "K"),
            ("SEN K", "K"),
            ("SEN support (no EHCP)", "K"),
            ("SEN support / SEN without an EHC plan", "K"),
            ("E", "E"),
            ("E*", "E"),
            ("EHCP", "E"),
            ("EHCPlan", "E"),
            ("Has EHCP", "E"),
            ("EHCP in place", "E"),
            ("Education, Health and Care Plan", "E"),
            ("Education, Health & Care Plan", "E"),
            ("Education, Health and Care (EHC) Plan", "E"),
            ("E (EHC plan)", "E"),
        ] {
            assert_eq!(status(text), Some((want.to_owned(), false)), "{text}");
        }
    }

    #[test]
    fn code_of_practice_2015_historic_codes_are_taken_and_flagged() {
        for (text, want) in [
            ("A", "K"),
            ("A - School Action", "K"),
            ("SA", "K"),
            ("SA+", "K"),
            ("School Action +", "K"),
            ("P", "K"),
            ("P - School Action Plus", "K"),
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
    fn a_plan_that_is_not_there_yet_is_never_a_plan() {
        for text in [
            "Monitoring",
            "Cause for concern",
            "EHCNA requested",
            "EHCP requested",
            "Awaiting EHCP",
            "EHCP declined",
            "No EHCP",
            "Range A",
            "SEN support to EHCP",
        ] {
            assert_eq!(status(text), Some((text.to_owned(), true)), "{text}");
        }
    }

    #[test]
    fn words_beside_a_leading_code_are_told() {
        for text in [
            "K - EHCNA requested",
            "K (monitoring)",
            "K, EHCP applied for",
        ] {
            assert_eq!(status(text), Some(("K".to_owned(), true)), "{text}");
        }
    }
}
