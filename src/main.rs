//! Parse, run, print one error, exit code.

use std::process::ExitCode;

/// What is freed is wiped: names and words, and what was read of keys.
#[global_allocator]
static WIPED: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    sendesk::sys::process::settle();
    sendesk::cli::run(std::env::args_os())
}
