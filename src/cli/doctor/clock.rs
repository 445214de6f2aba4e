//! What a clock that was wrong, or is, has left: nothing to be mended, but to be known.

use super::finding::Finding;
use crate::cli::stop::Stop;
use crate::domain::date;
use crate::domain::step::Step;
use crate::store::{Listed, Store};
use crate::sys;

const CHECK: &str = "Check this machine's date and time.";

/// Steps of the history that are earlier than the one before, and those that lie in the future.
pub(super) fn history(store: &Store) -> Result<impl Iterator<Item = Finding> + use<>, Stop> {
    let set_back = store.set_back_steps()?.map(|(count, newest)| {
        let what = match count {
            1 => format!("1 step of the history is earlier than the one before: {}.", named(&newest)),
            many => format!(
                "{many} steps of the history are earlier than the one before, the last of them {}.",
                named(&newest)
            ),
        };
        Finding::note(
            what,
            "The clock was set back. What was entered shortly before is evidence, and the order of the steps holds.",
            "Nothing is to be mended: sendesk history marks them.",
        )
    });
    let ahead = store.steps_ahead()?.map(|(count, newest)| {
        let what = match count {
            1 => format!(
                "1 step of the history lies in the future: {}.",
                named(&newest)
            ),
            many => format!(
                "{many} steps of the history lie in the future, the last of them {}.",
                named(&newest)
            ),
        };
        Finding::note(
            what,
            "The clock was ahead when it was made, or is behind now.",
            CHECK,
        )
    });
    Ok(set_back.into_iter().chain(ahead))
}

fn named(step: &Step) -> String {
    let at = sys::clock::local(step.at);
    format!(
        "{} of {} {}",
        step.id,
        date::short(at.date()),
        at.format("%H:%M")
    )
}

/// Backups that are named from the future.
pub(super) fn backups(all: &[Listed]) -> Option<Finding> {
    let ahead: Vec<&Listed> = all.iter().filter(|one| one.is_ahead).collect();
    let furthest = ahead.iter().max_by_key(|one| one.made)?;
    let name = furthest.path.file_name().unwrap_or_default();
    let name = name.to_string_lossy();
    let what = match ahead.len() {
        1 => format!("1 backup is named from the future: {name}."),
        many => format!("{many} backups are named from the future, the furthest {name}."),
    };
    Some(Finding::note(
        what,
        "The clock was ahead when it was made, or is behind now. It is kept, and is no newest backup.",
        CHECK,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Author;
    use chrono::TimeDelta;

    #[test]
    fn steps_that_the_clock_cannot_have_told_right_are_notes_and_no_faults() {
        let author = Author {
            name: "Sam Reed".to_owned(),
            login: "sam".to_owned(),
            working_date: None,
        };
        let mut store = Store::memory(author).unwrap();
        assert_eq!(history(&store).unwrap().count(), 0);
        store.later(TimeDelta::days(12 * 365));
        store.record_access("In a year to come").unwrap();
        store.later(TimeDelta::days(-12 * 365));
        store.record_access("Put right").unwrap();
        let found: Vec<Finding> = history(&store).unwrap().collect();
        assert!(found.iter().all(|one| !one.is_open()));
        let told: Vec<String> = found
            .iter()
            .map(|one| serde_json::to_value(one).unwrap()["what"].to_string())
            .collect();
        assert!(
            told[0].contains("1 step of the history is earlier than the one before: j3 of "),
            "{told:?}"
        );
        assert!(
            told[1].contains("1 step of the history lies in the future: j2 of "),
            "{told:?}"
        );
        assert_eq!(told.len(), 2);
    }
}
