//! The command line: the second way in. Same store, same rules and same undo as the desk on screen.
//!
//! One file per group of verbs. Names, flags, JSON keys and exit codes are a promise to users' scripts.
//! Standard output holds only the answer; everything else goes to standard error.

mod access;
mod add;
mod args;
mod backup;
mod demo;
mod desk;
mod diary;
mod doctor;
mod done;
mod doubt;
mod due;
mod entry;
mod field;
mod filter;
mod find;
mod form;
mod history;
mod hours;
mod import;
mod init;
mod input;
mod json;
mod keys;
mod list;
mod near;
mod out;
mod own;
mod passphrase;
mod paths;
mod plan;
mod play;
mod provision;
mod pupil;
mod queue;
mod recost;
mod remove;
mod report;
mod school;
#[cfg(any(debug_assertions, feature = "selftest"))]
mod selftest;
mod shell;
mod show;
mod stop;
mod table;
mod theme;

use access::Access;
use args::{Args, Verb};
use clap::Parser;
use out::Out;
use std::ffi::OsString;
use std::process::ExitCode;
use stop::Stop;

pub use keys::keys_table;

/// Runs one command line and tells the exit code. Prints everything there is to say.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut out = Out::standard();
    let stop = match Args::try_parse_from(words) {
        Ok(args) => {
            out.plain = args.globals.plain;
            out.json = args.globals.json;
            let acts = args.verb.as_ref().is_some_and(Verb::acts);
            match obey(args, &mut out) {
                Ok(()) if acts => out.finish_done().err(),
                done => done.err(),
            }
        }
        Err(told) => out.clap(&told).err(),
    };
    let stop = stop.or_else(|| out.finish().err());
    match stop {
        None => ExitCode::SUCCESS,
        Some(stop) => {
            let _ = out.finish();
            if let Some(text) = stop.text() {
                out.say(&format!("sendesk: {text}"));
            }
            ExitCode::from(stop.code())
        }
    }
}

fn obey(args: Args, out: &mut Out) -> Result<(), Stop> {
    let access = Access::new(args.globals)?;
    if let Some(verb) = &args.verb {
        access.check_all(verb.reads_every_school())?;
    }
    match args.verb {
        None => desk::open(&access),
        Some(Verb::Demo(verb)) => demo::run(&access, &verb, out),
        Some(Verb::Init(verb)) => init::run(&access, &verb, out),
        Some(Verb::School(verb)) => school::run(&access, &verb, out),
        Some(Verb::Import(verb)) => import::run(&access, &verb, out),
        Some(Verb::List(verb)) => list::run(&access, &verb, out),
        Some(Verb::Show(verb)) => show::run(&access, &verb, out),
        Some(Verb::Find(verb)) => find::run(&access, &verb, out),
        Some(Verb::New(verb)) => form::new(&access, &verb, out),
        Some(Verb::Set(verb)) => form::set(&access, &verb, out),
        Some(Verb::Remove(verb)) => remove::run(&access, &verb, out),
        Some(Verb::Recost(verb)) => recost::run(&access, &verb, out),
        Some(Verb::Fields(verb)) => field::run(&verb, out),
        Some(Verb::Add(verb)) => add::run(&access, &verb, out),
        Some(Verb::Today) => due::today(&access, out),
        Some(Verb::Due(verb)) => due::run(&access, &verb, out),
        Some(Verb::Done(verb)) => done::run(&access, &verb, out),
        Some(Verb::Undo(verb)) => history::undo(&access, &verb, out),
        Some(Verb::Redo) => history::redo(&access, out),
        Some(Verb::History(verb)) => history::run(&access, &verb, out),
        Some(Verb::Report(verb)) => report::run(&access, &verb, out),
        Some(Verb::Backup(verb)) => backup::run(&access, &verb, out),
        Some(Verb::Restore(verb)) => backup::restore(&access, &verb, out),
        Some(Verb::Doctor(verb)) => doctor::run(&access, &verb, out),
        Some(Verb::Passphrase(verb)) => passphrase::run(&access, &verb, out),
        Some(Verb::Recover(verb)) => passphrase::recover(&access, &verb, out),
        Some(Verb::Paths) => {
            paths::run(&access, out);
            Ok(())
        }
        Some(Verb::Keys(verb)) => keys::run(&access, &verb, out),
        Some(Verb::Play(verb)) => play::run(&verb, out),
        Some(Verb::Theme(verb)) => theme::run(&access, &verb, out),
        Some(Verb::Completions(verb)) => {
            shell::completions(&verb, out);
            Ok(())
        }
        Some(Verb::Man) => shell::man(out),
        #[cfg(any(debug_assertions, feature = "selftest"))]
        Some(Verb::Selftest(verb)) => selftest::run(&access, &verb, out),
    }
}
