//! The names of one row.

use super::RowReader;
use crate::domain::batch::Target;
use crate::domain::text::fold;
use crate::import::group::Draft;
use crate::import::name::{is_a_name, without_brackets, without_surname};
use crate::import::record::Line;

/// A name may have so many characters: what the form takes.
const LONGEST: usize = 80;

impl RowReader<'_> {
    pub(super) fn read_names(&self, line: &Line, draft: &mut Draft) {
        draft.pupil.surname = self.name(line, Target::Surname, draft);
        draft.pupil.forename = self.name(line, Target::Forename, draft);
        draft.pupil.middle_names = self.name(line, Target::MiddleNames, draft);
        draft.pupil.preferred_forename = self.name(line, Target::PreferredForename, draft);
        if let Some(whole) = self.name(line, Target::FullName, draft) {
            let (bare, inside) = without_brackets(&whole);
            let parts = self.names.split(&bare);
            if parts.odd {
                let reason = "this name is written otherwise than the column's others";
                draft
                    .flagged
                    .push(self.fault(line, Target::FullName, &whole, reason));
            }
            let part = |text: String| (!text.is_empty()).then_some(text);
            let pupil = &mut draft.pupil;
            pupil.surname = pupil.surname.take().or_else(|| part(parts.surname));
            pupil.forename = pupil.forename.take().or_else(|| part(parts.forename));
            if let Some(inside) = inside {
                self.take_known_as(line, Target::FullName, &whole, inside, draft);
            }
        }
        if let Some(forename) = draft.pupil.forename.clone() {
            let (bare, inside) = without_brackets(&forename);
            if let Some(inside) = inside {
                draft.pupil.forename = Some(bare);
                self.take_known_as(line, Target::Forename, &forename, inside, draft);
            }
        }
        let surname = draft.pupil.surname.clone().unwrap_or_default();
        if let Some(preferred) = &draft.pupil.preferred_forename
            && let Some(alone) = without_surname(preferred, &surname)
        {
            let same = draft
                .pupil
                .forename
                .as_ref()
                .is_some_and(|own| fold(own) == fold(&alone));
            draft.pupil.preferred_forename = (!same).then_some(alone);
        }
        if draft.pupil.forename.is_none() {
            draft
                .pupil
                .forename
                .clone_from(&draft.pupil.preferred_forename);
        }
    }

    /// What stands in brackets beside a name: what the child goes by, unless another column says that or it is no name.
    fn take_known_as(
        &self,
        line: &Line,
        target: Target,
        cell: &str,
        inside: String,
        draft: &mut Draft,
    ) {
        let known = &mut draft.pupil.preferred_forename;
        match known {
            None if is_a_name(&inside) => *known = Some(inside),
            Some(known) if fold(known) == fold(&inside) => {}
            _ => {
                let reason = format!("\"{inside}\" beside the name is not taken");
                draft.flagged.push(self.fault(line, target, cell, reason));
            }
        }
    }

    /// A name no longer than the form takes; what is beyond is cut off and told.
    fn name(&self, line: &Line, target: Target, draft: &mut Draft) -> Option<String> {
        let text = self.cell(line, target, draft)?;
        let Some((end, _)) = text.char_indices().nth(LONGEST) else {
            return Some(text);
        };
        let cut = text[..end].trim_end().to_owned();
        let reason = format!("longer than {LONGEST} characters; cut off there");
        draft.flagged.push(self.fault(line, target, &cut, reason));
        Some(cut)
    }
}
