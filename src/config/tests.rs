//! Configuration files as users write them, right and wrong.

use super::*;
use std::fs;

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(self, name: &str, text: &str) -> Self {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn load(&self) -> Config {
        Config::load(&Paths::under(self.0.path()))
    }
}

#[test]
fn without_files_the_defaults_hold_and_nothing_is_said() {
    assert_eq!(Home::new().load(), Config::default());
}

#[test]
fn every_setting_is_taken() {
    let text = "theme = \"mono\"\nglyphs = \"ascii\"\nidle_minutes = 0\n";
    let config = Home::new().with("config.toml", text).load();
    assert_eq!(
        config,
        Config {
            theme: ThemeChoice::Named("mono".into()),
            glyphs: GlyphChoice::Ascii,
            idle_minutes: 0,
            ..Config::default()
        }
    );
}

#[test]
fn the_theme_is_a_name_or_what_the_ground_is() {
    for (written, want) in [
        ("\"auto\"", ThemeChoice::Auto),
        ("\" Light \"", ThemeChoice::Light),
        ("\"DARK\"", ThemeChoice::Dark),
        ("\"Harbour\"", ThemeChoice::Named("Harbour".into())),
    ] {
        let config = Home::new()
            .with("config.toml", &format!("theme = {written}\n"))
            .load();
        assert_eq!(
            (config.theme, config.warnings.len()),
            (want, 0),
            "{written}"
        );
    }
    for wrong in ["\"\"", "3", "[\"slate\"]"] {
        let config = Home::new()
            .with("config.toml", &format!("theme = {wrong}\n"))
            .load();
        assert_eq!(config.theme, ThemeChoice::Auto, "{wrong}");
        let told = config.warnings.join("\n");
        assert!(
            told.contains(
                "line 1: \"theme\" is to be \"auto\", \"light\", \"dark\" or a theme's name"
            ),
            "{told}"
        );
    }
}

#[test]
fn a_setting_nobody_knows_or_with_a_wrong_value_is_named_with_its_line_and_the_rest_holds() {
    let text = "# mine\ncolour = \"red\"\nidle_minutes = \"long\"\ntheme = \"mono\"\n";
    let config = Home::new().with("config.toml", text).load();
    assert_eq!(config.theme, ThemeChoice::Named("mono".into()));
    assert_eq!(config.idle_minutes, 5);
    assert_eq!(config.warnings.len(), 2);
    let told = config.warnings.join("\n");
    assert!(
        told.contains("config.toml, line 2: \"colour\" is no setting"),
        "{told}"
    );
    assert!(
        told.contains("config.toml, line 3: \"idle_minutes\" is to be"),
        "{told}"
    );
}

#[test]
fn what_is_not_toml_is_told_with_its_line_and_the_defaults_hold() {
    let config = Home::new()
        .with("config.toml", "idle_minutes = 3\ntheme = = 3\n")
        .load();
    assert_eq!(config.warnings.len(), 1);
    assert!(config.warnings[0].contains("config.toml, line 2: this is not TOML"));
    assert!(!config.warnings[0].contains('\n'));
}

#[test]
fn keys_are_plain_values_with_their_place() {
    let text =
        "quit = \"ctrl-q\"\n\n[register]\nmark = [\"space\", \"x\"]\nedit = 3\nnothing = []\n";
    let config = Home::new().with("keys.toml", text).load();
    let read: Vec<_> = config
        .keys
        .iter()
        .map(|binding| {
            (
                binding.scope.as_str(),
                binding.command.as_str(),
                binding.keys.len(),
            )
        })
        .collect();
    assert_eq!(
        read,
        [
            ("", "quit", 1),
            ("register", "mark", 2),
            ("register", "nothing", 0)
        ]
    );
    assert!(config.keys[1].place.ends_with("keys.toml, line 4"));
    assert!(config.warnings[0].contains("keys.toml, line 5"));
}

#[test]
fn themes_of_the_user_are_read_by_name() {
    let config = Home::new()
        .with("themes/harbour.toml", "schema = 1")
        .with("themes/notes.txt", "no theme")
        .load();
    assert_eq!(config.theme_text("harbour"), Some("schema = 1"));
    assert_eq!(config.themes.len(), 1);
}

#[test]
fn a_file_too_large_or_not_text_is_ignored_with_a_sentence() {
    let large = Home::new()
        .with("config.toml", &"#".repeat(1024 * 1024 + 1))
        .load();
    assert!(large.warnings[0].contains("larger than 1 MiB"));
    let home = Home::new();
    fs::write(home.0.path().join("config.toml"), b"theme = \"\xff\"").unwrap();
    assert!(home.load().warnings[0].contains("not UTF-8"));
}

#[cfg(unix)]
#[test]
fn a_file_that_every_user_may_write_is_ignored_with_a_sentence() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new().with("config.toml", "theme = \"mono\"");
    let path = home.0.path().join("config.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    let config = home.load();
    assert_eq!(config.theme, ThemeChoice::Auto);
    assert!(config.warnings[0].contains("every user of this machine may change it"));
}
