//! What `report` takes.

use clap::{Args as Group, Subcommand};

/// `report`.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ReportVerb {
    /// What the next SENCO of a school needs: open tasks, promises to parents, provision that runs
    #[command(
        after_help = "One school: the current one, or --school CODE. Each open task stands once: promises made to \
                      parents, follow-ups due by 31 October, and all the rest. Tasks that follow up a safeguarding note are \
                      left out and counted. The paper names children.\n\n\
                      Examples:\n  sendesk report handover --school OAK\n  sendesk report handover --json"
    )]
    Handover,
    /// The time spent on each school by week: typed hours and the minutes of contacts
    #[command(
        after_help = "Every school, unless --school CODE names one; whole weeks, Monday to Sunday. Hours are typed \
                      with sendesk new hours, one line a week; minutes that contacts have on them are added to them. It is \
                      for looking at a shared arrangement together (Code of Practice 6.92 to 6.94); nothing asks for a record \
                      of hours.\n\n\
                      Examples:\n  sendesk new hours hours=6h30\n  sendesk report time --from 1/9/2026 --to 18/12/2026"
    )]
    Time(TimeArgs),
}

/// `report time`.
#[derive(Debug, Group)]
pub(in crate::cli) struct TimeArgs {
    /// From the week of this day on: 2026-09-01, 1/9 [default: 1 September of this school year]
    #[arg(long, value_name = "D", allow_hyphen_values = true)]
    pub(in crate::cli) from: Option<String>,
    /// To the week of this day [default: the working date]
    #[arg(long, value_name = "D", allow_hyphen_values = true)]
    pub(in crate::cli) to: Option<String>,
}
