//! The clock set back and forth by minutes, days and years while a school is worked on: no evidence is overwritten, no
//! backup is lost. `CLOCK=500 SEED=n` takes more rounds, or others.

use super::*;
use crate::domain::contact::Locked;
use crate::domain::id::{ContactId, PupilId};
use crate::sys::clock::stopped::Stopped;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::collections::BTreeSet;

/// A small generator: the same seed, the same course.
struct Dice(u64);

impl Dice {
    /// From nothing up to, not including, the end.
    fn below(&mut self, end: i64) -> i64 {
        // Knuth's MMIX; its high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % end.unsigned_abs()).cast_signed()
    }

    fn either_way(&mut self, end: i64) -> i64 {
        let far = 1 + self.below(end);
        if self.below(2) == 0 { far } else { -far }
    }
}

fn on(y: i32, m: u32, d: u32, hour: u32) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(y, m, d).unwrap();
    day.and_hms_opt(hour, 0, 0).unwrap().and_utc()
}

/// An entry as it must stand.
struct Entry {
    id: ContactId,
    step: StepId,
    at: DateTime<Utc>,
    text: String,
}

impl Entry {
    /// The rule, word for word, over the whole history.
    fn is_evidence(&self, steps: &[Step], now: DateTime<Utc>) -> bool {
        let later = steps.iter().filter(|step| step.id > self.step);
        let mut moments = later.map(|step| step.at).chain([now]);
        moments.any(|at| at < self.at || at > self.at + TimeDelta::minutes(15))
    }
}

/// A desk on disk under a clock that is set at random.
struct Course {
    case: Case,
    store: Store,
    clock: Stopped,
    dice: Dice,
    /// What a clock that was never touched would show.
    truth: DateTime<Utc>,
    now: DateTime<Utc>,
    entries: Vec<Entry>,
    /// In the order in which they were made.
    backups: Vec<(PathBuf, NaiveDateTime)>,
    refused: usize,
    overwritten: usize,
}

impl Course {
    fn new(seed: u64) -> Self {
        let truth = on(2027, 2, 27, 9);
        let clock = Stopped::at(truth);
        let case = Case::new();
        Self {
            store: case.store(),
            case,
            clock,
            dice: Dice(seed),
            truth,
            now: truth,
            entries: Vec::new(),
            backups: Vec::new(),
            refused: 0,
            overwritten: 0,
        }
    }

    fn set_clock(&mut self) {
        let dice = &mut self.dice;
        let set = match dice.below(8) {
            0 | 1 => self.now + TimeDelta::minutes(dice.either_way(40)),
            2 => self.now + TimeDelta::days(dice.either_way(40)),
            3 => self.now + TimeDelta::days(365 * dice.either_way(12) + dice.below(3)),
            4 => on(2028, 2, 29, 12) + TimeDelta::minutes(dice.either_way(30)),
            5 => on(2038, 1, 19, 3) + TimeDelta::minutes(dice.either_way(30)),
            _ => self.truth,
        };
        self.now = set.clamp(on(1980, 1, 1, 0), on(2090, 1, 1, 0));
    }

    fn pass(&mut self, time: TimeDelta) {
        self.truth += time;
        self.now += time;
        self.clock.put(self.now);
    }

    fn add_entry(&mut self) {
        let text = format!("Entry {}", self.entries.len());
        let values = texts(&[("pupils", "1"), ("at", "2027-02-27"), ("text", &text)]);
        let id = self.store.step("Add", |w| w.add(Kind::Contact, &values));
        let id = ContactId(id.unwrap());
        let at = self.store.contact(id).unwrap().unwrap().entered_at;
        let step = self.store.history(None, 1).unwrap()[0].id;
        assert_eq!(at, self.now);
        self.entries.push(Entry { id, step, at, text });
    }

    /// Every way round an entry does exactly what the rule allows, and the screen knows it beforehand.
    fn try_entry(&mut self) {
        if self.entries.is_empty() {
            return;
        }
        let count = self.entries.len() as i64;
        // As often the last as any: it alone may still be put right.
        let which = match self.dice.below(2) {
            0 => count - 1,
            _ => self.dice.below(count),
        } as usize;
        let steps = self.store.history(None, 1_000_000).unwrap();
        let entry = &mut self.entries[which];
        let (id, before) = (entry.id, self.store.dump("contact").unwrap());
        let is_evidence = entry.is_evidence(&steps, self.now);
        let seen = self.store.contact(id).unwrap().unwrap();
        let locked: Option<Locked> = self.store.locked(&seen).unwrap();
        assert_eq!(locked.is_some(), is_evidence, "the screen knows");
        let store = &mut self.store;
        let tried = match self.dice.below(4) {
            0 => {
                let text = format!("{} again", entry.text);
                let values = texts(&[("text", &text)]);
                let done = store.step("Change", |w| w.amend(Kind::Contact, id.0, &values, None));
                if done.is_ok() {
                    entry.text = text;
                    self.overwritten += 1;
                }
                done
            }
            1 => store.step("Say", |w| w.say_of(id, PupilId(1), "x")),
            2 => store
                .step("Bin", |w| w.bin(Kind::Contact, id.0))
                .and_then(|()| store.step("Back", |w| w.restore(Kind::Contact, id.0))),
            _ => store
                .undo_step(entry.step)
                .and_then(|_| store.redo().map(drop)),
        };
        match tried {
            Ok(()) => assert!(!is_evidence),
            Err(Error::Evidence { .. }) => {
                assert!(is_evidence);
                self.refused += 1;
            }
            // Its rows were changed after its own step.
            Err(Error::HistoryMoved { .. }) => {}
            Err(error) => panic!("{error}"),
        }
        if is_evidence {
            assert_eq!(self.store.dump("contact").unwrap(), before);
        }
    }

    /// One backup: the real thing, or a file in its stead, which goes the same way.
    fn back_up(&mut self, real: bool) {
        let desk = &self.case.desk;
        let path = if real {
            desk.back_up("OAK", None).unwrap().path
        } else {
            let write = |path: &Path| {
                fs::write(path, "x").unwrap();
                Ok(())
            };
            let (path, ()) = desk.in_new_backup("OAK", write).unwrap();
            desk.settle_backup("OAK", &path, StepId(1), "hash", None)
                .unwrap();
            path
        };
        let all = desk.backups("OAK").unwrap();
        let just = all.iter().find(|one| one.path == path);
        let just = just.expect("the one just made is there");
        self.backups.push((path.clone(), just.made));
        assert_eq!(Listed::newest(&all), Some(just), "and it is the newest");
        let now = sys::clock::local(self.now);
        let ahead = |made: &NaiveDateTime| *made - now > TimeDelta::hours(1);
        for (at, (path, made)) in self.backups.iter().enumerate() {
            if path.exists() {
                continue;
            }
            assert!(!ahead(made), "what lies ahead stays");
            let later: Vec<NaiveDateTime> = self.backups[at + 1..]
                .iter()
                .map(|(_, made)| *made)
                .filter(|made| !ahead(made))
                .collect();
            let served = |most: usize, period: fn(&NaiveDateTime) -> (i32, u32)| {
                let periods: BTreeSet<_> = later.iter().map(period).collect();
                periods.contains(&period(made)) || periods.len() >= most
            };
            assert!(served(7, |at| (at.year(), at.ordinal())), "{made}");
            assert!(
                served(4, |at| (at.iso_week().year(), at.iso_week().week())),
                "{made}"
            );
            assert!(served(12, |at| (at.year(), at.month())), "{made}");
        }
        self.backups.retain(|(path, _)| path.exists());
        assert_eq!(desk.heads_of_backups("OAK").unwrap().len(), all.len());
    }

    fn event(&mut self) {
        if self.dice.below(4) == 0 {
            self.set_clock();
        }
        let seconds = self.dice.below(300);
        self.pass(TimeDelta::seconds(seconds));
        match self.dice.below(10) {
            0..=1 => self.add_entry(),
            2..=6 => self.try_entry(),
            7 => self.case.add("Ali"),
            _ => self.back_up(false),
        }
    }

    fn end(&mut self) {
        self.back_up(true);
        for entry in &self.entries {
            let stands = self.store.contact(entry.id).unwrap().unwrap();
            assert_eq!(
                (stands.text, stands.entered_at),
                (entry.text.clone(), entry.at)
            );
        }
        assert_eq!(self.store.verify().unwrap(), None);
        // The clock is put right: whatever it was, the newest that is none from the future is known.
        self.now = self.truth;
        self.pass(TimeDelta::hours(2));
        let now = sys::clock::local(self.now);
        let ahead = |made: &NaiveDateTime| *made - now > TimeDelta::hours(1);
        let past = self.backups.iter().rev().find(|(_, made)| !ahead(made));
        let all = self.case.desk.backups("OAK").unwrap();
        assert_eq!(
            Listed::newest(&all).map(|one| &one.path),
            past.map(|(path, _)| path)
        );
        self.back_up(false);
    }
}

#[test]
fn whatever_the_clock_says_no_evidence_is_overwritten_and_no_backup_is_lost() {
    let asked = |name: &str, usual: u64| {
        let told = std::env::var(name).ok();
        told.and_then(|text| text.parse().ok()).unwrap_or(usual)
    };
    let (rounds, seed) = (asked("CLOCK", 20), asked("SEED", 12));
    println!("seed {seed}, {rounds} rounds");
    let (mut refused, mut overwritten, mut backups) = (0, 0, 0);
    for round in 0..rounds {
        println!("round {round}");
        let mut course = Course::new(seed.wrapping_mul(1_000_003).wrapping_add(round));
        for _ in 0..60 {
            course.event();
        }
        course.end();
        refused += course.refused;
        overwritten += course.overwritten;
        backups += course.backups.len();
    }
    println!("{refused} refused, {overwritten} put right in time, {backups} backups kept");
    // Both sides of the rule were met.
    assert!(refused > 0 && overwritten > 0 && backups > 0);
}
