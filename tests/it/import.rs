//! Every office file under `tests/data/import` against what is expected of it.
//!
//! The expectation stands beside the file as `NAME.expect`. After a wanted change, `UPDATE=1 cargo test --test it import`
//! writes them anew; read the difference before it is kept. All children are invented.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use chrono::NaiveDate;
use sendesk::domain::batch::plan::plan;
use sendesk::domain::batch::{Batch, Incoming, RowFault, Target};
use sendesk::import::{self, ALL, Options};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn options() -> Options {
    Options {
        map: Vec::new(),
        today: today(),
    }
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import");
    let mut samples: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.extension().is_none_or(|ending| ending != "expect"))
        .collect();
    samples.sort();
    samples
}

fn read(path: &Path) -> Result<Batch, import::Error> {
    let bytes = std::fs::read(path).unwrap();
    import::read(
        &bytes,
        path.file_name().unwrap().to_str().unwrap(),
        &options(),
    )
}

fn tell_fault(fault: &RowFault) -> String {
    format!(
        "{}:{}: {:?}: {}",
        fault.row, fault.column, fault.value, fault.reason
    )
}

fn tell_pupil(pupil: &Incoming) -> String {
    let mut told = format!("{}:", pupil.row);
    let mut field = |target: Target, value: Option<String>| {
        if let Some(value) = value {
            write!(told, " {}={value:?}", target.name()).unwrap();
        }
    };
    field(Target::Upn, pupil.upn.clone());
    field(Target::MisId, pupil.mis_id.clone());
    field(Target::Surname, pupil.surname.clone());
    field(Target::Forename, pupil.forename.clone());
    field(Target::PreferredForename, pupil.preferred_forename.clone());
    field(Target::Dob, pupil.dob.map(|day| day.to_string()));
    field(Target::Sex, pupil.sex.clone());
    field(Target::Year, pupil.year.clone());
    field(Target::Class, pupil.class.clone());
    field(Target::LeftOn, pupil.left_on.map(|day| day.to_string()));
    field(
        Target::Status,
        pupil.status.as_ref().map(|status| status.code.clone()),
    );
    field(
        Target::StatusFrom,
        pupil.status_from.map(|day| day.to_string()),
    );
    let needs: Vec<&str> = pupil.needs.iter().map(|need| need.code.as_str()).collect();
    field(Target::Needs, (!needs.is_empty()).then(|| needs.join(", ")));
    told
}

fn tell(read: &Result<Batch, import::Error>) -> String {
    let batch = match read {
        Err(error) => return format!("refused: {error}\n"),
        Ok(batch) => batch,
    };
    let shape = &batch.shape;
    let mut told = format!(
        "kind: {}\nencoding: {}\ndelimiter: {}\nheader row: {}\nrows: {}\n",
        shape.kind, shape.encoding, shape.delimiter, shape.header_row, batch.rows
    );
    for mapping in &shape.mapping {
        let target = mapping.target.map_or("-".to_owned(), Target::name);
        writeln!(
            told,
            "heading {}: {:?} = {target}",
            mapping.column, mapping.heading
        )
        .unwrap();
    }
    for note in &shape.notes {
        writeln!(told, "note: {note}").unwrap();
    }
    for fault in &batch.rejected {
        writeln!(told, "rejected {}", tell_fault(fault)).unwrap();
    }
    for fault in &batch.flagged {
        writeln!(told, "flagged {}", tell_fault(fault)).unwrap();
    }
    for line in &batch.passed_over {
        writeln!(told, "passed over {}: {:?}", line.row, line.text).unwrap();
    }
    for other in &batch.differences {
        let (row, column) = (other.row, &other.column);
        writeln!(
            told,
            "differs {row}:{column}: {:?}, taken {:?}",
            other.other, other.kept
        )
        .unwrap();
    }
    if batch.already_listed > 0 {
        writeln!(told, "already listed: {}", batch.already_listed).unwrap();
    }
    for pupil in batch.pupils.iter().take(8) {
        writeln!(told, "pupil {}", tell_pupil(pupil)).unwrap();
    }
    told
}

#[test]
fn every_sample_is_read_as_expected() {
    let samples = samples();
    assert!(samples.len() > 40, "the samples are missing");
    let mut wrong = String::new();
    for path in samples {
        let told = tell(&read(&path));
        let mut beside = path.clone().into_os_string();
        beside.push(".expect");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&beside, &told).unwrap();
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        if told != expected {
            let difference = similar::TextDiff::from_lines(&expected, &told);
            let difference = difference.unified_diff().to_string();
            write!(wrong, "{}\n{difference}\n", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_reader_has_a_sample_that_it_alone_claims() {
    for importer in ALL {
        let claimed = samples().iter().any(|path| {
            let bytes = std::fs::read(path).unwrap();
            let claims: Vec<&str> = ALL
                .iter()
                .filter(|other| other.claims(&bytes))
                .map(|other| other.kind())
                .collect();
            claims == [importer.kind()]
        });
        assert!(claimed, "no sample for {}", importer.kind());
    }
}

#[test]
fn every_row_of_every_sample_is_taken_or_told() {
    for path in samples() {
        if let Ok(batch) = read(&path) {
            let rows = batch.rows;
            let pupils = batch.pupils.len();
            let rejected = batch.rejected.len();
            let plan = plan(batch, &[], today());
            assert_eq!((plan.added.len(), plan.rejected.len()), (pupils, rejected));
            let sum: usize = plan.sum().iter().map(|(count, _)| count).sum();
            assert_eq!(sum, rows, "{}", path.display());
            assert!(pupils + rejected > 0, "{}", path.display());
        }
    }
}
