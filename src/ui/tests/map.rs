//! Scenes of the provision map, filled: by provision, by child, what is to be mended, and a run whole.

use super::sample::{Make, Scene};
use super::school::{day, pupil, state_of, today};
use crate::app::layout;
use crate::app::pane::Pane;
use crate::app::pane::provision::{By, Worklist};
use crate::app::state::State;
use crate::domain::code::Area;
use crate::domain::contact::Involved;
use crate::domain::id::{MemberId, ProvisionId, ProvisionTypeId, RateId, SessionId, StaffId};
use crate::domain::provision::cost::{Rate, Rates};
use crate::domain::provision::{Member, Provision, Run, Session, Tier};

pub(super) fn scenes() -> Vec<Scene> {
    let all: [(&'static str, Make); 4] = [
        ("map", map),
        ("map by child", by_child),
        ("map to mend", to_mend),
        ("hostile map", hostile),
    ];
    all.into_iter()
        .map(|(name, make)| Scene { name, make })
        .collect()
}

const PRATT: StaffId = StaffId(1);

fn run(id: i64, name: &str, area: Option<Area>, staff: Option<StaffId>) -> Run {
    let provision = Provision {
        id: ProvisionId(id),
        of: ProvisionTypeId(id),
        name: name.to_owned(),
        run_name: None,
        area,
        tier: Some(Tier::Targeted),
        group_size: Some(4),
        staff,
        staff_name: staff.map(|_| "Ms Pratt".to_owned()),
        starts: day(2026, 9, 7),
        ends: None,
        minutes: 20,
        sessions_week: 3,
        weeks: 12,
        materials_pence: 1_250,
        planned_rate: staff.filter(|staff| *staff == PRATT).map(|_| 1_600),
    };
    let members = (1..=3).map(|n| member(id, 10 * id + n)).collect();
    let sessions = (1..=6).map(|n| session(id, n)).collect();
    Run {
        provision,
        members,
        sessions,
    }
}

fn member(run: i64, n: i64) -> Member {
    let child = pupil(n).pupil;
    Member {
        id: MemberId(n),
        provision: ProvisionId(run),
        child: Involved {
            pupil: child.id,
            surname: child.surname,
            known_as: child.forename,
            class: child.class,
            words: None,
        },
        left_on: (n % 10 == 3).then(|| day(2026, 10, 23)),
        from: day(2026, 9, 7),
        to: None,
        entry: Some("14".to_owned()),
        exit: None,
    }
}

fn session(run: i64, n: u32) -> Session {
    Session {
        id: SessionId(i64::from(n)),
        provision: ProvisionId(run),
        day: day(2026, 9, 6 + n),
        held: !n.is_multiple_of(3),
        reason: n.is_multiple_of(3).then(|| "trip".to_owned()),
        staff: None,
    }
}

fn runs() -> Vec<Run> {
    let mut runs = vec![
        run(1, "Talk group", Some(Area::Communication), Some(PRATT)),
        run(2, "Precision teaching", Some(Area::Cognition), Some(PRATT)),
        run(3, "Zones of regulation", None, None),
        run(
            4,
            "SALT programme",
            Some(Area::Communication),
            Some(StaffId(2)),
        ),
    ];
    runs[3].members.clear();
    runs
}

fn shown(size: (u16, u16), runs: Vec<Run>, by: By, worklist: Option<Worklist>) -> State {
    let mut state = state_of(&[], size);
    state.pane = Pane::Provision;
    let map = &mut state.provision;
    (map.by, map.worklist) = (by, worklist);
    let rates = Rates::new(vec![Rate {
        id: RateId(1),
        staff: PRATT,
        pence_hour: 1_600,
        from: day(2026, 9, 1),
    }]);
    map.show_runs(runs, rates, today());
    let areas = layout::areas(size, state.school.schools);
    map.list.fit(map.rows.len(), layout::rows_shown(&areas));
    map.list.go(1);
    state
}

fn map(size: (u16, u16)) -> State {
    shown(size, runs(), By::Provision, None)
}

fn by_child(size: (u16, u16)) -> State {
    shown(size, runs(), By::Child, None)
}

fn to_mend(size: (u16, u16)) -> State {
    shown(size, runs(), By::Provision, Some(Worklist::ToMend))
}

/// Names that command a terminal, and one longer than any screen.
fn hostile(size: (u16, u16)) -> State {
    let mut runs = runs();
    for run in &mut runs {
        run.provision.name = format!("\u{1b}]0;x\u{7}\u{202e}{}", "Sehr lang ".repeat(40));
        run.provision.staff_name = Some("\u{1b}[2J\u{9b}31m".to_owned());
        for member in &mut run.members {
            member.child.surname = "\u{200b}\u{1b}[31m👩\u{200d}👩\u{200d}👧".repeat(9);
            member.exit = Some("\u{7f}\u{0}".to_owned());
        }
    }
    shown(size, runs, By::Child, None)
}
