//! `list provision --where`: words, and parts such as `running` or `area:C&L`.

use super::{empty, split, unknown};
use crate::cli::stop::Stop;
use crate::domain::code::Area;
use crate::domain::provision::{Phase, Provision};
use crate::domain::text::fold;

/// What may be written after `--where`.
pub(in crate::cli) const HELP: &str = "Only those that fit every part of the filter:\n\
    \x20 words            stand in its name or in who runs it\n\
    \x20 running          between its first and its last day\n\
    \x20 coming           its first day lies ahead\n\
    \x20 over             its last day has passed\n\
    \x20 mend             something is to be mended in it\n\
    \x20 area:CL          serves this area: CI, CL, SEMH, SP\n\
    \x20 pupil:ao         this pupil is or was on it; pupil:p12 by id";

const PARTS: [&str; 2] = ["area", "pupil"];

/// A filter that was understood.
#[derive(Debug, Default)]
pub(in crate::cli) struct Filter {
    /// The pupil as typed.
    pub(in crate::cli) pupil: Option<String>,
    words: Vec<String>,
    phase: Option<Phase>,
    area: Option<Area>,
    to_mend: bool,
}

impl Filter {
    /// Understands a filter.
    pub(in crate::cli) fn read(text: &str) -> Result<Self, Stop> {
        let mut filter = Self::default();
        for word in split(text) {
            match fold(&word).as_str() {
                "running" => filter.phase = Some(Phase::Running),
                "coming" => filter.phase = Some(Phase::ToCome),
                "over" => filter.phase = Some(Phase::Over),
                "mend" => filter.to_mend = true,
                folded => {
                    let Some((name, value)) = word.split_once([':', '=']) else {
                        filter.words.push(folded.to_owned());
                        continue;
                    };
                    filter.read_part(&name.to_lowercase(), value)?;
                }
            }
        }
        Ok(filter)
    }

    fn read_part(&mut self, name: &str, value: &str) -> Result<(), Stop> {
        match name {
            "area" | "pupil" if value.trim().is_empty() => return Err(empty(name, "provision")),
            "pupil" => self.pupil = Some(value.to_owned()),
            "area" => {
                let area = Area::from_short(value).ok_or_else(|| {
                    Stop::usage(format!("\"{value}\" is no area: CI, CL, SEMH or SP."))
                })?;
                self.area = Some(area);
            }
            _ => return Err(unknown(name, &PARTS)),
        }
        Ok(())
    }

    /// True when a run fits every part. The pupil is for the store to find.
    pub(in crate::cli) fn fits(&self, run: &Provision, phase: Phase, to_mend: bool) -> bool {
        let staff = run.staff_name.as_deref().unwrap_or_default();
        let said = fold(&format!("{} {staff}", run.title()));
        self.words.iter().all(|word| said.contains(word.as_str()))
            && self.phase.is_none_or(|wanted| wanted == phase)
            && self.area.is_none_or(|area| run.area == Some(area))
            && (to_mend || !self.to_mend)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_parts_are_told_apart() {
        let filter = Filter::read("lexia running area:c&l pupil:ao").unwrap();
        assert_eq!(filter.words, ["lexia"]);
        assert_eq!(filter.phase, Some(Phase::Running));
        assert_eq!(filter.area, Some(Area::Cognition));
        assert_eq!(filter.pupil.as_deref(), Some("ao"));
        for wrong in ["area:", "area:maths", "staf:pratt"] {
            let read = Filter::read(wrong);
            assert!(matches!(read, Err(Stop::Usage(_))), "{wrong}");
        }
    }
}
