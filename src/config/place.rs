//! Where things are: the platform's places, or everything under the folder that `SENDESK_HOME` names.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// No place for the user's files could be made out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("This account has no home folder. Set SENDESK_HOME to the folder sendesk may use.")]
pub struct NoHome;

/// The three folders, none of them made or looked at yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The desk and the schools.
    pub data: PathBuf,
    /// `config.toml`, `keys.toml` and `themes/`.
    pub config: PathBuf,
    /// Logs and crash reports.
    pub state: PathBuf,
}

impl Paths {
    /// The places of this user on this machine.
    ///
    /// # Errors
    /// When the account has no home folder and `SENDESK_HOME` is not set.
    pub fn find() -> Result<Self, NoHome> {
        Self::from_environment(&|name| std::env::var_os(name))
    }

    fn from_environment(variable: &dyn Fn(&str) -> Option<OsString>) -> Result<Self, NoHome> {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        if let Some(home) = set("SENDESK_HOME") {
            return Ok(Self::under(Path::new(&home)));
        }
        let base = directories::BaseDirs::new().ok_or(NoHome)?;
        let config = if cfg!(target_os = "macos") {
            // Where people look for it, rather than in Library/Application Support.
            set("XDG_CONFIG_HOME").map_or_else(|| base.home_dir().join(".config"), PathBuf::from)
        } else {
            base.config_dir().to_path_buf()
        };
        Ok(Self {
            data: base.data_local_dir().join("sendesk"),
            config: config.join("sendesk"),
            state: base
                .state_dir()
                .unwrap_or_else(|| base.data_local_dir())
                .join("sendesk"),
        })
    }

    /// Everything under one folder: a USB stick, a demo that is kept, a test.
    pub fn under(home: &Path) -> Self {
        let home = std::path::absolute(home).unwrap_or_else(|_| home.to_path_buf());
        Self {
            data: home.clone(),
            config: home.clone(),
            state: home,
        }
    }

    /// Settings.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// Keys of the user's own.
    pub fn keys_file(&self) -> PathBuf {
        self.config.join("keys.toml")
    }

    /// Themes of the user's own.
    pub fn themes_dir(&self) -> PathBuf {
        self.config.join("themes")
    }

    /// Logs: no pupil is ever named in one.
    pub fn logs_dir(&self) -> PathBuf {
        self.state.join("logs")
    }

    /// What is left behind when the program stops by a fault of its own.
    pub fn crash_dir(&self) -> PathBuf {
        self.state.join("crash")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sendesk_home_puts_everything_under_one_folder() {
        let paths = Paths::from_environment(&|name| {
            (name == "SENDESK_HOME").then(|| OsString::from("/stick/desk"))
        });
        let home = std::path::absolute("/stick/desk").unwrap();
        assert_eq!(
            paths,
            Ok(Paths {
                data: home.clone(),
                config: home.clone(),
                state: home
            })
        );
    }

    #[test]
    fn a_relative_home_is_made_whole_so_that_changing_folder_changes_nothing() {
        assert!(Paths::under(Path::new("desk")).data.is_absolute());
    }

    #[test]
    fn an_empty_sendesk_home_counts_as_none() {
        let paths = Paths::from_environment(&|name| (name == "SENDESK_HOME").then(OsString::new));
        if let Ok(paths) = paths {
            assert!(paths.data.ends_with("sendesk"));
            assert!(paths.config.ends_with("sendesk"));
        }
    }
}
