//! Work a user would wait for, on a thread: deriving keys, reading a file, applying an import.
//! The answer comes back as an event; scripts and tests run the same work at once, in line.

use super::event::Event;
use crate::domain::batch::Plan;
use crate::domain::id::PupilId;
use crate::store::{self, Applied, Desk, Secrets};
use std::collections::HashMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use tempfile::TempDir;

/// What a worker says.
pub enum Message {
    /// The passphrase was tried.
    Unlocked(Result<Desk, store::Error>),
    /// A desk was made.
    Made(Result<(Desk, Secrets), store::Error>),
    /// A file was read and compared with the register; with the names of the pupils the plan speaks of.
    Planned {
        /// The job's number: a plan nobody waits for any more is dropped.
        job: u64,
        /// The plan, or why there is none, as a sentence.
        outcome: Result<(Plan, HashMap<PupilId, String>), String>,
    },
    /// A demo was made in a folder of its own, or why not, as a sentence.
    Demo(Result<(TempDir, Desk), String>),
    /// A plan was applied.
    Applied(Result<Applied, store::Error>),
    /// The worker fell over, or could not be started: nothing was done.
    Failed,
}

impl fmt::Debug for Message {
    /// Never what it holds: keys and names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unlocked(_) => "Unlocked",
            Self::Made(_) => "Made",
            Self::Planned { .. } => "Planned",
            Self::Demo(_) => "Demo",
            Self::Applied(_) => "Applied",
            Self::Failed => "Failed",
        })
    }
}

/// Where work is done.
#[derive(Debug, Clone)]
pub enum Jobs {
    /// On a thread of its own, the answer sent here.
    Threads(Sender<Event>),
    /// At once: scripts and tests.
    InLine,
}

impl Jobs {
    /// Does work; its answer when done in line, `None` when it will come as an event.
    pub fn run(&self, work: impl FnOnce() -> Message + Send + 'static) -> Option<Message> {
        match self {
            Self::InLine => Some(work()),
            Self::Threads(post) => {
                let post = post.clone();
                let told = move || {
                    // A worker that falls over still answers, or the desk would wait for it for ever.
                    let message = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Message::Failed);
                    // Nobody listens any more when the desk has ended meanwhile.
                    let _ = post.send(Event::Job(Box::new(message)));
                };
                let started = std::thread::Builder::new().spawn(told);
                started.err().map(|_| Message::Failed)
            }
        }
    }
}
