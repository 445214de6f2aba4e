//! What `theme check` holds a theme to: readable text, visible lines, and three statuses no eye confuses.
//!
//! Colours the terminal chooses itself have no value to measure and are passed over.

use super::colour::{self, Rgb, Vision};
use super::{Role, Theme};
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

/// What is wrong with the theme, a sentence each; empty when it may be shipped.
pub fn faults(theme: &Theme) -> Vec<String> {
    let floor = if theme.name().starts_with("contrast-") {
        TEXT_CONTRAST_THEME
    } else {
        TEXT
    };
    let mut faults = Vec::new();
    let mut hold = |what: &str, style: Style, ground: Option<Role>, floor: f64| {
        if let Some(contrast) = contrast(theme, style, ground)
            && contrast < floor
        {
            let ground = ground.map_or(String::new(), |role| format!(" on {}", role.name()));
            faults.push(format!(
                "{what}{ground} has a contrast of {contrast:.1}, below {floor:.1}."
            ));
        }
    };
    for role in ON_BASE {
        for ground in [Role::SurfaceBase, Role::SurfacePanel, Role::SurfacePopup] {
            hold(role.name(), theme.style(*role), Some(ground), floor);
        }
    }
    for role in ON_OWN {
        hold(role.name(), theme.style(*role), None, floor);
    }
    for judgement in 1..=5 {
        hold(
            &format!("impact {judgement}"),
            theme.impact(judgement),
            None,
            floor,
        );
    }
    for (n, band) in theme.bands.iter().enumerate() {
        hold(&format!("school band {}", n + 1), *band, None, floor);
    }
    hold("school.all", theme.all_band(), None, floor);
    for role in LINES {
        hold(role.name(), theme.style(*role), None, LINE);
    }
    faults.extend(statuses(theme));
    faults
}

/// Contrast of a style on a ground (its own, or the screen's, when none is named); none where a colour is unknown.
fn contrast(theme: &Theme, style: Style, ground: Option<Role>) -> Option<f64> {
    let (fg, bg) = theme.seen(style);
    let bg = ground.map_or(bg, |role| style.bg.or(theme.style(role).bg));
    Some(colour::contrast(colour::fixed(fg?)?, colour::fixed(bg?)?))
}

/// The least distance of any two of the three statuses, to an eye of that kind; none without fixed colours.
pub(super) fn least_apart(theme: &Theme, vision: Vision) -> Option<f64> {
    let rgb = |role| -> Option<Rgb> { colour::fixed(theme.style(role).fg?) };
    let (ok, soon, late) = (
        rgb(Role::StatusOk)?,
        rgb(Role::StatusSoon)?,
        rgb(Role::StatusLate)?,
    );
    let pairs = [(ok, soon), (ok, late), (soon, late)];
    pairs
        .into_iter()
        .map(|(a, b)| colour::distance(a, b, vision))
        .min_by(f64::total_cmp)
}

fn statuses(theme: &Theme) -> Vec<String> {
    let mut faults = Vec::new();
    for vision in Vision::ALL {
        if let Some(apart) = least_apart(theme, vision)
            && apart < APART
        {
            let kind = vision.name();
            faults.push(format!("two of ok, soon and late are only {apart:.0} apart in {kind} vision, below {APART:.0}."));
        }
    }
    faults
}
