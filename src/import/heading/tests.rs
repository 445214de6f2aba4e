//! Headings as offices and their systems write them.

use super::*;

fn assigned(headings: &[&str], map: &[(&str, &str)]) -> Result<Vec<String>, Error> {
    let headings: Vec<String> = headings
        .iter()
        .map(|heading| (*heading).to_owned())
        .collect();
    let facts = vec![
        Facts {
            numbers: true,
            ..Facts::default()
        };
        headings.len()
    ];
    let map: Vec<(String, String)> = map
        .iter()
        .map(|(heading, target)| ((*heading).to_owned(), (*target).to_owned()))
        .collect();
    let columns = assign(&Vocabulary::new(), &headings, &facts, &read_wishes(&map)?)?;
    let name = |mapping: &Mapping| mapping.target.map_or("-".to_owned(), Target::name);
    Ok(columns.mapping.iter().map(name).collect())
}

fn plain(headings: &[&str]) -> String {
    assigned(headings, &[]).unwrap().join(" ")
}

#[test]
fn headings_of_the_systems_schools_use() {
    for (system, headings, want) in [
        (
            "SIMS",
            "Adno|Legal Surname|Legal Forename|Reg Group|Year Group|DOB|Gender|SEN Status|SEN Need (rank)|\
             EAL|FSM Ever 6|PP|LAC",
            "mis_id surname forename class year dob sex status - - - - -",
        ),
        (
            "SIMS student list",
            "Forename|Surname|Email|UPN|Year|Reg",
            "forename surname - upn year class",
        ),
        (
            "Arbor",
            "First name|Last name|Year group|Registration form|UPN|Email",
            "forename surname year class upn -",
        ),
        (
            "Arbor connector",
            "STUDENT_ID|FIRST_NAME|LAST_NAME|DATE_OF_BIRTH|SEN_STATUS|RANKING|SEN_NEED_TYPE",
            "mis_id forename surname dob status need_rank need1",
        ),
        (
            "Bromcom",
            "LastName|FirstName|Admission Number|UPN|Gender|YearGroup|Tutor Group",
            "surname forename mis_id upn sex year class",
        ),
        (
            "Engage",
            "Id|UPN|ULN|Forename|Middle Names|Surname|Preferred Name|DOB|Gender|NC Year|Form/Tutor Group|\
             Tutor|Academic House",
            "mis_id upn - forename middle_names surname preferred_forename dob sex year class - -",
        ),
        (
            "DfE MTC",
            "LEA|Estab|UPN|Surname|Forename|Middlenames|Gender|DOB",
            "- - upn surname forename middle_names sex dob",
        ),
        (
            "LA funding list",
            "UPN|Surname|Forename|DOB|YearGroup|SEN_Status|Primary_Need|Secondary_Need|EHCP_Start_Date|\
             Last_Review_Date|Funding_Band|LA_Allocation_Amount",
            "upn surname forename dob year status need1 need2 - - - -",
        ),
        (
            "SEN2",
            "Person ID|Surname|Forename|Dob (ccyy-mm-dd)|UPN - Unique Pupil Number|EHC Plan Start Date",
            "mis_id surname forename dob upn -",
        ),
        (
            "NPD",
            "UPN|Surname|Forename|SENprovision|PrimarySENtype|SecondarySENtype|NCyearActual",
            "upn surname forename status need1 need2 year",
        ),
    ] {
        let headings: Vec<&str> = headings.split('|').collect();
        assert_eq!(plain(&headings), want, "{system}");
    }
}

#[test]
fn surname_is_no_full_name_and_a_start_date_no_status() {
    assert_eq!(plain(&["Surname"]), "surname");
    assert_eq!(
        plain(&["SEN Start Date", "SEN Status"]),
        "status_from status"
    );
    assert_eq!(
        plain(&["Name", "SEN Start Date"]),
        "full_name -",
        "a date without a status says nothing"
    );
    assert_eq!(
        plain(&[
            "Contact 1 Surname",
            "Parent Forename",
            "Class Teacher",
            "School Name"
        ]),
        "- - - -"
    );
    assert_eq!(
        plain(&["SEN Review Date", "SEN Notes", "Previous SEN Status"]),
        "- - -"
    );
}

#[test]
fn whole_headings_win_over_words_wherever_they_stand() {
    assert_eq!(plain(&["Pupil's Legal DOB", "Date of birth"]), "- dob");
    assert_eq!(
        plain(&["Pupil's legal date of birth", "Current Class"]),
        "dob class"
    );
}

#[test]
fn one_column_a_field_and_the_better_word_wins() {
    assert_eq!(plain(&["SEN", "SEN Status"]), "- status");
    assert_eq!(plain(&["Preferred Surname", "Legal Surname"]), "- surname");
    assert_eq!(
        plain(&["Preferred Surname", "Preferred Forename"]),
        "surname preferred_forename"
    );
    assert_eq!(
        plain(&["Surname", "Forename", "Surname", "Forename"]),
        "surname forename - -"
    );
}

#[test]
fn a_filled_column_wins_over_a_blank_one() {
    let headings = ["Legal Surname".to_owned(), "Surname".to_owned()];
    let blank = Facts {
        blank: true,
        ..Facts::default()
    };
    let columns = assign(
        &Vocabulary::new(),
        &headings,
        &[blank, Facts::default()],
        &[],
    )
    .unwrap();
    assert_eq!(columns.by_target[&Target::Surname], 1);
    assert_eq!(
        columns.notes,
        ["\"Legal Surname\" is left out: \"Surname\" fills surname."]
    );
}

#[test]
fn needs_by_number_or_by_repeated_heading() {
    assert_eq!(
        plain(&["SEN Need 1", "SEN Need 2", "SENneed3", "SEN need type 5"]),
        "need1 need2 need3 need5"
    );
    assert_eq!(
        plain(&["SEN Need", "SEN Need", "SEN Need"]),
        "need1 need2 need3"
    );
    assert_eq!(plain(&["Needs", "Rank"]), "needs need_rank");
    assert_eq!(plain(&["Rank", "Priority"]), "- -");
}

#[test]
fn signs_case_width_and_marks_do_not_matter() {
    for heading in [
        "d.o.b.",
        "D.O.B",
        "\u{feff}DOB",
        "date_of_birth",
        "Date-of-Birth:",
        " Date  of\u{a0}birth ",
        "DateOfBirth",
        "\u{ff24}\u{ff2f}\u{ff22}",
    ] {
        assert_eq!(plain(&[heading]), "dob", "{heading}");
    }
    assert_eq!(
        plain(&[
            "M/F",
            "Middle name(s)",
            "Form/Tutor Group",
            "Child\u{2019}s Name"
        ]),
        "sex middle_names class full_name"
    );
}

#[test]
fn map_overrules_and_leaves_out() {
    let map = [("House", "class"), ("reg", "-"), ("Legal Name", "surname")];
    assert_eq!(
        assigned(&["House", "Reg", "Legal Name", "Forename"], &map).unwrap(),
        ["class", "-", "surname", "forename"]
    );
    assert_eq!(
        assigned(&["Surname", "Oddity"], &[("Oddity", "need7")]).unwrap()[1],
        "need7"
    );
}

#[test]
fn a_map_that_cannot_be_is_refused_with_what_can() {
    let unknown = assigned(&["Surname"], &[("Hat", "class")]).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "The file has no heading \"Hat\". Its headings are: Surname."
    );
    let target = assigned(&["Surname"], &[("Surname", "hat")])
        .unwrap_err()
        .to_string();
    assert!(
        target.contains("upn, former_upn, mis_id, surname") && target.contains("ignore"),
        "{target}"
    );
    let twice = assigned(&["A", "B"], &[("A", "class"), ("B", "class")]).unwrap_err();
    assert!(matches!(twice, Error::MappedTwice { .. }));
}

#[test]
fn lists_of_other_things_are_no_pupil_lists() {
    let vocabulary = Vocabulary::new();
    let weigh = |cells: &[&str]| vocabulary.weigh(cells.iter().copied(), &[]).is_some();
    for cells in [
        &["Name", "Price", "Stock"][..],
        &["id", "name", "category"],
        &["Product ID", "Name", "Class", "Price"],
        &["id", "name", "year", "notes"],
        &[
            "Company",
            "First Name",
            "Last Name",
            "Account Number",
            "Balance",
        ],
        &["UPN", "DOB"],
        &["Name"],
        &["2015-10-16", "5B"],
    ] {
        assert!(!weigh(cells), "{cells:?}");
    }
    for cells in [
        &["Surname", "Forename"][..],
        &["Pupil Name"],
        &["Name", "Class"],
        &["Name", "DOB"],
        &["ID", "Name", "Year Group"],
        &["First name", "Class"],
    ] {
        assert!(weigh(cells), "{cells:?}");
    }
}

#[test]
fn every_known_word_has_one_meaning() {
    let mut seen: HashMap<String, Target> = HashMap::new();
    for (target, text) in synonym::KEPT {
        for heading in listed(text) {
            if let Some(earlier) = seen.insert(squash(heading), *target) {
                assert_eq!(earlier, *target, "{heading}");
            }
        }
    }
    for heading in listed(synonym::KNOWN) {
        assert!(!seen.contains_key(&squash(heading)), "{heading}");
    }
}
