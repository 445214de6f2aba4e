//! Colours as numbers: how far apart, how readable, how a colour-blind eye sees them, and the nearest of fewer colours.
//!
//! Knows no role and no file. Colours the terminal chooses itself (ANSI 0 to 15, the default) have no fixed value;
//! where one must be assumed it is xterm's.

use ratatui::style::Color;

/// Red, green and blue, 0 to 255 each.
pub type Rgb = (u8, u8, u8);

/// How many colours the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: weight, line, reversal and glyphs only.
    Mono,
    /// The sixteen of the terminal's own palette.
    Ansi16,
    /// xterm's 256.
    Ansi256,
    /// 24 bits.
    True,
}

/// A kind of colour vision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vision {
    /// All three cones.
    Normal,
    /// No long-wave cones.
    Protan,
    /// No middle-wave cones.
    Deutan,
    /// No short-wave cones.
    Tritan,
}

impl Vision {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Normal, Self::Protan, Self::Deutan, Self::Tritan];

    /// The kind's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Protan => "protan",
            Self::Deutan => "deutan",
            Self::Tritan => "tritan",
        }
    }

    /// Machado, Oliveira and Fernandes 2009, severity 1.0; rows applied to linear light.
    const fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Self::Normal => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Self::Protan => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Deutan => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Tritan => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        }
    }
}

/// xterm's own values of the sixteen.
const XTERM16: [Rgb; 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The sixteen as ratatui names them, in ANSI order.
const NAMED16: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// The steps of the 6x6x6 cube.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// What the colour is on every terminal; none where the terminal decides.
pub fn fixed(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Rgb(r, g, b) => Some((r, g, b)),
        Color::Indexed(n) if n >= 16 => Some(indexed(n)),
        _ => None,
    }
}

/// What the colour most likely is; none for the terminal's default.
pub fn assumed(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Indexed(n) if n < 16 => XTERM16.get(usize::from(n)).copied(),
        named => fixed(named).or_else(|| {
            NAMED16
                .iter()
                .position(|c| *c == named)
                .and_then(|n| XTERM16.get(n).copied())
        }),
    }
}

/// Of xterm's 256, one at or above 16.
fn indexed(n: u8) -> Rgb {
    if n >= 232 {
        let grey = 8 + 10 * (n - 232);
        return (grey, grey, grey);
    }
    let step = |n: u8| CUBE.get(usize::from(n % 6)).copied().unwrap_or(0);
    let n = n.saturating_sub(16);
    (step(n / 36), step(n / 6), step(n))
}

/// sRGB to linear light.
fn linear((r, g, b): Rgb) -> [f64; 3] {
    [r, g, b].map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// WCAG 2 relative luminance, 0 to 1.
fn luminance(rgb: Rgb) -> f64 {
    let [r, g, b] = linear(rgb);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// WCAG 2 contrast of two colours, 1 to 21.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    if a > b { a / b } else { b / a }
}

/// Black or white, whichever reads better on the ground given.
pub fn text_on(ground: Rgb) -> Rgb {
    let (black, white) = ((0, 0, 0), (255, 255, 255));
    if contrast(black, ground) >= contrast(white, ground) {
        black
    } else {
        white
    }
}

/// CIE 1976 L*a*b* under D65, of linear light.
fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let f = |part: f64| {
        if part > 0.008_856 {
            part.cbrt()
        } else {
            7.787 * part + 16.0 / 116.0
        }
    };
    let x = f((0.412_456_4 * red + 0.357_576_1 * green + 0.180_437_5 * blue) / 0.950_47);
    let y = f(0.212_672_9 * red + 0.715_152_2 * green + 0.072_175_0 * blue);
    let z = f((0.019_333_9 * red + 0.119_192_0 * green + 0.950_304_1 * blue) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How far apart two colours look to an eye of that kind: CIE76 delta E.
pub fn distance(a: Rgb, b: Rgb, vision: Vision) -> f64 {
    let seen = |rgb| {
        let light = linear(rgb);
        let row = |row: [f64; 3]| {
            row.iter()
                .zip(light)
                .map(|(weight, channel)| weight * channel)
                .sum::<f64>()
                .clamp(0.0, 1.0)
        };
        lab(vision.matrix().map(row))
    };
    let squares = seen(a)
        .iter()
        .zip(seen(b))
        .map(|(a, b)| (a - b).powi(2))
        .sum::<f64>();
    squares.sqrt()
}

/// The nearest colour a terminal of that depth has. At [`Depth::Mono`] there is none but the default.
pub fn nearest(colour: Color, depth: Depth) -> Color {
    let Some(rgb) = fixed(colour) else {
        return if depth == Depth::Mono {
            Color::Reset
        } else {
            colour
        };
    };
    let closest = |from: std::ops::RangeInclusive<u8>, value: fn(u8) -> Rgb| {
        // Once a candidate: this stands between the start and the first frame.
        let far = |n: u8| (distance(rgb, value(n), Vision::Normal), n);
        from.map(far)
            .min_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, n)| n)
    };
    match depth {
        Depth::True => colour,
        Depth::Ansi256 if matches!(colour, Color::Indexed(_)) => colour,
        Depth::Ansi256 => closest(16..=255, indexed).map_or(colour, Color::Indexed),
        Depth::Ansi16 => closest(0..=15, |n| {
            XTERM16.get(usize::from(n)).copied().unwrap_or_default()
        })
        .and_then(|n| NAMED16.get(usize::from(n)).copied())
        .unwrap_or(Color::Reset),
        Depth::Mono => Color::Reset,
    }
}
