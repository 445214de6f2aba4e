//! Which places' keys are in force: the top layer decides, innermost first.

use super::command::Scope;
use super::first_run::Question;
use super::overlay::Overlay;
use super::pane::Pane;
use super::state::{Stage, State};

/// The places whose keys are in force, innermost first. Locking works in every one; the desk sees to it first.
pub fn scopes(state: &State) -> Vec<Scope> {
    match &state.stage {
        Stage::FirstRun(first) if first.question == Question::Dates => {
            return vec![Scope::Form, Scope::Field];
        }
        Stage::FirstRun(_) | Stage::Locked(_) => return vec![Scope::Picker, Scope::Field],
        Stage::Open => {}
    }
    match state.overlays.last() {
        Some(Overlay::Form(_)) => vec![Scope::Form, Scope::Field],
        Some(
            Overlay::Finder(_)
            | Overlay::Chooser(_)
            | Overlay::Themes(_)
            | Overlay::Path(_)
            | Overlay::Add(_)
            | Overlay::Date(_)
            | Overlay::PutOn(_)
            | Overlay::Schools(_),
        ) => {
            vec![Scope::Picker, Scope::Field]
        }
        Some(Overlay::Listing(_)) => vec![Scope::Listing, Scope::List, Scope::Global],
        Some(Overlay::Plan(_)) => vec![Scope::Plan, Scope::List],
        Some(Overlay::Reading) => vec![Scope::Rows, Scope::List, Scope::Global],
        Some(Overlay::Record(_)) => {
            vec![Scope::Record, Scope::Rows, Scope::List, Scope::Global]
        }
        None if state.filter_typed().is_some() => vec![Scope::Picker, Scope::Field],
        None if state.all => vec![Scope::Day, Scope::Rows, Scope::List, Scope::Global],
        None => match state.pane {
            Pane::Register => vec![
                Scope::Register,
                Scope::Rows,
                Scope::List,
                Scope::Panes,
                Scope::Global,
            ],
            Pane::Diary => vec![
                Scope::Diary,
                Scope::Rows,
                Scope::List,
                Scope::Panes,
                Scope::Global,
            ],
            Pane::Tasks => vec![
                Scope::Tasks,
                Scope::Rows,
                Scope::List,
                Scope::Panes,
                Scope::Global,
            ],
            Pane::Provision => vec![
                Scope::Provision,
                Scope::Rows,
                Scope::List,
                Scope::Panes,
                Scope::Global,
            ],
        },
        Some(Overlay::Note(_)) => vec![Scope::Global],
    }
}
