//! `init`: makes the desk without the questions on screen.

use super::access::Access;
use super::args::InitArgs;
use super::out::Out;
use super::passphrase::new_passphrase;
use super::stop::Stop;
use crate::domain::text;
use crate::store::{Desk, Error};
use crate::sys;
use serde::Serialize;

#[derive(Serialize)]
struct SecretsJson<'a> {
    recovery_code: &'a str,
    backup_phrase: &'a str,
}

/// Makes the desk and prints, once, what opens it when the passphrase is forgotten.
pub(super) fn run(access: &Access, verb: &InitArgs, out: &mut Out) -> Result<(), Stop> {
    let places = access.places();
    if Desk::exists(&places)? {
        return Err(Error::DeskExists { path: places.data }.into());
    }
    let passphrase = new_passphrase(access.globals.passphrase_file.as_deref(), out)?;
    let login = sys::process::login();
    let author = verb.author.as_deref().map(text::clean);
    let author = author
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| login.clone());
    let (desk, secrets) = Desk::create(&places, &passphrase, &author, &login)?;
    if out.json {
        out.value(&SecretsJson {
            recovery_code: &secrets.recovery_code,
            backup_phrase: &secrets.backup_phrase,
        });
    } else {
        out.line(&format!("Recovery code   {}", *secrets.recovery_code));
        out.line(&format!("Backup phrase   {}", *secrets.backup_phrase));
    }
    if let Err(stop) = out.finish() {
        out.say(&format!(
            "The recovery code and the backup phrase could not be printed, and are not printed again. Remove {} and \
             {}, then run sendesk init again.",
            places.data.join("desk.db").display(),
            places.data.join("desk.keys").display()
        ));
        return Err(match stop {
            Stop::Unread => Stop::Told,
            other => other,
        });
    }
    out.say("Write both down and keep them away from this machine: they are not shown again.");
    out.say("The code is a second key to this desk, for a forgotten passphrase; the phrase is the key to its backups.");
    for name in desk.unknown_schools()? {
        out.say(&format!(
            "{name} lies in this folder already: it is of another desk, and this one has no key to it. Put that desk's \
             desk.db and desk.keys back to open it, or restore a backup under its backup phrase."
        ));
    }
    out.say(&format!(
        "The desk of {author} is in {}. Next: sendesk school add --name NAME --code ABC",
        places.data.display()
    ));
    Ok(())
}
