//! Names of provision that schools use, to choose from. Names only: nothing is claimed of what any of them does, and
//! none is endorsed. Minutes, weeks and group sizes are left to the school, but for a usual shape to start from.

use crate::domain::code::Area::{self, Cognition, Communication, SensoryPhysical, SocialEmotional};
use crate::domain::source::{Source, Standing};

/// Where the names come from.
pub const SOURCE: Source = Source {
    sure: false,
    ..Source::new(
        "Names of interventions in common use in English schools, gathered in November 2026",
        Standing::Practice,
    )
};

/// A name to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    /// The name.
    pub name: &'static str,
    /// The area it is usually counted to.
    pub area: Area,
}

/// What a new type starts from where the school has said nothing: a usual shape, to be changed with `e`.
pub const USUAL_MINUTES: i64 = 20;
/// See [`USUAL_MINUTES`].
pub const USUAL_SESSIONS_WEEK: i64 = 3;
/// See [`USUAL_MINUTES`].
pub const USUAL_WEEKS: i64 = 12;

const fn offered(name: &'static str, area: Area) -> Offered {
    Offered { name, area }
}

/// The names, by area.
pub const ALL: &[Offered] = &[
    offered("NELI", Communication),
    offered("Talk Boost", Communication),
    offered("WellComm", Communication),
    offered("Colourful Semantics", Communication),
    offered("Word Aware", Communication),
    offered("Blank-level questioning", Communication),
    offered("Makaton", Communication),
    offered("PECS", Communication),
    offered("Language for Thinking", Communication),
    offered("Narrative Therapy", Communication),
    offered("Time to Talk", Communication),
    offered("SALT programme", Communication),
    offered("Pre-teach vocabulary", Communication),
    offered("Precision Teaching", Cognition),
    offered("Toe by Toe", Cognition),
    offered("Nessy", Cognition),
    offered("IDL", Cognition),
    offered("Lexia", Cognition),
    offered("Phonics catch-up", Cognition),
    offered("Reading comprehension group", Cognition),
    offered("Reading Recovery", Cognition),
    offered("Switch-on", Cognition),
    offered("Better Reading Support Partners", Cognition),
    offered("Rapid Reading", Cognition),
    offered("Catch Up Literacy", Cognition),
    offered("Catch Up Numeracy", Cognition),
    offered("1stClass@Number", Cognition),
    offered("Numbers Count", Cognition),
    offered("Five Minute Box", Cognition),
    offered("Plus 1", Cognition),
    offered("Power of 2", Cognition),
    offered("ELSA", SocialEmotional),
    offered("Nurture group", SocialEmotional),
    offered("Thrive", SocialEmotional),
    offered("Zones of Regulation", SocialEmotional),
    offered("Drawing and Talking", SocialEmotional),
    offered("Brick-based therapy", SocialEmotional),
    offered("Social Stories", SocialEmotional),
    offered("Comic Strip Conversations", SocialEmotional),
    offered("Circle of Friends", SocialEmotional),
    offered("Check-in, check-out", SocialEmotional),
    offered("Sensory circuits", SensoryPhysical),
    offered("Clever Fingers", SensoryPhysical),
    offered("Write from the Start", SensoryPhysical),
    offered("BEAM", SensoryPhysical),
    offered("Touch-typing", SensoryPhysical),
    offered("Physiotherapy programme", SensoryPhysical),
    offered("OT programme", SensoryPhysical),
    offered("Radio aid check", SensoryPhysical),
    offered("MSI/VI adaptation", SensoryPhysical),
];
