//! A finding: what is wrong, what it means, what to do.

use crate::cli::out::Out;
use crate::store::Unsound;
use serde::Serialize;

/// Something found.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Finding {
    /// The school's code, when it is about one.
    school: Option<String>,
    /// True for what has to be mended; else it is to be known.
    fault: bool,
    what: String,
    means: &'static str,
    todo: &'static str,
    repaired: bool,
}

impl Finding {
    /// Something to be mended.
    pub(super) fn fault(what: String, means: &'static str, todo: &'static str) -> Self {
        Self {
            school: None,
            fault: true,
            what,
            means,
            todo,
            repaired: false,
        }
    }

    /// Something to be known.
    pub(super) fn note(what: String, means: &'static str, todo: &'static str) -> Self {
        Self {
            fault: false,
            ..Self::fault(what, means, todo)
        }
    }

    /// About a school.
    pub(super) fn of(self, code: &str) -> Self {
        Self {
            school: Some(code.to_owned()),
            ..self
        }
    }

    /// Mended already, or not.
    pub(super) fn repaired(self, repaired: bool) -> Self {
        Self { repaired, ..self }
    }

    /// True for one about this school that has to be mended.
    pub(super) fn is_fault_of(&self, code: &str) -> bool {
        self.is_open() && self.school.as_deref() == Some(code)
    }

    /// True while it has to be mended.
    pub(super) fn is_open(&self) -> bool {
        self.fault && !self.repaired
    }

    /// What a check of a file found; and whether an index made anew mends it.
    pub(super) fn unsound(unsound: &Unsound) -> (Self, bool) {
        const RESTORE: &str =
            "Put the newest backup back: sendesk restore FILE. The present file is kept.";
        const OUTSIDE: &str = "Something was removed outside the program.";
        const KEEP: &str = "Keep the file as it is, tell your data protection officer, and put back a backup from before.";
        let (means, todo, mends) = match unsound {
            Unsound::Shape(_) => (
                "It was changed outside the program; what was added may change what is entered from now on.",
                "Make a backup, which leaves out what was added, and put it back: sendesk backup, sendesk restore FILE. \
                 The present file is kept. Where that is refused, put back a backup from before.",
                false,
            ),
            Unsound::Pages => ("Some records cannot be read, or not all.", RESTORE, false),
            Unsound::Dangling(..) => (OUTSIDE, RESTORE, false),
            Unsound::Words(_) => (
                "A search may miss entries; none is lost.",
                "sendesk doctor --repair makes it anew.",
                true,
            ),
            Unsound::Record(_) | Unsound::MoreRecords(_) => (
                "It was changed outside the program: what it says is nobody's entry. The history has what was there.",
                KEEP,
                false,
            ),
            Unsound::NotHeld(_) => ("Whether that part is sound is not known.", KEEP, false),
            Unsound::Journal(_) => (
                "It was changed outside the program, there or before: it proves nothing from there on.",
                KEEP,
                false,
            ),
        };
        let what = unsound.to_string();
        (Self::fault(what, means, todo), mends)
    }

    /// Three lines on the answer.
    pub(super) fn print(&self, out: &mut Out) {
        let school = self.school.as_ref().map(|code| format!("{code}: "));
        let sort = match (self.fault, self.repaired) {
            (_, true) => "mended",
            (true, _) => "fault",
            (false, _) => "note",
        };
        let school = school.unwrap_or_default();
        out.line(&format!("{sort:<7} {school}{}", self.what));
        out.line(&format!("        {}", self.means));
        if !self.repaired {
            out.line(&format!("        {}", self.todo));
        }
    }
}
