#![doc = include_str!("README.md")]

pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod import;
pub mod script;
pub mod store;
pub mod sys;
pub mod tui;
pub mod ui;
