//! What is not plain is asked by the exit code: the questions are the answer, and nothing is done without `--anyway`.

use super::out::Out;
use super::stop::Stop;
use serde::Serialize;

#[derive(Serialize)]
struct AsksJson<'a> {
    asks: &'a [String],
}

/// Prints the questions; stops there unless it is to be done anyway.
///
/// # Errors
/// [`Stop::Choice`].
pub(super) fn ask(asks: &[String], anyway: bool, out: &mut Out) -> Result<(), Stop> {
    if asks.is_empty() || anyway {
        return Ok(());
    }
    if out.json {
        out.value(&AsksJson { asks });
    } else {
        for ask in asks {
            out.line(ask);
        }
    }
    Err(Stop::Choice(
        "Nothing was changed. The same with --anyway does it all the same.".to_owned(),
    ))
}
