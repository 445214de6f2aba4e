//! Whole files, quirk by quirk: what is taken, flagged, rejected and told.

use super::*;
use crate::domain::batch::{Incoming, RowFault};
use crate::domain::upn;
use proptest::prelude::*;

fn options(map: &[(&str, &str)]) -> Options {
    Options {
        map: map
            .iter()
            .map(|(heading, target)| ((*heading).to_owned(), (*target).to_owned()))
            .collect(),
        today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
    }
}

fn take(text: &str) -> Batch {
    read(text.as_bytes(), "office.csv", &options(&[])).unwrap()
}

fn only(text: &str) -> Incoming {
    let batch = take(text);
    assert_eq!((batch.pupils.len(), batch.rejected.len()), (1, 0), "{text}");
    batch.pupils.into_iter().next().unwrap()
}

fn faults(faults: &[RowFault]) -> Vec<(usize, &str, &str)> {
    faults
        .iter()
        .map(|fault| (fault.row, fault.column.as_str(), fault.value.as_str()))
        .collect()
}

fn status(text: &str) -> Option<String> {
    only(text).status.map(|reading| reading.code)
}

fn codes(pupil: &Incoming) -> String {
    let codes: Vec<&str> = pupil.needs.iter().map(|need| need.code.as_str()).collect();
    codes.join(" ")
}

#[test]
fn a_row_with_nothing_but_a_date_of_birth_is_rejected_and_no_title() {
    for text in [
        "Surname,Forename,DOB\n,,01/02/2016\nOkafor,Ada,02/03/2016\n",
        "DOB,Surname,Forename\n01/02/2016,,\n02/03/2016,Okafor,Ada\n",
        "Surname,Forename,Year\n,,Year 4\nOkafor,Ada,Year 4\n",
    ] {
        let batch = take(text);
        assert_eq!((batch.rows, batch.pupils.len()), (2, 1), "{text}");
        assert_eq!(faults(&batch.rejected), [(2, "", "")], "{text}");
    }
}

#[test]
fn a_child_is_never_left_out_for_a_bad_cell() {
    let batch = take(
        "Surname,Forename,DOB,UPN,Year\n,,01/02/2016,,3\nOkafor,Ada,31/02/2016,,3\nMoss,Ben,01/02/2027,,3\n\
         Hale,Cy,01/02/2016,B801200005001,3\nRowe,Di,03/02/2015,B801200005001,3\nLone,,30/12/1899,TBC1,\n,Solo,14/03/0016,0,\n\
         Tate,Ed,14/03/1961,,\nWebb,Flo,21/11/2026,,\n",
    );
    assert_eq!(faults(&batch.rejected), [(2, "", "")]);
    assert_eq!(
        faults(&batch.flagged),
        [
            (3, "DOB", "31/02/2016"),
            (4, "DOB", "01/02/2027"),
            (5, "UPN", "B801200005001"),
            (6, "UPN", "B801200005001"),
            (7, "UPN", "TBC1"),
            (7, "DOB", "30/12/1899"),
            (8, "UPN", "0"),
            (8, "DOB", "14/03/0016"),
            (9, "DOB", "14/03/1961"),
            (10, "DOB", "21/11/2026"),
        ]
    );
    assert_eq!((batch.rows, batch.pupils.len()), (9, 8));
    let bare = |pupil: &Incoming| pupil.upn.is_none();
    assert!(batch.pupils.iter().all(bare));
    assert_eq!(batch.pupils[5].forename.as_deref(), Some("Solo"));
}

#[test]
fn what_is_odd_is_kept_and_flagged() {
    let batch = take(
        "Surname,Forename,UPN,Year,SEN Status,Primary Need,DOB\n\
         Okafor,Ada,A801200005001,5,K,ASD,01/02/2016\n\
         Moss,Ben,B80120000500,5,Monitoring,FASD,soon\n\
         Hale\u{202e},Cy,,4B,SA+,BESD,\n",
    );
    assert_eq!(
        faults(&batch.flagged),
        [
            (2, "UPN", "A801200005001"),
            (3, "UPN", "B80120000500"),
            (3, "SEN Status", "Monitoring"),
            (3, "Primary Need", "FASD"),
            (3, "DOB", "soon"),
            (4, "Surname", "Hale"),
            (4, "Year", "4B"),
            (4, "SEN Status", "SA+"),
            (4, "Primary Need", "BESD"),
        ]
    );
    assert_eq!(batch.pupils[0].upn.as_deref(), Some("A801200005001"));
    assert_eq!(batch.pupils[2].surname.as_deref(), Some("Hale"));
    assert_eq!(batch.pupils[1].status.as_ref().unwrap().code, "Monitoring");
    assert_eq!(batch.pupils[2].year.as_deref(), Some("4B"));
}

#[test]
fn names_are_kept_as_given() {
    let pupil = only("Surname,Forename\nO\u{2019}Brien-M\u{fc}ller,Zo\u{eb}\n");
    assert_eq!(pupil.surname.as_deref(), Some("O\u{2019}Brien-M\u{fc}ller"));
    assert_eq!(pupil.forename.as_deref(), Some("Zo\u{eb}"));
    assert_eq!(
        only("Surname,Forename\n=cmd,+1\n").surname.as_deref(),
        Some("=cmd")
    );
    let loud = take("Surname,Forename\nOKAFOR,ADA\nMOSS,BEN\nHALE,CY\n");
    assert_eq!(loud.pupils[0].surname.as_deref(), Some("OKAFOR"));
    assert!(loud.shape.notes[0].contains("capitals"));
}

#[test]
fn a_preferred_forename_alone_is_a_forename() {
    let pupil = only("Preferred Surname,Preferred Forename\nOkafor,Ada\n");
    assert_eq!(pupil.forename, pupil.preferred_forename);
    assert_eq!(pupil.surname.as_deref(), Some("Okafor"));
}

#[test]
fn a_name_beside_a_surname_is_the_forename() {
    let pupil = only("Surname,Name,DOB\nOkafor,Ada,01/02/2016\n");
    assert_eq!(pupil.forename.as_deref(), Some("Ada"));
    let whole = only("Surname,Name,DOB\nOkafor,Ada Okafor,01/02/2016\n");
    assert_eq!(whole.forename.as_deref(), Some("Ada"));
}

#[test]
fn a_blank_status_is_not_known_and_never_n() {
    for cell in ["", "-", "N/A", "NULL", "x", "z", " "] {
        assert_eq!(
            status(&format!("Surname,SEN Status\nOkafor,{cell}\n")),
            None,
            "{cell}"
        );
    }
}

#[test]
fn status_and_plan_columns_together() {
    let file =
        |headings: &str, cells: &str| format!("Surname,{headings}\nOkafor,{cells}\nMoss,Yes,No\n");
    let first = |text: &str| {
        let batch = take(text);
        batch.pupils[0]
            .status
            .as_ref()
            .map(|reading| reading.code.clone())
    };
    for (headings, cells, want) in [
        ("EHCP", "Yes", Some("E")),
        ("EHCP", "No", None),
        ("EHCP", "12/05/2023", Some("E")),
        ("EHC Plan", "EHCP", Some("E")),
        ("EHCP", "Applied", None),
        ("SEN Support", "Yes", Some("K")),
        ("SEN Support", "No", None),
        ("SEN Status", "No", Some("N")),
        ("SEN Support,EHCP", "No,No", Some("N")),
        ("SEN Support,EHCP", "Yes,No", Some("K")),
        ("SEN Support,EHCP", "No,Yes", Some("E")),
        ("SEN Status,EHCP", "K,Yes", Some("E")),
        ("SEN Status,EHCP", ",Yes", Some("E")),
        ("SEN Status,EHCP", "N,No", Some("N")),
        ("SEN Status,EHCP", "E,No", Some("E")),
        ("SEN,EHCP", "Yes,No", Some("K")),
        ("SEN Support", "E", Some("E")),
    ] {
        assert_eq!(
            first(&file(headings, cells)).as_deref(),
            want,
            "{headings}: {cells}"
        );
    }
    let contrary = take("Surname,SEN Status,EHCP\nOkafor,K,Yes\n");
    assert_eq!(faults(&contrary.flagged), [(2, "SEN Status", "K")]);
}

#[test]
fn needs_in_columns_in_one_cell_and_in_rows() {
    for (text, want) in [
        (
            "Surname,Primary Need,Secondary Need\nOkafor,ASD,SLCN\n",
            "ASD SLCN",
        ),
        (
            "Surname,Primary Need,Secondary Need\nOkafor,,SLCN\n",
            "SLCN",
        ),
        (
            "Surname,Primary Need,Other Needs\nOkafor,ASD,\"SLCN, HI\"\n",
            "ASD SLCN HI",
        ),
        ("Surname,SEN Needs\nOkafor,\"1. ASD 2. SLCN\"\n", "ASD SLCN"),
        ("Surname,SEN Needs\nOkafor,\"ASD\nSLCN\"\n", "ASD SLCN"),
        (
            "Surname,SEN Needs\nOkafor,\"Speech, Language and Communication Needs\"\n",
            "SLCN",
        ),
        (
            "Surname,DOB,Need,Rank\nOkafor,1/2/2016,HI,2\nOkafor,1/2/2016,ASD,0\n",
            "ASD HI",
        ),
        (
            "Surname,DOB,SEN Need\nOkafor,1/2/2016,HI\nOkafor,1/2/2016,ASD\n",
            "HI ASD",
        ),
        ("Surname,SEN Need,SEN Need\nOkafor,HI,ASD\n", "HI ASD"),
        ("Surname,SEN Need (rank)\nOkafor,SPLD (1)\n", "SPLD"),
    ] {
        assert_eq!(codes(&only(text)), want, "{text}");
    }
}

#[test]
fn the_later_of_two_dated_statuses_is_the_one() {
    let text = "Surname,DOB,SEN Status,SEN Start Date\nOkafor,13/2/2016,K,1/9/2020\nOkafor,13/2/2016,E,13/9/2023\n";
    let pupil = only(text);
    assert_eq!(pupil.status.unwrap().code, "E");
    assert_eq!(pupil.status_from, NaiveDate::from_ymd_opt(2023, 9, 13));
}

#[test]
fn rows_count_lines_of_the_file() {
    let batch = take(
        "Pupil list\n\nSurname,Forename,DOB\n\"Oka\nfor\",Ada,31/02/2016\n\nMoss,Ben,31/02/2016\n",
    );
    let rows: Vec<usize> = batch.flagged.iter().map(|fault| fault.row).collect();
    assert_eq!((batch.shape.header_row, rows), (3, vec![4, 7]));
}

#[test]
fn ragged_rows_are_taken() {
    let batch = take("Surname,Forename,Class,\nOkafor\nMoss,Ben,5B,,,\nHale,Cy,5B,,extra\n");
    assert_eq!(batch.pupils.len(), 3);
    assert_eq!(faults(&batch.flagged), [(4, "", "extra")]);
}

#[test]
fn a_swollen_cell_costs_one_row_and_an_open_quotation_mark_nobody() {
    let text = format!(
        "Surname,Forename,Class\nOkafor,{},5B\nMoss,\"Ben,5B\nHale,Cy,5B\n",
        "a".repeat(70_000)
    );
    let batch = take(&text);
    let rejected: Vec<(usize, &str)> = batch
        .rejected
        .iter()
        .map(|fault| (fault.row, fault.reason.as_str()))
        .collect();
    assert_eq!(rejected, [(2, "a cell holds more than 64 KB")]);
    assert_eq!(faults(&batch.flagged), [(3, "", "")]);
    assert_eq!((batch.rows, batch.pupils.len()), (3, 2));
}

#[test]
fn a_title_that_stands_where_no_name_does_is_no_row() {
    let text = "UPN,Surname,Forename\nOakfield Primary School,,\nB801200005001,Okafor,Ada\nA950000178301,,\n";
    let batch = take(text);
    assert_eq!((batch.rows, batch.pupils.len()), (2, 1));
    assert_eq!(faults(&batch.rejected), [(4, "", "")]);
}

#[test]
fn map_overrules_what_the_headings_say() {
    let text = "Surname,Forename,House,Class\nOkafor,Ada,Oak,5B\n";
    let batch = read(
        text.as_bytes(),
        "c:\\lists\\office.csv",
        &options(&[("house", "class"), ("Class", "-")]),
    )
    .unwrap();
    assert_eq!(batch.pupils[0].class.as_deref(), Some("Oak"));
    assert_eq!(batch.shape.file, "office.csv");
    let odd = "Kind,Wer\nOkafor,Ada\n";
    let batch = read(
        odd.as_bytes(),
        "x.csv",
        &options(&[("Kind", "surname"), ("Wer", "forename")]),
    )
    .unwrap();
    assert_eq!(batch.pupils[0].forename.as_deref(), Some("Ada"));
}

#[test]
fn a_file_that_is_no_pupil_list_is_one_sentence() {
    let refuse = |bytes: &[u8]| read(bytes, "x.csv", &options(&[])).unwrap_err().to_string();
    let many = format!("Surname\n{}", "Okafor\n".repeat(100_001));
    for (bytes, want) in [
        (&b""[..], "empty"),
        (b"\n \n", "empty"),
        (b"Surname,Forename\n", "no pupil below"),
        (b"Product,Price,Stock\nKettle,9.99,4\n", "no pupil list"),
        (b"Surname,Forename\nOka\0for,Ada\n", "no text"),
        (b"PK\x03\x04", "save it as CSV"),
        (b"<html><table><tr><td>Surname", "web page"),
        (&vec![b'a'; 10 * 1024 * 1024], "Line 1 of the file"),
        (&vec![b'a'; 51 * 1024 * 1024], "51 MB"),
        (many.as_bytes(), "more than 100000 rows"),
    ] {
        let text = refuse(bytes);
        assert!(text.contains(want) && text.ends_with(['.', '?']), "{text}");
        assert!(!text.contains('\n') && !text.contains("  "), "{text}");
    }
}

#[test]
fn exactly_one_reader_claims_a_file() {
    let text = b"Surname,Forename\nOkafor,Ada\n";
    assert_eq!(
        ALL.iter().filter(|importer| importer.claims(text)).count(),
        1
    );
    assert_eq!(sniff(text).map(Importer::kind), Some("csv"));
    assert!(sniff(b"PK\x03\x04").is_none());
}

/// Files made to be slow: many columns, one child on every row, stray marks on every line.
#[test]
fn hostile_files_cost_no_more_than_large_ones() {
    let start = std::time::Instant::now();
    let wide = format!(
        "Surname{}\n{}",
        ",Surname".repeat(100_000),
        "Okafor,\n".repeat(20_000)
    );
    let strays = format!(
        "Surname,Forename,Class\n{}",
        "\"Okafor,Ada,5B\n".repeat(20_001)
    );
    let mut one = String::from("UPN,Surname,Need\n");
    for n in 0..20_000 {
        one.push_str("B801200005001,Okafor,");
        one.push_str(&n.to_string());
        one.push('\n');
    }
    for text in [wide, strays, one] {
        let batch = take(&text);
        assert!(batch.shape.notes.len() < 30);
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, "x", &options(&[]));
    }

    #[test]
    fn a_damaged_list_is_read_or_refused_and_every_row_is_accounted_for(
        cuts in prop::collection::vec((0_usize..400, prop::sample::select(b"\",;\n\r\t=x0\xff\xc3\xab/-".to_vec())), 0..12),
    ) {
        let mut bytes = b"Pupils\nUPN,Surname,Forename,DOB,Year,SEN Status,SEN Needs\n\
            B801200005001,Okafor,Ada,03/04/2016,5,K,\"ASD, SLCN\"\nA950000178301,Moss,Ben,13/04/2015,6,E,HI\n\
            X845212818005,\"O'Hale\",Cy,01/12/2016,5,,\nH243278544154,Rowe,Di,02/02/2017,4,N,\nTotal: 4\n".to_vec();
        for (at, byte) in cuts {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        if let Ok(batch) = read(&bytes, "x.csv", &options(&[])) {
            prop_assert_eq!(batch.pupils.len() + batch.rejected.len() + batch.already_listed, batch.rows);
            let lines = bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() + 1;
            for fault in batch.rejected.iter().chain(&batch.flagged) {
                prop_assert!(fault.row >= 1 && fault.row <= lines);
            }
            for pupil in &batch.pupils {
                let name = pupil.surname.as_deref().or(pupil.forename.as_deref()).unwrap_or_default();
                prop_assert!(!name.is_empty());
                prop_assert!(!crate::domain::text::has_unsafe(name));
            }
        }
    }
}

/// Run in release: `cargo test --release --lib import::tests::a_hundred_thousand -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, not a check: prints how long 100,000 rows take"]
fn a_hundred_thousand_rows_are_read_and_planned_in_seconds() {
    use crate::domain::batch::plan::plan;
    use std::fmt::Write as _;
    let mut text = String::from(
        "UPN,Adno,Surname,Forename,DOB,Gender,Year Group,Reg,SEN Status,Primary Need,Secondary Need\n",
    );
    for n in 0..100_000 {
        let rest = format!("9991001{:05}", n % 100_000);
        let letter = upn::letter_for(&rest).unwrap();
        let (day, month, year) = (n % 28 + 1, n % 12 + 1, 2012 + n % 9);
        let class = n % 7;
        writeln!(
            text,
            "{letter}{rest},{n:06},Surname{n},Forename{},{day:02}/{month:02}/{year},F,{class},{class}B,K,ASD,\"Speech, Language and Communication Needs\"",
            n % 900
        )
        .unwrap();
    }
    let options = options(&[]);
    let start = std::time::Instant::now();
    let batch = read(text.as_bytes(), "big.csv", &options).unwrap();
    let reading = start.elapsed();
    assert_eq!((batch.pupils.len(), batch.flagged.len()), (100_000, 0));
    let planned = plan(batch, &[], options.today);
    assert_eq!(planned.added.len(), 100_000);
    println!(
        "read {reading:?}, read and planned {:?}, {} bytes",
        start.elapsed(),
        text.len()
    );
}
