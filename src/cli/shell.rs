//! `completions` and `man`, from the same definitions as the command line itself.

use super::args::{Args, CompletionsArgs};
use super::out::Out;
use super::stop::Stop;
use clap::CommandFactory;

/// Prints a shell's completions.
pub(super) fn completions(verb: &CompletionsArgs, out: &mut Out) {
    let mut text = Vec::new();
    clap_complete::generate(verb.shell, &mut command(), "sendesk", &mut text);
    out.raw(&text);
}

/// Prints the man page: every command in one page.
pub(super) fn man(out: &mut Out) -> Result<(), Stop> {
    let mut text = Vec::new();
    let mut all = command();
    all.build();
    write_man(&all, &mut text)
        .map_err(|fault| Stop::failed(format!("No man page could be made ({fault}).")))?;
    out.raw(&text);
    Ok(())
}

fn write_man(all: &clap::Command, text: &mut Vec<u8>) -> std::io::Result<()> {
    let page = clap_mangen::Man::new(all.clone());
    page.render_title(text)?;
    page.render_name_section(text)?;
    page.render_synopsis_section(text)?;
    page.render_description_section(text)?;
    page.render_options_section(text)?;
    for verb in all.get_subcommands() {
        write_verb(verb, "sendesk", text)?;
    }
    page.render_extra_section(text)?;
    page.render_version_section(text)
}

/// A command's section, or those of the commands under it: what it does and what it takes beside the common flags.
fn write_verb(verb: &clap::Command, above: &str, text: &mut Vec<u8>) -> std::io::Result<()> {
    if verb.get_name() == "help" {
        return Ok(());
    }
    let name = format!("{above} {}", verb.get_name());
    if verb.has_subcommands() {
        for verb in verb.get_subcommands() {
            write_verb(verb, &name, text)?;
        }
        return Ok(());
    }
    let own = verb
        .get_arguments()
        .filter(|arg| !arg.is_global_set() && !matches!(arg.get_id().as_str(), "help" | "version"));
    let mut own = clap::Command::new("sendesk")
        .about(verb.get_about().cloned().unwrap_or_default())
        .disable_help_flag(true)
        .args(own.cloned());
    own.build();
    text.extend(format!(".SH \"{}\"\n", name.to_uppercase()).into_bytes());
    text.extend(format!("{}\n", verb.get_about().cloned().unwrap_or_default()).into_bytes());
    let mut options = Vec::new();
    if own.get_arguments().next().is_some() {
        clap_mangen::Man::new(own).render_options_section(&mut options)?;
    }
    // The heading of its own that the section brings is one level too high here.
    let options = String::from_utf8_lossy(&options).replace(".SH OPTIONS\n", "");
    text.extend(options.into_bytes());
    Ok(())
}

/// The command line without what is hidden: completions would offer it.
fn command() -> clap::Command {
    let all = Args::command();
    let shown = all
        .get_subcommands()
        .filter(|verb| !verb.is_hide_set())
        .cloned();
    let shown: Vec<clap::Command> = shown.collect();
    let bare = Args::command();
    let mut command = clap::Command::new("sendesk")
        .version(env!("CARGO_PKG_VERSION"))
        .args(bare.get_arguments().cloned())
        .subcommands(shown);
    if let Some(about) = bare.get_about() {
        command = command.about(about.clone());
    }
    if let Some(about) = bare.get_long_about() {
        command = command.long_about(about.clone());
    }
    if let Some(help) = bare.get_after_help() {
        command = command.after_help(help.clone());
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent_in_itself() {
        Args::command().debug_assert();
    }

    #[test]
    fn what_is_hidden_is_not_completed() {
        let names: Vec<String> = command()
            .get_subcommands()
            .map(|verb| verb.get_name().to_owned())
            .collect();
        assert!(names.contains(&"import".to_owned()));
        assert!(!names.contains(&"selftest".to_owned()));
    }
}
