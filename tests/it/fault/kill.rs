//! Two hundred kills: of saves, of imports, of openings of an old file. And twenty writers at once.

use super::{Desk, Dice, held, marked, pause, text, waiting};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

#[test]
fn a_killed_session_loses_nothing_it_acknowledged() {
    let (mut dice, first) = (Dice::new(1), Desk::demo("20"));
    let (mut desk, mut acked) = (first.copy(), BTreeSet::new());
    let mut all = 0;
    for round in 0..120 {
        // On a desk that has been killed many times, and not for ever a larger one.
        if round % 20 == 0 {
            all += acked.len();
            (desk, acked) = (first.copy(), BTreeSet::new());
        }
        let why = format!("seed {}, round {round}", dice.seed);
        let mut writer = desk.start(&["selftest", "write", "1000000"]);
        let mut said = String::new();
        // By turns at any moment from its start, and in the middle of its saves.
        if round % 2 == 0 {
            said = writer.line();
        }
        pause(&mut dice, Duration::from_millis(60));
        let (rest, midway) = writer.kill();
        assert!(midway, "{why}: nothing was left to kill");
        said.push_str(&rest);
        acked.extend(marked("ack ", &said));
        desk.check_holds(&acked, &why);
    }
    assert!(all >= 60, "only {all} were acknowledged");
}

#[test]
fn a_killed_import_is_there_whole_or_not_at_all() {
    let (mut dice, desk) = (Dice::new(2), Desk::demo("20"));
    let (school, before) = (desk.school(), marked("row ", &desk.check("before")));
    let import = ["selftest", "import", "2000"];
    let (mut midway, mut while_writing) = (0, 0);
    for round in 0..40 {
        let why = format!("seed {}, round {round}", dice.seed);
        let mut writer = desk.start(&import);
        let began = Instant::now();
        // It writes all of it at its end: by turns once the WAL has begun, and at any moment.
        while round % 2 == 0
            && waiting(&school) == 0
            && writer.child.try_wait().unwrap().is_none()
            && began.elapsed() < Duration::from_secs(30)
        {
            std::thread::sleep(Duration::from_micros(100));
        }
        pause(
            &mut dice,
            Duration::from_millis(if round % 2 == 0 { 8 } else { 400 }),
        );
        let (said, killed) = writer.kill();
        let acked = marked("ack ", &said);
        midway += usize::from(killed);
        while_writing += usize::from(killed && waiting(&school) > 0);
        desk.check_holds(&acked, &why);
        let after = marked("row ", &desk.check(&why));
        assert_eq!((after.len() - before.len()) % 2000, 0, "{why}");
    }
    assert!(
        midway >= 20 && while_writing >= 1,
        "{midway} killed, {while_writing} in a write"
    );
    let acked = marked("ack ", &text(&desk.run(&import)));
    assert_eq!(acked.len(), 2000);
    desk.check_holds(&acked, "an import left alone");
}

#[test]
fn a_killed_opening_of_an_old_file_leaves_what_it_held() {
    let mut dice = Dice::new(3);
    for version in 1..=2 {
        let old = Desk::of_version(version);
        let clean = old.copy();
        let began = Instant::now();
        assert!(!marked("ack ", &text(&clean.run(&["selftest", "open"]))).is_empty());
        let (taken, whole) = (began.elapsed(), clean.check("left alone"));
        let mut midway = 0;
        for round in 0..20 {
            let (why, desk) = (
                format!("seed {}, version {version}, round {round}", dice.seed),
                old.copy(),
            );
            let writer = desk.start(&["selftest", "open"]);
            pause(&mut dice, taken);
            midway += usize::from(writer.kill().1);
            // The digests of all tables, and how many steps the journal has.
            assert_eq!(held(&desk.check(&why)), held(&whole), "{why}");
        }
        assert!(midway > 0, "nothing was killed midway");
    }
}

/// Twenty sessions of the program save to one school, a hundred times each.
#[test]
fn twenty_writers_at_once_lose_nothing_and_leave_a_sound_file() {
    let desk = Desk::demo("20");
    let before = marked("row ", &desk.check("before"));
    // A pupil and an entry each time.
    let writers: Vec<_> = (0..20)
        .map(|_| {
            let mut command = desk.command(&["selftest", "write", "50"]);
            command.stdout(std::process::Stdio::piped());
            command.stderr(std::process::Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    let mut acked = BTreeSet::new();
    for writer in writers {
        let ended = writer.wait_with_output().unwrap();
        assert!(ended.status.success(), "{ended:?}");
        acked.extend(marked("ack ", &text(&ended)));
    }
    assert_eq!(acked.len(), 20 * 100);
    desk.check_holds(&acked, "twenty writers");
    let after = marked("row ", &desk.check("twenty writers"));
    assert_eq!(after.len(), before.len() + 20 * 100);
}
