//! The Desk: following a child, verbs on whichever pane has the keys, zoom, the way back, the lock.

use super::diary::{school, task};
use super::{author, press, said, setup, type_in, values};
use crate::app::App;
use crate::app::event::Event;
use crate::app::job::Jobs;
use crate::app::overlay::Overlay;
use crate::app::pane::Pane;
use crate::app::pane::desk::Front;
use crate::app::pane::tasks::Worklist;
use crate::app::state::State;
use crate::domain::form::Kind;
use crate::domain::id::{ContactId, PupilId, TaskId};
use crate::store::Store;

const AISHA: PupilId = PupilId(1);
const REUBEN: PupilId = PupilId(2);

/// Aisha with two entries and two tasks, Reuben with one of each, and a task about nobody. On the Desk, the register has
/// the keys and the cursor is on Aisha.
fn linked() -> App {
    let mut app = school();
    for line in [
        "@aisha note: settled well",
        "@aisha @reuben note: fell out, made up",
        "@aisha send papers > fri",
        "@aisha ask about lunch > 1w",
        "@reuben find his coat > tue",
        "book the hall > thu",
    ] {
        press(&mut app, "a");
        type_in(&mut app, line);
        press(&mut app, "enter");
    }
    app.event(Event::Resize(160, 50));
    press(&mut app, "`");
    super::diary::find(&mut app, "aish");
    app
}

fn tiled(app: &App) -> bool {
    app.state().desk.front == Front::Desk
}

fn titles(app: &App) -> Vec<String> {
    let tasks = &app.state().tasks;
    let lines = tasks.rows.iter().filter_map(|row| tasks.line(*row));
    lines.map(|line| line.task.title.clone()).collect()
}

fn entries(app: &App) -> Vec<i64> {
    app.state().diary.rows().iter().map(|id| id.0).collect()
}

fn whose(app: &App) -> (Option<PupilId>, Option<PupilId>) {
    let of = |of: &Option<crate::app::pane::Of>| of.as_ref().map(|of| of.pupil);
    (of(&app.state().diary.of), of(&app.state().tasks.of))
}

fn go(app: &mut App, surname: &str) {
    press(app, "/");
    type_in(app, surname);
    press(app, "enter");
}

#[test]
fn the_other_panes_show_the_child_the_register_is_on() {
    let mut app = linked();
    assert!(tiled(&app) && app.state().pane == Pane::Register);
    assert_eq!(whose(&app), (Some(AISHA), Some(AISHA)));
    assert_eq!(entries(&app), [2, 1]);
    assert_eq!(titles(&app), ["send papers", "ask about lunch"]);
    assert_eq!(
        app.state().desk.child.as_ref().unwrap().name,
        "Aisha Okafor 5B"
    );
    go(&mut app, "ali");
    assert_eq!(whose(&app), (Some(REUBEN), Some(REUBEN)));
    assert_eq!(
        (entries(&app), titles(&app)),
        (vec![2], vec!["find his coat".to_owned()])
    );
    // Nothing found: the others stay as they are.
    go(&mut app, "zzz");
    assert_eq!(whose(&app), (Some(REUBEN), Some(REUBEN)));
}

#[test]
fn a_row_about_nobody_has_the_others_show_everybodys() {
    let mut app = linked();
    press(&mut app, "shift-tab esc");
    assert_eq!(app.state().pane, Pane::Tasks);
    assert_eq!(whose(&app).1, None, "Esc shows everybody's");
    assert_eq!(
        app.state().tasks.current().unwrap().task.title,
        "send papers",
        "on the same row"
    );
    press(&mut app, "k");
    assert_eq!(
        app.state().tasks.current().unwrap().task.title,
        "book the hall"
    );
    assert_eq!(whose(&app).0, None);
    assert_eq!(entries(&app), [2, 1]);
    press(&mut app, "k");
    assert_eq!(
        app.state().register.current(),
        Some(REUBEN),
        "find his coat"
    );
    assert_eq!(entries(&app), [2]);
}

#[test]
fn tab_goes_round_the_four_and_nothing_jumps_to_another_child() {
    let mut app = linked();
    let mut seen = Vec::new();
    for _ in 0..4 {
        press(&mut app, "tab");
        seen.push(app.state().pane);
        assert_eq!(app.state().register.current(), Some(AISHA), "{seen:?}");
        assert_eq!(whose(&app), (Some(AISHA), Some(AISHA)), "{seen:?}");
    }
    assert_eq!(
        seen,
        [Pane::Provision, Pane::Diary, Pane::Tasks, Pane::Register]
    );
    press(&mut app, "shift-tab");
    assert_eq!(app.state().pane, Pane::Tasks);
    // In a child's diary an entry about two stays that child's: Reuben is the second of entry 2 and so is Aisha's.
    press(&mut app, "tab");
    go(&mut app, "ali");
    press(&mut app, "tab tab j");
    assert_eq!(app.state().register.current(), Some(REUBEN));
}

/// Keys that come faster than frames: the pane gone to shows the child the cursor has come to.
#[test]
fn a_verb_after_a_fast_tab_is_for_the_child_under_the_cursor_now() {
    let mut app = linked();
    press(&mut app, "g g");
    assert_eq!(app.state().register.current(), Some(REUBEN));
    // Down to Aisha, to her tasks and tick, with no frame between.
    let down = app
        .state()
        .register
        .rows
        .iter()
        .position(|row| app.state().register.index.entries()[*row as usize].id == AISHA);
    for _ in 0..down.unwrap() {
        app.event(Event::Key("j".parse().unwrap()));
    }
    for key in ["shift-tab", "x"] {
        app.event(Event::Key(key.parse().unwrap()));
    }
    app.take_dirty();
    let done = |id: i64| task(&app, id).done_on.is_some();
    assert_eq!([1, 2, 3, 4].map(done), [true, false, false, false]);
    assert_eq!(task(&app, 1).pupil, Some(AISHA));
}

#[test]
fn verbs_work_on_the_pane_with_the_keys_as_they_do_on_it_alone() {
    let mut app = linked();
    press(&mut app, "shift-tab x");
    assert!(task(&app, 1).done_on.is_some(), "tick");
    assert_eq!(
        titles(&app),
        ["send papers", "ask about lunch"],
        "rows stay"
    );
    press(&mut app, "x >");
    assert_eq!(task(&app, 1).carried, 1, "push");
    press(&mut app, "space space");
    assert_eq!(app.state().tasks.marks.len(), 2, "mark");
    press(&mut app, "!");
    assert!(task(&app, 1).urgent && task(&app, 2).urgent, "all marked");
    press(&mut app, "shift-tab c p");
    type_in(&mut app, "Rang to say thanks.");
    press(&mut app, "enter");
    assert_eq!(entries(&app), [3, 2, 1], "in her diary at once");
    let about = super::diary::contact(&app, 3);
    assert_eq!(about.pupils[0].pupil, AISHA);
    press(&mut app, "e");
    assert!(matches!(
        app.state().overlays.last(),
        Some(Overlay::Form(_))
    ));
    press(&mut app, "esc enter");
    assert!(matches!(
        app.state().overlays.last(),
        Some(Overlay::Reading)
    ));
    app.take_dirty();
    press(&mut app, "esc tab tab enter");
    assert!(matches!(
        app.state().overlays.last(),
        Some(Overlay::Record(_))
    ));
    press(&mut app, "esc");
    assert!(tiled(&app));
}

#[test]
fn a_filter_on_the_desk_narrows_the_pane_with_the_keys_alone() {
    let mut app = linked();
    press(&mut app, "shift-tab");
    go(&mut app, "papers");
    assert_eq!(titles(&app), ["send papers"]);
    press(&mut app, "4");
    assert!(!tiled(&app));
    assert_eq!(titles(&app).len(), 4, "the queue's own list has no filter");
}

#[test]
fn what_is_set_in_a_pane_alone_is_as_it_was_after_following() {
    let mut app = linked();
    press(&mut app, "3 o e O / s e t t l e d enter 4 w 1 o n");
    let (seen, order) = (entries(&app), app.state().diary.order);
    assert_eq!(seen, [1]);
    press(&mut app, "` tab g g j j g g");
    assert_eq!(whose(&app), (Some(REUBEN), Some(REUBEN)));
    assert_eq!(
        titles(&app),
        ["find his coat"],
        "of this child all, no worklist"
    );
    assert_eq!(app.state().diary.order, order, "in the pane's own order");
    press(&mut app, "4");
    assert_eq!(app.state().tasks.worklist, Some(Worklist::LateFollowUps));
    press(&mut app, "3");
    assert_eq!(app.state().diary.narrow.filter.text(), "settled");
    assert_eq!((entries(&app), app.state().diary.order), (seen, order));
    assert!(app.state().diary.reversed && whose(&app) == (None, None));
}

#[test]
fn what_is_saved_while_a_list_is_kept_aside_is_in_it_afterwards() {
    let mut app = linked();
    press(&mut app, "tab tab c n");
    type_in(&mut app, "Seen at the gate.");
    press(&mut app, "enter esc");
    assert_eq!(entries(&app), [3, 2, 1]);
    press(&mut app, "tab esc");
    assert_eq!(titles(&app).len(), 4);
    let store = app.store.as_mut().unwrap();
    let renamed = values(&[("surname", "Adebayo")]);
    store
        .step("Change", |writer| {
            writer.amend(Kind::Pupil, 1, &renamed, None)
        })
        .unwrap();
    press(&mut app, "tab");
    app.event(Event::Changed);
    app.take_dirty();
    let name = &app.state().desk.child.as_ref().unwrap().name;
    assert_eq!(name, "Aisha Adebayo 5B");
    assert_eq!(&app.state().tasks.of.as_ref().unwrap().name, name);
    press(&mut app, "shift-tab esc");
    let line = app.state().tasks.find(TaskId(2)).unwrap();
    assert_eq!(line.about.as_ref().unwrap().surname, "Adebayo");
}

#[test]
fn zoom_shows_the_same_list_large_and_goes_back_to_the_same_focus() {
    let mut app = linked();
    press(&mut app, "tab tab j z");
    assert_eq!(app.state().desk.front, Front::Zoom);
    assert_eq!(
        (app.state().pane, whose(&app).0),
        (Pane::Diary, Some(AISHA))
    );
    assert_eq!(app.state().diary.current(), Some(ContactId(1)));
    press(&mut app, "z");
    assert!(tiled(&app) && app.state().pane == Pane::Diary);
    assert_eq!(app.state().diary.current(), Some(ContactId(1)));
    press(&mut app, "z tab");
    assert!(tiled(&app), "Tab goes on, as on the Desk");
    assert_eq!(app.state().pane, Pane::Tasks);
    press(&mut app, "z 4");
    assert_eq!(
        (app.state().desk.front, whose(&app)),
        (Front::Pane, (None, None))
    );
    press(&mut app, "z");
    assert!(tiled(&app) && app.state().pane == Pane::Tasks);
}

#[test]
fn tab_between_panes_alone_shows_the_next_alone() {
    let mut app = linked();
    press(&mut app, "3 tab");
    assert_eq!((app.state().pane, tiled(&app)), (Pane::Tasks, false));
    press(&mut app, "tab shift-tab shift-tab");
    assert_eq!((app.state().pane, tiled(&app)), (Pane::Diary, false));
}

#[test]
fn the_way_back_knows_the_desk() {
    let mut app = linked();
    press(&mut app, "tab tab j g t");
    assert_eq!((tiled(&app), app.state().pane), (false, Pane::Tasks));
    assert_eq!(whose(&app).1, Some(AISHA));
    press(&mut app, "H");
    assert_eq!((tiled(&app), app.state().pane), (true, Pane::Diary));
    assert_eq!(whose(&app), (Some(AISHA), Some(AISHA)));
    assert_eq!(app.state().diary.current(), Some(ContactId(1)));
    press(&mut app, "L");
    assert_eq!((tiled(&app), app.state().pane), (false, Pane::Tasks));
    press(&mut app, "H 3");
    assert_eq!(whose(&app).0, None, "alone it is everybody's again");
}

#[test]
fn undo_shows_where_it_happened() {
    let mut app = linked();
    press(&mut app, "shift-tab j x tab u");
    assert_eq!(app.state().pane, Pane::Register);
    assert_eq!(app.state().register.current(), Some(AISHA));
    assert_eq!(
        app.state().tasks.current().unwrap().task.title,
        "ask about lunch"
    );
    assert!(said(&app).starts_with("Taken back"), "{}", said(&app));
    // From a pane that does not show it the keys go where it is.
    press(&mut app, "shift-tab x tab g g shift-tab shift-tab");
    assert_eq!(app.state().pane, Pane::Diary);
    press(&mut app, "u");
    assert_eq!(app.state().pane, Pane::Tasks);
    assert_eq!(
        app.state().tasks.current().unwrap().task.title,
        "ask about lunch"
    );
}

#[test]
fn a_locked_desk_forgets_whom_it_followed_and_comes_back_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let mut app = super::first_run(home.path());
    super::answer_four(&mut app);
    press(&mut app, "n");
    type_in(&mut app, "Ali");
    press(&mut app, "enter t");
    type_in(&mut app, "Ring home");
    press(&mut app, "enter ` shift-tab ctrl-l");
    let text = format!("{:?}", app.state());
    assert!(
        !text.contains("Ali") && !text.contains("Ring home"),
        "{text}"
    );
    assert_eq!(app.state().desk.front, Front::Pane);
    type_in(&mut app, "four words are better");
    press(&mut app, "enter");
    assert!(tiled(&app) && app.state().pane == Pane::Tasks);
    assert_eq!(app.state().tasks.of.as_ref().unwrap().pupil, PupilId(1));
    assert_eq!(app.state().tasks.current().unwrap().task.title, "Ring home");
    press(&mut app, "4");
    assert_eq!(whose(&app), (None, None));
}

fn opened(size: (u16, u16), pupils: bool) -> App {
    let mut store = Store::memory(author("Ms Pratt")).unwrap();
    if pupils {
        let pupil = values(&[("surname", "Okafor")]);
        store
            .step("New pupil", |writer| writer.add(Kind::Pupil, &pupil))
            .unwrap();
    }
    let mut app = App::over(setup(Jobs::InLine), store).unwrap();
    app.event(Event::Resize(size.0, size.1));
    app.take_dirty();
    app
}

#[test]
fn the_desk_opens_first_where_it_has_room_and_the_queue_where_it_has_not() {
    let first = |size, pupils| {
        let app = opened(size, pupils);
        let state: &State = app.state();
        (state.is_tiled(), state.pane)
    };
    assert_eq!(first((140, 40), true), (true, Pane::Tasks));
    assert_eq!(first((139, 40), true), (false, Pane::Tasks));
    assert_eq!(first((140, 39), true), (false, Pane::Tasks));
    assert_eq!(first((36, 20), true), (false, Pane::Tasks));
    assert_eq!(first((160, 50), false), (false, Pane::Register));
    // What is in front stays, whatever becomes of the window.
    let mut app = opened((80, 24), true);
    app.event(Event::Resize(200, 60));
    assert!(!tiled(&app));
}

#[test]
fn a_child_the_register_does_not_show_is_told_in_its_title() {
    let mut app = linked();
    go(&mut app, "ali");
    press(&mut app, "shift-tab esc");
    let ids: Vec<_> = titles(&app);
    assert_eq!(ids.len(), 4, "{ids:?}");
    press(&mut app, "g g j j");
    assert_eq!(app.state().tasks.current().unwrap().task.pupil, Some(AISHA));
    assert!(app.state().desk.absent);
    press(&mut app, "g g");
    assert!(!app.state().desk.absent, "Reuben is in the list");
}

/// Whatever is pressed, at whatever size and speed: the panes never show two children, and a pane alone is never left with
/// a list of the Desk's.
#[test]
fn no_order_of_keys_has_two_children_on_the_desk_at_once() {
    let keys: Vec<&str> =
        "` z tab shift-tab j k g G d t esc x u U space / a enter 1 3 4 H L w f5 o O J"
            .split(' ')
            .collect();
    let mut app = linked();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |most: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed >> 33).unwrap() % most
    };
    let mut tiled_seen = 0;
    for turn in 0..4_000 {
        if turn % 50 == 0 {
            let size = [(160, 50), (80, 24), (36, 20), (20, 6)][next(4)];
            app.event(Event::Resize(size.0, size.1));
        }
        for _ in 0..=next(3) {
            app.event(Event::Key(keys[next(keys.len())].parse().unwrap()));
        }
        app.take_dirty();
        let state = app.state();
        let (diary, tasks) = whose(&app);
        match state.desk.front {
            Front::Pane => {
                let kept = state.desk.diary.is_kept() || state.desk.tasks.is_kept();
                assert!(!kept, "turn {turn}");
            }
            Front::Desk => {
                tiled_seen += 1;
                let child = state.desk.pupil();
                if state.pane != Pane::Diary {
                    assert_eq!(diary, child, "turn {turn}");
                }
                if state.pane != Pane::Tasks {
                    assert_eq!(tasks, child, "turn {turn}");
                }
            }
            Front::Zoom => {}
        }
        if app.ended() {
            break;
        }
    }
    assert!(tiled_seen > 500, "{tiled_seen}");
}
