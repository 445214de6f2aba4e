//! The desk without a terminal: a script of keys goes in, screens as text come out.
//!
//! Tests, demonstrations and bug reports are scripts. [`parse`] reads and rewrites them, [`run`] plays
//! them, [`screen`] prints screens.

pub mod parse;
pub mod run;
pub mod screen;
