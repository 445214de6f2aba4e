//! Pennies of a cost dealt out to children, bit by bit.
//!
//! What is dealt is never taken back: each new penny goes to the child with the largest deficit (what the child's weeks
//! come to, less what it was dealt), or to nobody's pot. So parts and pot sum to the whole, children who bear the same
//! bits differ by a penny at most, and a later bit lets no part fall.

use super::Member;
use super::cost::{Cost, Unknown};

/// Parts of the smallest unit that are reckoned with: divisible by every group of up to 16.
const FINE: i128 = 720_720;

/// A cost, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// All of it, in pence, or why it cannot be told.
    pub cost: Cost,
    /// What is known of it, in pence: the same where all is known.
    pub known: i64,
}

impl Sum {
    const fn of(known: i64, unknown: Option<Unknown>) -> Self {
        Self {
            cost: match unknown {
                Some(unknown) => Err(unknown),
                None => Ok(known),
            },
            known,
        }
    }

    /// Of which nothing is known.
    pub(super) const fn unknown(unknown: Unknown) -> Self {
        Self::of(0, Some(unknown))
    }
}

/// A cost dealt out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dealt {
    /// The whole.
    pub(super) whole: Sum,
    /// What falls to nobody.
    pub(super) nobody: Sum,
    /// What falls to each child, by the places of the members.
    pub(super) parts: Vec<Sum>,
}

/// One who may be dealt a penny.
#[derive(Clone, Default)]
struct Hand {
    /// What it bears, in fine units.
    due: i128,
    /// Pennies it was dealt.
    dealt: i64,
    /// The member they go to; nobody's pot has none.
    member: Option<usize>,
}

/// A cost being dealt.
pub(super) struct Deal<'a> {
    members: &'a [Member],
    /// Whose hand a member's is: a child with two memberships has one.
    hand_of: Vec<usize>,
    /// The children's in the order of their first memberships, and nobody's pot as the last.
    hands: Vec<Hand>,
    parts: Vec<i64>,
    unknown: Vec<Option<Unknown>>,
    nobody_unknown: Option<Unknown>,
    whole_unknown: Option<Unknown>,
    /// Units in a penny.
    penny: i128,
    /// What came so far, in units.
    total: i128,
    /// Pennies dealt so far.
    given: i64,
}

impl<'a> Deal<'a> {
    /// Nothing dealt yet, with so many units to a penny.
    pub(super) fn new(members: &'a [Member], penny: i128) -> Self {
        let mut children = Vec::new();
        let mut hands = Vec::new();
        let mut hand_of = Vec::with_capacity(members.len());
        for (at, member) in members.iter().enumerate() {
            let known = children.iter().position(|child| *child == member.pupil());
            hand_of.push(known.unwrap_or(children.len()));
            if known.is_none() {
                children.push(member.pupil());
                hands.push(Hand {
                    member: Some(at),
                    ..Hand::default()
                });
            }
        }
        hands.push(Hand::default());
        Self {
            members,
            hand_of,
            hands,
            parts: vec![0; members.len()],
            unknown: vec![None; members.len()],
            nobody_unknown: None,
            whole_unknown: None,
            penny: penny.max(1),
            total: 0,
            given: 0,
        }
    }

    /// A bit of the cost, in units, borne alike by the children who are on, each counting once; by nobody where there
    /// are none. One that is unknown makes only those unknown who would bear it.
    pub(super) fn bear(&mut self, bit: Result<i128, Unknown>, is_on: impl Fn(&Member) -> bool) {
        let mut there: Vec<usize> = Vec::new();
        for (at, member) in self.members.iter().enumerate() {
            let hand = self.hand_of[at];
            if is_on(member) && !there.iter().any(|other| self.hand_of[*other] == hand) {
                there.push(at);
            }
        }
        let bit = match bit {
            Ok(bit) => bit,
            Err(unknown) => {
                self.whole_unknown.get_or_insert(unknown);
                for at in &there {
                    self.unknown[*at].get_or_insert(unknown);
                }
                if there.is_empty() {
                    self.nobody_unknown.get_or_insert(unknown);
                }
                return;
            }
        };
        self.total += bit;
        let pot = self.hands.len() - 1;
        let count = i128::try_from(there.len().max(1)).unwrap_or(1);
        for at in &there {
            let hand = &mut self.hands[self.hand_of[*at]];
            hand.due += bit * FINE / count;
            hand.member = Some(*at);
        }
        if there.is_empty() {
            self.hands[pot].due += bit * FINE;
        }
        self.deal();
    }

    /// Deals the pennies that are whole by now, rounded half up once over all that came.
    fn deal(&mut self) {
        let pence = (2 * self.total + self.penny).div_euclid(2 * self.penny);
        let pence = i64::try_from(pence).unwrap_or(i64::MAX);
        let mut new = pence - self.given;
        self.given = pence;
        let penny = self.penny * FINE;
        // What one at a time would give in any case is given at once: deficits never differ by more than this.
        let apart = 2 * i128::try_from(self.hands.len()).unwrap_or(0) + 2;
        for at in 0..self.hands.len() {
            let sure = self.deficit(at) / penny - apart;
            if let Some(sure) = i64::try_from(sure).ok().filter(|sure| *sure > 0) {
                let sure = sure.min(new);
                self.hand_out(at, sure);
                new -= sure;
            }
        }
        while new > 0 {
            let places = 0..self.hands.len();
            let neediest = places.max_by_key(|at| (self.deficit(*at), std::cmp::Reverse(*at)));
            self.hand_out(neediest.unwrap_or(0), 1);
            new -= 1;
        }
    }

    fn deficit(&self, at: usize) -> i128 {
        let hand = &self.hands[at];
        hand.due - i128::from(hand.dealt) * self.penny * FINE
    }

    fn hand_out(&mut self, at: usize, pence: i64) {
        self.hands[at].dealt += pence;
        if let Some(member) = self.hands[at].member {
            self.parts[member] += pence;
        }
    }

    /// What came of it.
    pub(super) fn done(self) -> Dealt {
        let pot = self.hands.last().map_or(0, |hand| hand.dealt);
        let parts = self.parts.iter().zip(&self.unknown);
        Dealt {
            whole: Sum::of(self.given, self.whole_unknown),
            nobody: Sum::of(pot, self.nobody_unknown),
            parts: parts
                .map(|(part, unknown)| Sum::of(*part, *unknown))
                .collect(),
        }
    }
}
