//! `play`: a script of keys against an invented school in memory; prints the screens it asks for.

use super::args::PlayArgs;
use super::out::Out;
use super::stop::Stop;
use crate::script::parse::{self, Act};
use crate::script::run::Player;
use crate::sys;

/// Largest script that is read, in bytes.
const MOST: u64 = 16 * 1024 * 1024;

/// Plays a script. Where it expects screens, they are compared; where a block is empty, what is found is printed.
pub(super) fn run(verb: &PlayArgs, out: &mut Out) -> Result<(), Stop> {
    let path = verb.script.display();
    let text = sys::read::text(&verb.script, MOST)
        .map_err(|fault| Stop::unreadable(&verb.script, &fault))?;
    let steps = parse::parse(&text).map_err(|faults| {
        let faults: Vec<String> = faults
            .iter()
            .map(|fault| format!("{path}: {fault}"))
            .collect();
        Stop::failed(faults.join("\n"))
    })?;
    let found = Player::new()
        .play(&steps)
        .map_err(|stopped| Stop::failed(format!("{path}: {stopped}")))?;
    let mut differ = 0;
    for step in &steps {
        let Act::Expect(look, expected) = &step.act else {
            continue;
        };
        let Some((_, lines)) = found.iter().find(|(line, _)| *line == step.line) else {
            continue;
        };
        let same = lines.len() == expected.len()
            && lines
                .iter()
                .zip(expected)
                .all(|(is, wanted)| is.trim_end() == wanted.trim_end());
        if same {
            continue;
        }
        differ += usize::from(!expected.is_empty());
        out.line(&format!("{path}:{} {look}", step.line));
        for line in lines {
            out.line(line);
        }
    }
    if differ > 0 {
        return Err(Stop::failed(format!(
            "{path}: {differ} screens are not as the script expects."
        )));
    }
    Ok(())
}
