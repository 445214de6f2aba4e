//! An invented school as a state without a store: 62 pupils, and what the desk does before each frame.

use crate::app::layout;
use crate::app::state::{SchoolTag, Stage, State};
use crate::domain::code::Status;
use crate::domain::fault::faults;
use crate::domain::finder::{NameIndex, name_key};
use crate::domain::id::{NeedId, PupilId, StatusId};
use crate::domain::pupil::{Line, Need, Pupil, Record, StatusPeriod};
use crate::domain::year::AcademicYear;
use chrono::NaiveDate;

/// The working date of every scene.
pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

pub(super) fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

const SURNAMES: [&str; 20] = [
    "Ali",
    "Begum",
    "Dunne",
    "Evans",
    "Farah",
    "Gill",
    "Hart",
    "Iqbal",
    "Jones",
    "Khan",
    "Lewis",
    "Miah",
    "Murphy",
    "Nowak",
    "Okafor",
    "Osborne",
    "Patel",
    "Quinn",
    "Shah",
    "Zieli\u{144}ska",
];
const FORENAMES: [&str; 7] = [
    "Aisha",
    "Callum",
    "Filip",
    "Maja",
    "Reuben",
    "Zara",
    "Lily-Rose",
];

pub(super) fn pupil(n: i64) -> Line {
    let year = n % 7;
    let class = format!(
        "{}{}",
        if year == 0 {
            "R".to_owned()
        } else {
            year.to_string()
        },
        ["B", "H", "M"][(n % 3) as usize]
    );
    let pupil = Pupil {
        surname: SURNAMES[(n / 3 % 20) as usize].into(),
        forename: FORENAMES[(n % 7) as usize].into(),
        upn: Some("B801200005001".into()),
        mis_id: Some(format!("{:06}", 4000 + n)),
        dob: (n % 17 != 3)
            .then(|| day(2021 - year as i32, 1 + (n % 8) as u32, 1 + (n % 28) as u32)),
        sex: Some(if n % 2 == 0 { "F" } else { "M" }.into()),
        year: Some(if year == 0 {
            "R".into()
        } else {
            year.to_string()
        }),
        year_of: Some(AcademicYear(2026)),
        class: Some(class),
        home_la: Some("301".into()),
        ..Pupil::blank(PupilId(n + 1))
    };
    let status = [
        None,
        Some("N"),
        Some("K"),
        Some("N"),
        Some("E"),
        Some("N"),
        Some("N"),
        Some("K"),
    ][(n % 8) as usize];
    let needs = match status {
        Some("K") => vec![("SLCN".to_owned(), 1)],
        Some("E") => vec![("ASD".to_owned(), 1), ("SEMH".to_owned(), 2)],
        _ => Vec::new(),
    };
    Line {
        pupil,
        status: status.map(str::to_owned),
        status_since: status.map(|_| day(2025, 9, 12)),
        needs,
        left_out: Vec::new(),
    }
}

pub(super) fn as_record(line: &Line) -> Record {
    let pupil = line.pupil.id;
    let mut statuses: Vec<StatusPeriod> = line
        .status
        .iter()
        .map(|code| StatusPeriod {
            id: StatusId(1),
            pupil,
            code: code.clone(),
            starts: line.status_since,
            ends: None,
            reason: Some("EHC needs assessment agreed after the third cycle".into()),
            parents_informed: Some(day(2025, 9, 14)),
        })
        .collect();
    statuses.push(StatusPeriod {
        id: StatusId(2),
        pupil,
        code: "N".into(),
        starts: None,
        ends: Some(day(2025, 9, 11)),
        reason: None,
        parents_informed: None,
    });
    let needs = line
        .needs
        .iter()
        .map(|(code, rank)| Need {
            id: NeedId(*rank),
            pupil,
            code: code.clone(),
            rank: *rank,
            starts: Some(day(2025, 9, 12)),
            ends: None,
        })
        .collect();
    Record {
        pupil: line.pupil.clone(),
        statuses,
        needs,
        left_out: Vec::new(),
    }
}

pub(super) fn state_of(lines: &[Line], size: (u16, u16)) -> State {
    let mut state = State::new(today(), "slate", |at| at.naive_utc());
    state.stage = Stage::Open;
    state.size = size;
    state.school = SchoolTag {
        name: "Oakfield Primary".into(),
        code: "OAK".into(),
        place: 0,
        schools: 1,
        demo: false,
        read_only: false,
        later: None,
    };
    let mut index = NameIndex::default();
    for line in lines {
        let key = name_key(&line.pupil.surname, &line.pupil.forename, None);
        let status = line.status.as_deref().and_then(Status::from_code);
        index.push(
            line.pupil.id,
            &key,
            line.pupil.class.as_deref().unwrap_or_default(),
            status,
            !line.pupil.is_leaver(today()),
        );
    }
    state.register.index = index;
    state.register.show_rows((0..lines.len() as u32).collect());
    load(&mut state, lines);
    state
}

/// What the desk does before each frame: fits the list and loads its page.
pub(super) fn load(state: &mut State, lines: &[Line]) {
    let height = layout::rows_shown(&layout::areas(state.size, state.school.schools));
    let register = &mut state.register;
    register.list.fit(register.rows.len(), height);
    register.list.go(2);
    register.page = register.rows[register.list.page()]
        .iter()
        .map(|row| lines[*row as usize].clone())
        .collect();
    register.peek = register
        .list
        .cursor()
        .and_then(|at| register.rows.get(at))
        .map(|row| {
            let line = &lines[*row as usize];
            (as_record(line), faults(line, today()))
        });
}

pub(super) fn lines() -> Vec<Line> {
    (0..62).map(pupil).collect()
}
