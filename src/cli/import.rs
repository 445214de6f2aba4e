//! `import`: reads the office's file, shows the plan, applies it as one step.

use super::access::{self, Access};
use super::args::ImportArgs;
use super::out::Out;
use super::plan as page;
use super::stop::Stop;
use crate::app::bring::read_whole;
use crate::domain::batch::plan::plan;
use crate::domain::batch::{Ask, Plan, Whom};
use crate::domain::id::PupilId;
use crate::domain::pupil::listed_name;
use crate::domain::step;
use crate::import;
use crate::store::Store;
use std::path::Path;

/// Imports a file.
pub(super) fn run(access: &Access, verb: &ImportArgs, out: &mut Out) -> Result<(), Stop> {
    let options = import::Options {
        map: read_map(&verb.map)?,
        today: access.today,
    };
    let bytes = read_whole(&verb.file).map_err(Stop::Failed)?;
    let mut store = access.store()?;
    let batch = import::read(&bytes, &file_name(&verb.file), &options)
        .map_err(|fault| told(&verb.file, &fault))?;
    drop(bytes);
    let (on_file, basis) = store.on_file_at()?;
    let mut plan = plan(batch, &on_file, access.today);
    plan.basis = Some(basis);
    drop(on_file);
    for leaver in &mut plan.left {
        leaver.take = verb.leavers;
    }
    for returner in &mut plan.returned {
        returner.take = verb.returners;
    }
    let asking = asks(verb, access::can_ask());
    if asking {
        choose(&store, &mut plan, out)?;
    }
    page::print(&store, &plan, verb.dry_run, out)?;
    if takes_nothing(&plan) {
        out.finish()?;
        return Err(Stop::failed(format!(
            "{}: no row could be taken; nothing was written.",
            verb.file.display()
        )));
    }
    tell_unclear(&plan, &verb.file, asking, out)?;
    if verb.dry_run {
        out.say(&format!("{}: dry run, nothing was written.", store.code()));
        return Ok(());
    }
    if plan.is_empty() {
        out.say(&format!("{}: nothing to change.", store.code()));
        return Ok(());
    }
    if asking && !access::agrees(out, &format!("Apply this to {}? [y/N] ", store.code())) {
        return Err(Stop::failed("Nothing was written."));
    }
    let applied = store.step(&step::imported(&plan), |writer| {
        writer.apply(&plan, access.today)
    })?;
    out.say(&format!(
        "{}: {}. sendesk undo takes it back.",
        store.code(),
        applied.in_words()
    ));
    Ok(())
}

/// Whether the user is asked before anything is written: always at a terminal, in whatever form the answer is printed.
fn asks(verb: &ImportArgs, can_ask: bool) -> bool {
    can_ask && !verb.dry_run && !verb.yes
}

/// `Heading=field` pairs. A heading may hold an equals sign, a field cannot.
fn read_map(words: &[String]) -> Result<Vec<(String, String)>, Stop> {
    words
        .iter()
        .map(|word| match word.rsplit_once('=') {
            Some((heading, field)) if !heading.trim().is_empty() && !field.trim().is_empty() => {
                Ok((heading.trim().to_owned(), field.trim().to_owned()))
            }
            _ => Err(Stop::usage(format!(
                "--map \"{word}\" is to be Heading=field, such as \"Pupil Ref=mis_id\"."
            ))),
        })
        .collect()
}

fn file_name(path: &Path) -> String {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| path.display().to_string())
}

/// A file that cannot be taken as a whole; a wrong `--map` is wrong usage.
fn told(path: &Path, fault: &import::Error) -> Stop {
    let text = format!("{}: {fault}", path.display());
    match fault {
        import::Error::UnknownHeading { .. }
        | import::Error::UnknownTarget { .. }
        | import::Error::MappedTwice { .. } => Stop::Usage(text),
        _ => Stop::Failed(text),
    }
}

/// True when every row was turned away.
fn takes_nothing(plan: &Plan) -> bool {
    plan.added.is_empty() && plan.changed.is_empty() && plan.unchanged == 0 && plan.asks.is_empty()
}

/// Tells of rows left out for not being certain. Where the file holds no others and nobody was asked, choosing is what is
/// left to do.
fn tell_unclear(plan: &Plan, file: &Path, asked: bool, out: &mut Out) -> Result<(), Stop> {
    let open = plan.asks.iter().filter(|ask| ask.choice.is_none()).count();
    let told = match open {
        0 => return Ok(()),
        1 => "1 row left out: it is not certain whom it is about".to_owned(),
        n => format!("{n} rows left out: it is not certain whom they are about"),
    };
    let alone = plan.added.is_empty() && plan.changed.is_empty() && plan.unchanged == 0;
    if alone && !asked {
        out.finish()?;
        return Err(Stop::Choice(format!(
            "{}: {told}. Nothing was written. Import it at a terminal without --yes to choose, or mend the numbers and \
             names.",
            file.display()
        )));
    }
    out.say(&format!("{told}."));
    Ok(())
}

/// Asks which pupil is meant where that is not certain.
fn choose(store: &Store, plan: &mut Plan, out: &mut Out) -> Result<(), Stop> {
    let mut open: Vec<&mut Ask> = plan.asks.iter_mut().collect();
    for ask in &mut open {
        let row = &ask.incoming;
        let name = listed_name(
            row.surname.as_deref().unwrap_or_default(),
            row.forename.as_deref().unwrap_or_default(),
        );
        out.say(&format!(
            "Who is row {}, {name}? {}:",
            row.row,
            capital(&ask.reason)
        ));
        // With the question, not in the answer: that may be JSON, or go to a file.
        for line in store.lines(&ask.candidates)? {
            let class = line.pupil.class.as_deref().unwrap_or_default();
            let told = format!("  {}  {}  {class}", line.pupil.id, line.pupil.listed_name());
            out.say(told.trim_end());
        }
        let typed = access::ask(
            out,
            "Which is it? Its id, new for another child, or Enter to leave the row out: ",
        );
        ask.choice = typed.and_then(|text| read_choice(&text, &ask.candidates));
    }
    Ok(())
}

/// An id that was offered, or `new`.
fn read_choice(text: &str, candidates: &[PupilId]) -> Option<Whom> {
    if text.trim().eq_ignore_ascii_case("new") {
        return Some(Whom::New);
    }
    let chosen = text.trim().parse().ok();
    chosen.filter(|id| candidates.contains(id)).map(Whom::Pupil)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Args, Verb};
    use clap::Parser;

    #[test]
    fn a_question_is_answered_by_an_id_that_was_offered_or_by_new() {
        let offered = [PupilId(4), PupilId(7)];
        for (text, want) in [
            ("p7", Some(Whom::Pupil(PupilId(7)))),
            (" new ", Some(Whom::New)),
            ("p9", None),
            ("", None),
        ] {
            assert_eq!(read_choice(text, &offered), want, "{text}");
        }
    }

    #[test]
    fn at_a_terminal_an_import_asks_unless_told_not_to() {
        for (words, want) in [
            (&["import", "x.csv"][..], true),
            (&["import", "x.csv", "--json"], true),
            (&["import", "x.csv", "--yes"], false),
            (&["import", "x.csv", "--dry-run"], false),
        ] {
            let args = Args::parse_from([&["sendesk"], words].concat());
            let Some(Verb::Import(verb)) = args.verb else {
                panic!("{words:?}")
            };
            assert_eq!(asks(&verb, true), want, "{words:?}");
            assert!(!asks(&verb, false));
        }
    }
}
