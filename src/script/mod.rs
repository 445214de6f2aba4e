//! The desk without a terminal: a script of keys goes in, screens as text come out.
//!
//! Tests, demonstrations and bug reports are scripts. [`parse`] reads and rewrites them, [`run`] plays
//! them, [`screen`] prints screens; [`sample`] makes the invented school.

pub mod parse;
pub mod run;
pub mod sample;
pub mod screen;
