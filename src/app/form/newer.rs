//! A record that moved under its open form: both are shown, and the user says which it is to be.

use super::blank::shown_text;
use super::{Blank, Form};
use crate::domain::form::{Context, Values};

/// A field that was typed into here and changed elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newer {
    /// The field's label.
    pub label: &'static str,
    /// What is on file now, as the form writes it.
    pub now: String,
    /// What is typed here.
    pub yours: String,
}

impl Form {
    /// Takes in what is on file now. Where nothing was typed it stands in the field; where something was, both are
    /// told, and a save after the next key but Enter puts what is typed in its place: a key held too long saves over
    /// nobody.
    pub fn meet(&mut self, now: &Values, context: &Context) {
        self.newer.clear();
        for (one, fresh) in self.blanks.iter_mut().zip(&mut self.fresh) {
            let name = one.def.name;
            let is = now.get(name);
            if is == self.seen.get(name) {
                continue;
            }
            let text = is
                .and_then(Option::as_ref)
                .map(|value| shown_text(one.def, value))
                .unwrap_or_default();
            if one.input.text() == fresh {
                one.set(&text, context);
            } else {
                self.newer.push(newer(one, text.clone()));
            }
            *fresh = text;
        }
        self.seen.clone_from(now);
        self.opened_on.clone_from(now);
        self.faults.clear();
        self.asks = !self.newer.is_empty();
        self.dirty = true;
        if let Some(first) = self.newer.first() {
            let named = |one: &Blank| one.def.label == first.label;
            self.focus = self.blanks.iter().position(named).unwrap_or(self.focus);
            self.current().whole = false;
        }
        self.follow(context);
    }

    /// Puts a question to the user: the save waits for the next key but Enter.
    pub fn ask(&mut self, question: String) {
        self.faults = vec![question];
        self.asks = true;
    }

    /// Takes in what is to be asked before a save. True, and the save waits for a word, where it was not asked already.
    pub fn wonder(&mut self, asks: Vec<String>) -> bool {
        if asks.is_empty() || asks == self.asked {
            return false;
        }
        self.asked = asks;
        self.asks = true;
        self.dirty = true;
        true
    }

    /// True while what was changed elsewhere, or a question, waits for a word: Enter alone does not save over it.
    pub fn asks(&self) -> bool {
        self.asks
    }

    /// Any key but Enter: the next Enter is meant.
    pub fn answered(&mut self) {
        self.asks = false;
    }
}

fn newer(one: &Blank, now: String) -> Newer {
    Newer {
        label: one.def.label,
        now,
        yours: one.meant().to_owned(),
    }
}
