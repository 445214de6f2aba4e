//! `report`: papers made from what is on file.

mod handover;
mod paper;
mod time;

use super::access::Access;
use super::args::ReportVerb;
use super::out::Out;
use super::stop::Stop;

/// Prints the report asked for.
pub(super) fn run(access: &Access, verb: &ReportVerb, out: &mut Out) -> Result<(), Stop> {
    match verb {
        ReportVerb::Handover => handover::run(access, out),
        ReportVerb::Time(verb) => time::run(access, verb, out),
    }
}
