//! What is amiss in a record: listed with the place to mend it, never a reason to refuse the office's file.

use super::code::{self, Status};
use super::date;
use super::pupil::Line;
use super::upn;
use super::year::{self, AcademicYear};
use chrono::NaiveDate;

/// Something to mend, and the field of the pupil, status or need it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFault {
    /// The field's name as `set` takes it.
    pub field: &'static str,
    /// A sentence without the child's name.
    pub text: String,
}

fn fault(field: &'static str, text: impl Into<String>) -> DataFault {
    DataFault {
        field,
        text: text.into(),
    }
}

/// Everything amiss in one pupil's line on a day.
pub fn faults(record: &Line, today: NaiveDate) -> Vec<DataFault> {
    let mut found = Vec::new();
    identity_faults(record, today, &mut found);
    sen_faults(record, today, &mut found);
    found
}

fn identity_faults(record: &Line, today: NaiveDate, found: &mut Vec<DataFault>) {
    let pupil = &record.pupil;
    if let Some(text) = pupil
        .upn
        .as_deref()
        .and_then(|number| upn::check(number).fault())
    {
        found.push(fault("upn", format!("UPN: {text}.")));
    }
    for cell in &record.left_out {
        let told = match cell.field.as_str() {
            "upn" if pupil.upn.is_none() => "UPN",
            "dob" if pupil.dob.is_none() => "Date of birth",
            _ => continue,
        };
        let field = if told == "UPN" { "upn" } else { "dob" };
        let text = format!("{told}: the list had \"{}\": {}.", cell.value, cell.reason);
        found.push(fault(field, text));
    }
    match pupil.dob {
        None if found.iter().any(|fault| fault.field == "dob") => {}
        None => found.push(fault("dob", "No date of birth.")),
        Some(dob) if dob > today => {
            found.push(fault("dob", "The date of birth lies in the future."));
        }
        Some(dob) if is_unlikely(dob, today) && !pupil.is_leaver(today) => {
            found.push(fault(
                "dob",
                format!(
                    "The date of birth, {}, cannot be right for a child on roll.",
                    date::medium(dob)
                ),
            ));
        }
        Some(dob) => {
            let now = AcademicYear::of(today);
            if let (Some(usual), Some(is)) = (year::usual_for(dob, now), pupil.year_on(today)) {
                let apart = year::sort_key(usual).abs_diff(year::sort_key(is));
                if apart > 1 && !matches!(is, "X" | "M") {
                    let text = format!(
                        "In {} though the age is usual for {}.",
                        year::spoken(is),
                        year::spoken(usual)
                    );
                    found.push(fault("year", text));
                }
            }
        }
    }
}

/// Years of age that nobody on a school's roll is beyond: an EHC plan ends at 25 (CFA 2014 s.46).
pub const OLDEST: u32 = 25;
/// Years of age below which nobody is on roll.
pub const YOUNGEST: u32 = 2;

/// True for a day on which nobody on roll was born: of year 1, of more than 25 years ago, of less than two.
pub fn is_unlikely(dob: NaiveDate, today: NaiveDate) -> bool {
    dob <= today && date::age_on(dob, today).is_none_or(|age| !(YOUNGEST..=OLDEST).contains(&age))
}

fn sen_faults(line: &Line, today: NaiveDate, found: &mut Vec<DataFault>) {
    let needs = &line.needs;
    match line.status.as_deref() {
        None => found.push(fault("code", "SEN status is not known.")),
        Some(code) => match Status::from_code(code) {
            None => found.push(fault(
                "code",
                format!("\"{code}\" is no SEN status: N, K or E."),
            )),
            Some(status) if status.is_sen() && needs.is_empty() => {
                found.push(fault(
                    "need",
                    format!(
                        "{} without a need (school census: SEN type).",
                        status.label()
                    ),
                ));
            }
            Some(Status::E) if needs.iter().any(|(code, _)| code == "NSA") => {
                found.push(fault(
                    "need",
                    "NSA is for SEN support only (school census: SEN type).",
                ));
            }
            Some(Status::N) if !needs.is_empty() => {
                found.push(fault("need", "A need is recorded though the status is N."));
            }
            Some(_) => {}
        },
    }
    if let (Some(since), Some(born)) = (line.status_since, line.pupil.dob)
        && since < born
    {
        found.push(fault(
            "from",
            "The status starts before the child was born.",
        ));
    }
    if line.status_since.is_some_and(|day| day > today) {
        found.push(fault("from", "The status starts in the future."));
    }
    if !needs.is_empty() && needs.iter().filter(|(_, rank)| *rank == 1).count() != 1 {
        found.push(fault(
            "rank",
            "Exactly one need is ranked 1, the primary need.",
        ));
    }
    for (at, (code, _)) in needs.iter().enumerate() {
        if needs[..at].iter().any(|(other, _)| other == code) {
            found.push(fault("need", format!("{code} is recorded twice.")));
        }
    }
    for (code, _) in needs
        .iter()
        .filter(|(code, _)| code::need_type(code).is_none())
    {
        found.push(fault(
            "need",
            format!("\"{code}\" is in no census list of needs."),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::PupilId;
    use crate::domain::pupil::Pupil;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn line(status: Option<&str>, needs: &[(&str, i64)]) -> Line {
        Line {
            pupil: Pupil {
                upn: Some("B801200005001".into()),
                surname: "Okafor".into(),
                forename: "Aisha".into(),
                dob: Some(day(2016, 10, 3)),
                year: Some("5".into()),
                year_of: Some(AcademicYear(2026)),
                ..Pupil::blank(PupilId(1))
            },
            status: status.map(str::to_owned),
            status_since: None,
            needs: needs
                .iter()
                .map(|(code, rank)| ((*code).to_owned(), *rank))
                .collect(),
            left_out: Vec::new(),
        }
    }

    fn fields(record: &Line) -> Vec<&'static str> {
        faults(record, day(2026, 11, 23))
            .into_iter()
            .map(|fault| fault.field)
            .collect()
    }

    #[test]
    fn a_sound_record_has_nothing_to_mend() {
        assert_eq!(
            fields(&line(Some("K"), &[("SLCN", 1), ("SPLD", 2)])),
            Vec::<&str>::new()
        );
        assert_eq!(fields(&line(Some("N"), &[])), Vec::<&str>::new());
    }

    #[test]
    fn school_census_e_or_k_has_a_need_and_nsa_is_for_k_only() {
        assert_eq!(fields(&line(Some("K"), &[])), ["need"]);
        assert_eq!(fields(&line(Some("E"), &[("NSA", 1)])), ["need"]);
        assert_eq!(fields(&line(Some("K"), &[("NSA", 1)])), Vec::<&str>::new());
    }

    #[test]
    fn what_a_list_had_and_could_not_be_taken_is_told_until_the_field_is_filled() {
        use crate::domain::pupil::LeftOut;
        let mut odd = line(Some("N"), &[]);
        odd.left_out = ["upn", "dob"]
            .map(|field| LeftOut {
                field: field.to_owned(),
                value: "TBC1".to_owned(),
                reason: "is none; left out".to_owned(),
            })
            .into();
        assert_eq!(fields(&odd), Vec::<&str>::new());
        (odd.pupil.upn, odd.pupil.dob) = (None, None);
        assert_eq!(fields(&odd), ["upn", "dob"]);
        let told = faults(&odd, day(2026, 11, 23));
        assert_eq!(
            told[0].text,
            "UPN: the list had \"TBC1\": is none; left out."
        );
    }

    #[test]
    fn rank_1_is_unique() {
        assert_eq!(fields(&line(Some("K"), &[("SLCN", 2)])), ["rank"]);
        assert_eq!(
            fields(&line(Some("K"), &[("SLCN", 1), ("ASD", 1)])),
            ["rank"]
        );
    }

    #[test]
    fn unknown_codes_and_numbers_are_named_with_their_field() {
        let mut odd = line(Some("Q"), &[("FASD", 1)]);
        odd.pupil.upn = Some("A801200005001".into());
        odd.pupil.year = Some("9".into());
        assert_eq!(fields(&odd), ["upn", "year", "code", "need"]);
    }

    #[test]
    fn a_birth_date_that_cannot_be_is_to_be_mended() {
        for (dob, want) in [
            (day(1, 3, 14), true),
            (day(1926, 3, 14), true),
            (day(2000, 11, 23), true),
            (day(2000, 11, 24), false),
            (day(2024, 11, 24), true),
            (day(2024, 11, 23), false),
        ] {
            assert_eq!(is_unlikely(dob, day(2026, 11, 23)), want, "{dob}");
            let mut odd = line(Some("N"), &[]);
            odd.pupil.dob = Some(dob);
            odd.pupil.year = None;
            assert_eq!(fields(&odd).contains(&"dob"), want, "{dob}");
        }
    }

    #[test]
    fn a_status_before_the_birth_and_a_need_recorded_twice_are_to_be_mended() {
        let mut odd = line(Some("K"), &[("SLCN", 1), ("SLCN", 2)]);
        odd.status_since = Some(day(2016, 10, 2));
        assert_eq!(fields(&odd), ["from", "need"]);
    }
}
