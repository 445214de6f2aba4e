//! Which places' keys are in force: the top layer decides, innermost first.

use super::command::Scope;
use super::overlay::Overlay;
use super::pane::Pane;
use super::state::{Stage, State};

/// The places whose keys are in force, innermost first. Locking works in every one; the desk sees to it first.
pub fn scopes(state: &State) -> Vec<Scope> {
    if !matches!(state.stage, Stage::Open) {
        return vec![Scope::Picker, Scope::Field];
    }
    match state.overlays.last() {
        Some(Overlay::Form(_)) => vec![Scope::Form, Scope::Field],
        Some(Overlay::Finder(_) | Overlay::Chooser(_) | Overlay::Path(_)) => {
            vec![Scope::Picker, Scope::Field]
        }
        Some(Overlay::Plan(_)) => vec![Scope::Plan, Scope::List],
        Some(Overlay::Record(_)) => vec![Scope::Record, Scope::List, Scope::Global],
        None if state.register.filtering => vec![Scope::Picker, Scope::Field],
        None if state.pane == Pane::Register => vec![Scope::Register, Scope::List, Scope::Global],
        Some(Overlay::Note(_)) | None => vec![Scope::Global],
    }
}
