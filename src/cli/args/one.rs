//! What the commands take that need one record's id and nothing else.

use clap::Args as Group;

/// `remove`.
#[derive(Debug, Group)]
pub(in crate::cli) struct RemoveArgs {
    /// A need n7, a status s3, a person's link to a child a2; m4, z1, u5, r2, h9; w3 and y4 where nothing names them; v8, b6, t3 and c7 go to the bin
    pub(in crate::cli) id: String,
}

/// `recost`.
#[derive(Debug, Group)]
pub(in crate::cli) struct RecostArgs {
    /// v8
    pub(in crate::cli) id: String,
}
