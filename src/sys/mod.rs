//! The operating system, behind plain functions: clock, process, files, signals, terminal device, the user's editor.
//!
//! A leaf: knows nothing of schools, screens or SQL, and nothing else of ours. What only Unix has is behind
//! `cfg(unix)` here and nowhere else.

pub mod clock;
pub mod delay;
#[cfg(unix)]
pub mod editor;
pub mod file;
pub mod folder;
pub mod lock;
pub mod memory;
pub mod process;
pub mod read;
pub mod reserve;
#[cfg(unix)]
pub mod scratch;
pub mod signal;
#[cfg(unix)]
pub mod suspend;
#[cfg(unix)]
pub mod tty;
