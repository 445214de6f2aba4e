//! What fields offer to choose from.

use crate::domain::contact::Visibility;

/// A choice a field offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// What is stored.
    pub value: &'static str,
    /// What it means, shown beside it.
    pub label: &'static str,
}

pub(super) const YEARS: &[Offer] = &[
    Offer {
        value: "N1",
        label: "Nursery 1",
    },
    Offer {
        value: "N2",
        label: "Nursery 2",
    },
    Offer {
        value: "R",
        label: "Reception",
    },
    Offer {
        value: "1",
        label: "Year 1",
    },
    Offer {
        value: "2",
        label: "Year 2",
    },
    Offer {
        value: "3",
        label: "Year 3",
    },
    Offer {
        value: "4",
        label: "Year 4",
    },
    Offer {
        value: "5",
        label: "Year 5",
    },
    Offer {
        value: "6",
        label: "Year 6",
    },
    Offer {
        value: "7",
        label: "Year 7",
    },
    Offer {
        value: "8",
        label: "Year 8",
    },
    Offer {
        value: "9",
        label: "Year 9",
    },
    Offer {
        value: "10",
        label: "Year 10",
    },
    Offer {
        value: "11",
        label: "Year 11",
    },
    Offer {
        value: "12",
        label: "Year 12",
    },
    Offer {
        value: "13",
        label: "Year 13",
    },
    Offer {
        value: "14",
        label: "Year 14",
    },
    Offer {
        value: "X",
        label: "no year group",
    },
    Offer {
        value: "M",
        label: "mixed years",
    },
];

pub(super) const YES_NO: &[Offer] = &[
    Offer {
        value: "yes",
        label: "",
    },
    Offer {
        value: "no",
        label: "",
    },
];

pub(super) const VISIBILITIES: &[Offer] = &[
    Offer {
        value: Visibility::Shareable.word(),
        label: Visibility::Shareable.meaning(),
    },
    Offer {
        value: Visibility::Internal.word(),
        label: Visibility::Internal.meaning(),
    },
];
