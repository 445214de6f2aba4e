//! How contacts come about and what is said in them, dealt so that every kind comes up and no sentence too often.

use super::phrase::Said;
use crate::demo::dice::Dice;
use crate::domain::contact::ContactKind::{
    self, Email, InPerson, Letter, Meeting, Note, Phone, Safeguarding, Text, Visit,
};
use std::collections::HashMap;

/// How contacts come about, in the shares of practice; dealt in turn, so that every kind comes up.
const DECK: [ContactKind; 24] = [
    Phone,
    InPerson,
    Email,
    Note,
    Phone,
    Text,
    Visit,
    InPerson,
    Phone,
    Email,
    Letter,
    InPerson,
    Phone,
    Note,
    Email,
    Text,
    Phone,
    Safeguarding,
    Visit,
    InPerson,
    Phone,
    Meeting,
    Note,
    Email,
];

/// Deals kinds in turn, and of several sentences the one that was said longest ago.
pub(super) struct Dealer {
    kind: usize,
    turn: usize,
    said: HashMap<&'static str, usize>,
}

impl Dealer {
    pub(super) fn new(dice: &mut Dice) -> Self {
        Self {
            kind: dice.below(DECK.len()),
            turn: 0,
            said: HashMap::new(),
        }
    }

    /// How the next contact comes about.
    pub(super) fn kind(&mut self) -> ContactKind {
        self.kind = (self.kind + 1) % DECK.len();
        DECK[self.kind]
    }

    /// What is said in it.
    pub(super) fn said(&mut self, dice: &mut Dice, bank: &[Said]) -> Said {
        let (before, after) = bank.split_at(dice.below(bank.len()));
        let last = |said: &&Said| self.said.get(said.0).copied();
        let Some(said) = after.iter().chain(before).min_by_key(last) else {
            return Said::default();
        };
        self.turn += 1;
        self.said.insert(said.0, self.turn);
        *said
    }
}
