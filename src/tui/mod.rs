//! The terminal, in and out: modes taken and given back, keys read in one place, frames written in one piece.
//!
//! The only module that names crossterm. It knows nothing of what is shown; no terminal is ever asked anything,
//! because a late reply reads as typed keys.

pub mod ability;
mod burst;
mod crash;
pub mod desk;
mod errand;
mod guard;
mod input;
mod listen;
mod repaint;
mod run;
mod screen;
mod watch;

pub use run::{Desk, Ending, run};
