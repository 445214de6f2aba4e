//! The user's own editor for a long text: chosen from the environment, run on the terminal, its text read back, and
//! whatever it left wiped.
//!
//! No shell is involved, so nothing in a text or a variable is ever run. The text lies in a [`Scratch`] folder in
//! memory, under a name that says nothing; the folder is the editor's `TMPDIR` and working folder too, so that what
//! it puts beside the text is wiped with it. An editor that is known to keep copies elsewhere is told not to
//! or refused (both in `editor/command.rs`); one that is not known is run as it is.

mod command;

use super::scratch::Scratch;
use command::Chosen;
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, WaitIdStatus, kill_process, waitid};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

/// The text's file: no child's name may stand in an editor's list of recent files.
const FILE: &str = "note.txt";

/// The longest text taken back, in bytes.
const MOST: u64 = 1_000_000;

/// What an edit is of while it lasts: a process and a folder. Copies share it, so that a signal or a fault in the
/// program can end the one and wipe the other from another thread.
#[derive(Debug, Clone, Default)]
pub struct Traces(Arc<Mutex<Trace>>);

#[derive(Debug, Default)]
struct Trace {
    editor: Option<Pid>,
    /// More than one only where an earlier one could not be wiped.
    folders: Vec<Scratch>,
}

impl Traces {
    /// Asks a running editor to end, and ends it hard if it has not in 300 ms. Nothing where none runs.
    pub fn end_editor(&self) {
        const STEP: Duration = Duration::from_millis(10);
        const STEPS: u32 = 30;
        // The number is another process's only after the editor was waited for, which is done under the lock.
        let send = |signal| {
            self.lock()
                .editor
                .is_some_and(|editor| kill_process(editor, signal).is_ok())
        };
        if !send(Signal::TERM) {
            return;
        }
        // A stopped one hears nothing before it goes on.
        send(Signal::CONT);
        for _ in 0..STEPS {
            if self.lock().editor.is_none() {
                return;
            }
            std::thread::sleep(STEP);
        }
        send(Signal::KILL);
    }

    /// Wipes what edits have left, as far as it can be; what could not be stays noted for the next call. Callable
    /// from a panic hook: it waits for nobody.
    pub fn wipe(&self) {
        let mut trace = match self.0.try_lock() {
            Ok(trace) => trace,
            Err(TryLockError::Poisoned(trace)) => trace.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        trace.folders.retain(|folder| folder.wipe().is_err());
    }

    fn lock(&self) -> MutexGuard<'_, Trace> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An edit that is ready to be run; wiped when dropped.
#[derive(Debug)]
pub struct Edit {
    chosen: Chosen,
    folder: PathBuf,
    traces: Traces,
}

impl Drop for Edit {
    fn drop(&mut self) {
        self.traces.wipe();
    }
}

impl Edit {
    /// Chooses the editor and lays the text out for it. The terminal is not touched.
    ///
    /// # Errors
    /// A sentence: no editor is set, it is not there, it keeps copies, or there is nowhere to put the text.
    pub fn prepare(text: &str, traces: &Traces) -> Result<Self, String> {
        let chosen = Chosen::from_environment(|name| std::env::var_os(name))?;
        Self::lay_out(text, chosen, Scratch::make()?, traces)
    }

    fn lay_out(
        text: &str,
        chosen: Chosen,
        scratch: Scratch,
        traces: &Traces,
    ) -> Result<Self, String> {
        let folder = scratch.path().to_path_buf();
        traces.lock().folders.push(scratch);
        let edit = Self {
            chosen,
            folder,
            traces: traces.clone(),
        };
        edit.write(text).map_err(|error| {
            kept(&format!(
                "The words could not be handed to {} ({error}).",
                edit.chosen.name
            ))
        })?;
        Ok(edit)
    }

    fn file(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    fn write(&self, text: &str) -> io::Result<()> {
        let mut file = super::file::create_private(&self.file())?;
        file.write_all(text.as_bytes())?;
        if !text.is_empty() && !text.ends_with('\n') {
            // Editors expect a last line to end like the others.
            file.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Runs the editor until it ends and gives its text. The terminal must be as a shell would leave it. `ended`
    /// tells whether the program was asked to end meanwhile: then what the editor had written by then is taken,
    /// though it was not the editor that ended well. `stop_too` stops this job as [`super::suspend::suspend`] does,
    /// when the editor alone has stopped; false where it cannot.
    ///
    /// # Errors
    /// A sentence: the editor did not start, did not end well or left no text that can be taken.
    pub fn run(
        self,
        ended: impl Fn() -> bool,
        stop_too: impl Fn() -> io::Result<bool>,
    ) -> Result<String, String> {
        let name = self.chosen.name.as_str();
        let status = self
            .start()
            .and_then(|child| self.wait(child, stop_too))
            .map_err(|error| kept(&format!("{name} could not be run ({error}).")))?;
        if status.success() {
            return self.read().map(|text| tidy(&text));
        }
        if ended() {
            return self
                .read()
                .map(|text| tidy(&text))
                .ok()
                .filter(|text| !text.is_empty())
                .ok_or_else(|| kept(&format!("{name} was ended with sendesk.")));
        }
        Err(kept(&format!("{name} ended with {}.", told(status))))
    }

    /// Starts the editor, noted so that it can be ended from elsewhere.
    fn start(&self) -> io::Result<Child> {
        let mut command = Command::new(&self.chosen.program);
        command
            .args(&self.chosen.arguments)
            .arg(self.file())
            .current_dir(&self.folder)
            .env("TMPDIR", &self.folder);
        if let Some((name, value)) = self.chosen.variable(&self.folder) {
            command.env(name, value);
        }
        let mut trace = self.traces.lock();
        let child = command.spawn()?;
        trace.editor = Some(Pid::from_child(&child));
        Ok(child)
    }

    fn wait(
        &self,
        mut child: Child,
        stop_too: impl Fn() -> io::Result<bool>,
    ) -> io::Result<ExitStatus> {
        let looking = look_until_ended(Pid::from_child(&child), stop_too);
        // From here on it is gone, and under the lock its number is still its own.
        let mut trace = self.traces.lock();
        trace.editor = None;
        looking?;
        child.wait()
    }

    /// What the editor left, whole.
    fn read(&self) -> Result<String, String> {
        let name = self.chosen.name.as_str();
        let bytes = match read_at_most(&self.file(), MOST) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                return Err(kept(&format!(
                    "{name} left more than 1 MB, which is too long for a note."
                )));
            }
            Err(error) => {
                return Err(kept(&format!(
                    "What {name} left could not be read ({error})."
                )));
            }
        };
        String::from_utf8(bytes).map_err(|_| {
            kept(&format!(
                "{name} left text that is not UTF-8. Set it to save as UTF-8."
            ))
        })
    }
}

/// A sentence with what became of the words.
fn kept(what: &str) -> String {
    format!("{what} The words in the form are as they were.")
}

/// The text as a form holds it: line breaks of one kind, without the last one and the mark some editors put first.
fn tidy(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut text = text.replace("\r\n", "\n");
    if text.ends_with('\n') {
        text.pop();
    }
    text
}

fn told(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit code {code}"),
        (None, Some(signal)) => format!("signal {signal}"),
        (None, None) => "an error".to_owned(),
    }
}

/// The file's bytes; none where there are more than that many.
fn read_at_most(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    /// Neither a link to elsewhere nor a pipe that never gives anything.
    const FLAGS: rustix::fs::OFlags =
        rustix::fs::OFlags::NOFOLLOW.union(rustix::fs::OFlags::NONBLOCK);
    let file = File::options()
        .read(true)
        .custom_flags(FLAGS.bits().cast_signed())
        .open(path)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Returns when the process has ended, without taking its end away from who waits for it.
fn look_until_ended(process: Pid, stop_too: impl Fn() -> io::Result<bool>) -> io::Result<()> {
    while look(process, WaitIdOptions::STOPPED)?.is_some_and(|status| status.stopped()) {
        follow(process, &stop_too)?;
    }
    Ok(())
}

/// The editor has stopped. Most stop their whole job, and this process with it; where it stopped alone, the rest of
/// the job is stopped too, so that the shell takes over, and where there is no shell it is told to go on.
fn follow(editor: Pid, stop_too: &impl Fn() -> io::Result<bool>) -> io::Result<()> {
    /// Where the whole job was stopped and goes on, the editor goes on within that time.
    const SETTLE: Duration = Duration::from_millis(100);
    std::thread::sleep(SETTLE);
    let gone_on = look(editor, WaitIdOptions::CONTINUED | WaitIdOptions::NOHANG)?;
    if gone_on.is_none() && !stop_too()? {
        kill_process(editor, Signal::CONT)?;
    }
    Ok(())
}

/// How the process stands: ended, or as asked for. Looking again gives the same.
fn look(process: Pid, options: WaitIdOptions) -> io::Result<Option<WaitIdStatus>> {
    let options = options | WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    loop {
        match waitid(WaitId::Pid(process), options) {
            Err(Errno::INTR) => {}
            other => return Ok(other?),
        }
    }
}

#[cfg(test)]
mod tests;
