//! What `theme check` holds a theme to: readable text, visible lines, and three statuses no eye confuses.
//!
//! Colours the terminal chooses itself have no value to measure and are passed over.

use super::colour::{self, Rgb, Vision};
use super::{Role, Theme, ThemeFault};
use ratatui::style::Style;

/// WCAG 2 contrast text must have (success criterion 1.4.3, level AA).
const TEXT: f64 = 4.5;
/// The same in the contrast themes (1.4.6, level AAA).
const TEXT_CONTRAST_THEME: f64 = 7.0;
/// WCAG 2 contrast lines and bars must have (1.4.11).
const LINE: f64 = 3.0;
/// CIE76 delta E the three statuses must be apart.
const APART: f64 = 30.0;

/// Roles of text that stands on the ground of the screen.
const ON_BASE: &[Role] = &[
    Role::TextNormal,
    Role::TextMuted,
    Role::TextStrong,
    Role::TextLink,
    Role::ListMarked,
    Role::ListMatch,
    Role::ListHeader,
    Role::StatusOk,
    Role::StatusSoon,
    Role::StatusLate,
    Role::StatusInfo,
    Role::StatusOff,
    Role::FormLabel,
    Role::FormReading,
    Role::FormError,
    Role::BarHintKey,
    Role::BarHintText,
];

/// Roles that bring their own ground.
const ON_OWN: &[Role] = &[
    Role::SurfaceBase,
    Role::SurfacePanel,
    Role::SurfacePopup,
    Role::ListCursor,
    Role::ListCursorAway,
    Role::FormField,
    Role::FormFieldFocus,
    Role::BarModeNav,
    Role::BarModeType,
    Role::BarModeLock,
];

/// Roles of lines and bars.
const LINES: &[Role] = &[
    Role::SurfaceBorder,
    Role::SurfaceBorderFocus,
    Role::ChartBar,
    Role::ChartToday,
];

/// Grounds that text may stand on; lines stand on all but the last.
const GROUNDS: &[Role] = &[
    Role::SurfaceBase,
    Role::SurfacePanel,
    Role::SurfacePopup,
    Role::ListCursorAway,
];

/// What is wrong with the theme, each with the line it is written on; empty when it may be shipped.
pub fn faults(theme: &Theme) -> Vec<ThemeFault> {
    let floor = if theme.name().starts_with("contrast-") {
        TEXT_CONTRAST_THEME
    } else {
        TEXT
    };
    let mut held = Held {
        theme,
        faults: Vec::new(),
    };
    for role in ON_BASE {
        held.on(*role, GROUNDS, floor);
    }
    for role in ON_OWN {
        held.alone(role.name(), role.name(), theme.style(*role), floor);
    }
    for judgement in 1..=5 {
        let what = format!("impact {judgement}");
        held.alone(&what, "impact.scale", theme.impact(judgement), floor);
    }
    for (n, band) in theme.bands.iter().enumerate() {
        held.alone(
            &format!("school band {}", n + 1),
            "school.bands",
            *band,
            floor,
        );
    }
    held.alone("school.all", "school.all", theme.all_band(), floor);
    for role in LINES {
        held.on(*role, &GROUNDS[..3], LINE);
    }
    held.statuses();
    held.faults
}

/// A theme being held to its floors.
struct Held<'a> {
    theme: &'a Theme,
    faults: Vec<ThemeFault>,
}

impl Held<'_> {
    /// A role on the ground, of these, where it is hardest to see.
    fn on(&mut self, role: Role, grounds: &[Role], floor: f64) {
        let style = self.theme.style(role);
        let seen = grounds.iter().filter_map(|ground| {
            let contrast = contrast(self.theme, style, Some(*ground))?;
            Some((contrast, ground))
        });
        if let Some((contrast, ground)) = seen.min_by(|(a, _), (b, _)| a.total_cmp(b)) {
            let what = format!("{} on {}", role.name(), ground.name());
            self.hold(&what, &[role.name(), ground.name()], Some(contrast), floor);
        }
    }

    /// A style on its own ground, or the screen's.
    fn alone(&mut self, what: &str, name: &str, style: Style, floor: f64) {
        let names = [name, Role::SurfaceBase.name(), Role::TextNormal.name()];
        self.hold(what, &names, contrast(self.theme, style, None), floor);
    }

    fn hold(&mut self, what: &str, names: &[&str], contrast: Option<f64>, floor: f64) {
        if let Some(contrast) = contrast.filter(|contrast| *contrast < floor) {
            let text = format!("{what} has a contrast of {contrast:.1}, below {floor:.1}.");
            self.faults.push(self.theme.fault(names, text));
        }
    }

    /// The three statuses, to every kind of eye.
    fn statuses(&mut self) {
        for vision in Vision::ALL {
            if let Some((apart, one, other)) = closest(self.theme, vision)
                && apart < APART
            {
                let (one, other) = (one.name(), other.name());
                let kind = vision.name();
                let text = format!(
                    "{one} and {other} are only {apart:.0} apart in {kind} vision, below {APART:.0}."
                );
                self.faults.push(self.theme.fault(&[one, other], text));
            }
        }
    }
}

/// Contrast of a style on a ground (its own, or the screen's, when none is named); none where a colour is unknown.
fn contrast(theme: &Theme, style: Style, ground: Option<Role>) -> Option<f64> {
    let (fg, bg) = theme.seen(style);
    let bg = ground.map_or(bg, |role| style.bg.or(theme.style(role).bg));
    Some(colour::contrast(colour::fixed(fg?)?, colour::fixed(bg?)?))
}

/// The two of the three statuses an eye of that kind sees least apart, and how far; none without fixed colours.
pub(super) fn closest(theme: &Theme, vision: Vision) -> Option<(f64, Role, Role)> {
    let rgb = |role| -> Option<Rgb> { colour::fixed(theme.style(role).fg?) };
    let pairs = [
        (Role::StatusOk, Role::StatusSoon),
        (Role::StatusOk, Role::StatusLate),
        (Role::StatusSoon, Role::StatusLate),
    ];
    pairs
        .into_iter()
        .filter_map(|(one, other)| {
            let apart = colour::distance(rgb(one)?, rgb(other)?, vision);
            Some((apart, one, other))
        })
        .min_by(|(a, ..), (b, ..)| a.total_cmp(b))
}
