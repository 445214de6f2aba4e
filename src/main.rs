//! Parse, run, print one error, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    sendesk::sys::process::settle();
    sendesk::cli::run(std::env::args_os())
}
