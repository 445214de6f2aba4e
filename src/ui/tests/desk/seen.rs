//! What the screens of the diary and the queue must show.

use super::*;
use crate::ui::tests::{drawn, row, text};
use crate::ui::theme::{Role, Theme};

fn seen(state: &State, size: (u16, u16)) -> String {
    text(&drawn(state, &Theme::mono(), size).0)
}

fn has(state: &State, size: (u16, u16), wanted: &[&str]) {
    let seen = seen(state, size);
    for words in wanted {
        assert!(seen.contains(words), "{words}\n{seen}");
    }
}

#[test]
fn the_queue_says_what_is_late_in_sign_and_number_and_where_it_came_from() {
    let size = (80, 24);
    has(
        &queue(size),
        size,
        &[
            "3 late",
            "5 today",
            "-- Late (3) ---",
            ">  !! 6d      Chase EP report",
            " * !  3d      Send APDR",
            "!! 1d      Ring CAMHS",
            "09:15",
            "-- Next 7 days (3) -- Tue 2  Sat 1 ---",
            "Reuben Begum",
        ],
    );
    let wide = (160, 50);
    has(
        &queue(wide),
        wide,
        &[
            "Autumn wk 12 of 15",
            "! DO NOT SHARE",
            "4 times",
            "Tue 17 Nov 2026, 6 days late",
        ],
    );
}

#[test]
fn empty_diaries_and_queues_say_whose_they_are_and_what_helps() {
    let size = (80, 24);
    has(
        &queue_of_child(size),
        size,
        &["No tasks for Aisha Okafor 5B. t adds one."],
    );
    has(
        &no_diary(size),
        size,
        &[
            "No contacts yet for Aisha Okafor 5B.",
            "c p logs a phone call, c m a meeting.",
        ],
    );
    has(
        &no_queue(size),
        size,
        &["in this worklist: late follow-ups."],
    );
}

#[test]
fn an_entry_read_in_full_has_its_own_words_for_each_child_and_its_amendments() {
    let size = (120, 40);
    has(
        &reading(size),
        size,
        &[
            "Aisha Dunne RH alone",
            "Wants the pen grip back.",
            "Amended Mon 23 Nov 15:05: It was on Tuesday, not Monday.",
            "Entered   Mon 23 Nov 14:05",
            "+reading",
        ],
    );
    has(
        &diary_of_child(size),
        size,
        &[
            "! struck Mon 23 Nov: written about the wrong child",
            "Lexia data.",
        ],
    );
}

#[test]
fn a_contacts_form_has_all_its_fields_and_the_caret_in_its_words_on_a_small_screen() {
    for size in [(80, 24), (36, 20)] {
        let (buffer, cursor) = drawn(&contact_form(size), &Theme::mono(), size);
        let seen = text(&buffer);
        let at = cursor.expect("a caret");
        let line = row(&buffer, at.y);
        assert!(line.contains("report."), "{line}\n{seen}");
        for words in ["Aisha Okafor 5B", "Ctrl-J new line", "Enter save"] {
            assert!(size.0 < 80 || seen.contains(words), "{words}\n{seen}");
        }
        assert!(size.0 < 80 || seen.contains("Tags"), "{seen}");
    }
}

#[test]
fn a_day_without_school_is_advised_against_where_it_is_typed() {
    let size = (80, 24);
    for state in [date_box(size), cell_form(size)] {
        has(
            &state,
            size,
            &["Sat 28 Nov 2026", "Mon 30 Nov? Tab takes it."],
        );
    }
}

#[test]
fn the_add_line_says_whom_each_name_means_and_what_it_could_not_read() {
    let size = (80, 24);
    has(
        &add(size),
        size,
        &[
            "Phone call | Aisha Okafor 5B",
            "1 Zara Miah 1S  2 Zara Murphy 4P",
            "! nobody matches @qq",
            "then Mon 30 Nov: send Lexia data",
            "Enter save",
        ],
    );
    has(
        &empty_add(size),
        size,
        &["about Aisha Okafor 5B", "@ao call mum:"],
    );
}

#[test]
fn the_line_of_keys_names_only_keys_that_do_something() {
    let size = (160, 50);
    let last = |state: &State| {
        let (buffer, _) = drawn(state, &Theme::mono(), size);
        row(&buffer, size.1 - 1)
    };
    assert!(last(&queue(size)).contains("x done"));
    assert!(!last(&no_queue(size)).contains("x done"));
    assert!(!last(&desk(size)).contains("x done"), "a pupil has no tick");
    let read = last(&reading(size));
    assert!(
        read.contains("Enter close") && !read.contains("mark"),
        "{read}"
    );
    let terms = last(&calendar_list(size));
    assert!(
        terms.contains("n new term") && terms.contains("Enter edit"),
        "{terms}"
    );
    assert!(!last(&bin(size)).contains("new term"));
}

#[test]
fn the_box_of_a_prefix_names_the_child_before_the_next_key_writes() {
    let size = (80, 24);
    let pending = |mut state: State| {
        state.pending = vec![crate::app::key::Key::char('c')];
        state.pending_shown = true;
        state
    };
    let mut open = pending(queue(size));
    has(&open, size, &["c then, for the 1 marked"]);
    open.overlays.push(Overlay::Reading);
    has(&open, size, &["c then, for Reuben Begum 4H"]);
    open.overlays.clear();
    open.tasks.marks.clear();
    has(
        &open,
        size,
        &["c then, for Reuben Begum 4H", "Log a phone call"],
    );
    has(
        &pending(no_diary(size)),
        size,
        &["c then, for Aisha Okafor 5B"],
    );
    has(&pending(desk(size)), size, &["c then, for Filip Ali 2M"]);
}

#[test]
fn a_quiet_queue_says_what_comes_next() {
    let size = (80, 24);
    let mut state = queue(size);
    state.tasks.marks.clear();
    (state.tasks.late, state.tasks.due_today) = (0, 0);
    has(
        &state,
        size,
        &["nothing due today; next Tue 24 Nov, 2 things"],
    );
}

/// The pane with the keys is starred, in the lit frame and alone has the lit cursor; each tile says whose rows it shows.
#[test]
fn on_the_desk_one_pane_has_the_keys_and_each_says_whose_it_is() {
    let theme = Theme::named("slate", &|_| None).0;
    let state = super::the_four_of_a_child((160, 50));
    let (buffer, cursor) = drawn(&state, &theme, (160, 50));
    let shown = text(&buffer);
    for wanted in [
        "1*On roll",
        "not Aisha Okafor 5B",
        "2 Provision",
        "3 Aisha Okafor 5B: diary",
        "4 Aisha Okafor 5B: tasks",
        "`*Desk",
    ] {
        assert!(shown.contains(wanted), "{wanted}\n{shown}");
    }
    let at = cursor.unwrap();
    assert!(at.x < 80 && at.y < 25, "in the register: {at:?}");
    let styled = |x: u16, y: u16| buffer[(x, y)].style().fg;
    let lit = theme.style(Role::SurfaceBorderFocus).fg;
    assert_eq!(styled(79, 10), lit, "beside the register");
    assert_ne!(styled(79, 40), lit, "beside the diary");
}

/// What does not fit in a tile's title is left out whole.
#[test]
fn a_narrow_tile_leaves_its_count_out_and_cuts_no_word_of_it() {
    let theme = Theme::mono();
    let state = super::the_four_of_a_child((80, 24));
    let shown = text(&drawn(&state, &theme, (80, 24)).0);
    assert!(shown.contains("3 Aisha Okafor 5B: diary"), "{shown}");
    let folded = super::the_four_of_a_child((36, 20));
    let shown = text(&drawn(&folded, &theme, (36, 20)).0);
    assert!(shown.contains("4 Aisha Okafor 5B: tasks"), "{shown}");
    assert!(shown.contains("1*On roll"), "{shown}");
}
