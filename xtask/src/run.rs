//! Running other programs: one step a program, its output kept in a log and shown when it fails.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::error::Error;
use crate::repo::Repo;
use crate::say;

/// A program with its arguments, its folder and what is added to its environment.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    program: OsString,
    arguments: Vec<OsString>,
    environment: Vec<(&'static str, OsString)>,
    folder: Option<PathBuf>,
}

impl Run {
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            arguments: Vec::new(),
            environment: Vec::new(),
            folder: None,
        }
    }

    /// The cargo that started `xtask`, so that a toolchain chosen with `cargo +NAME` holds throughout.
    pub(crate) fn cargo() -> Self {
        Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.arguments.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    pub(crate) fn env(mut self, name: &'static str, value: impl AsRef<OsStr>) -> Self {
        self.environment.push((name, value.as_ref().to_owned()));
        self
    }

    pub(crate) fn folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.folder = Some(folder.as_ref().to_owned());
        self
    }

    /// Puts folders in front of `PATH` for this program.
    pub(crate) fn path_first(self, folders: &[PathBuf]) -> Self {
        let old = std::env::var_os("PATH").unwrap_or_default();
        let all = folders.iter().cloned().chain(std::env::split_paths(&old));
        match std::env::join_paths(all) {
            Ok(path) => self.env("PATH", path),
            Err(_) => self,
        }
    }

    /// Runs the program as one step, announced as `title`; gives what it printed.
    ///
    /// # Errors
    /// When it cannot be started or ends with an error; its whole output has been shown by then.
    pub(crate) fn step(&self, repo: &Repo, title: &str) -> Result<String, Error> {
        let (out, log) = open_log(repo, title)?;
        say::begin(title);
        let started = Instant::now();
        let outcome = self.log_to(repo, out, &log);
        let took = started.elapsed();
        match outcome {
            Ok(text) => {
                say::done(took);
                Ok(text)
            }
            Err(error) => {
                say::failed(took);
                say::output_of(&log);
                Err(error)
            }
        }
    }

    fn log_to(&self, repo: &Repo, out: File, log: &Path) -> Result<String, Error> {
        let err = out.try_clone().map_err(Error::file("write", log))?;
        let status = self
            .command(repo)
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .status()
            .map_err(|source| self.not_started(source))?;
        if !status.success() {
            return Err(Error::CommandFailed {
                command: self.to_line(),
                status: status.to_string(),
                log: repo.relative(log).to_owned(),
            });
        }
        let bytes = fs::read(log).map_err(Error::file("read", log))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Runs the program without a word and gives the first line of its standard output; `None` when it cannot
    /// be started, fails, or prints nothing. For asking versions.
    pub(crate) fn first_line(&self) -> Option<String> {
        let mut command = self.bare();
        let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().next()?.trim();
        (output.status.success() && !line.is_empty()).then(|| line.to_owned())
    }

    /// The program, ready to be spawned by a caller that talks to it while it runs.
    pub(crate) fn command(&self, repo: &Repo) -> Command {
        let mut command = self.bare();
        if self.folder.is_none() {
            command.current_dir(repo.root());
        }
        command
    }

    fn bare(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    pub(crate) fn not_started(&self, source: std::io::Error) -> Error {
        Error::CommandNotStarted {
            command: self.to_line(),
            source,
            remedy: "`cargo xtask doctor` tells which tools are missing".to_owned(),
        }
    }

    /// The command as a person would type it in a shell, `PATH` left out.
    pub(crate) fn to_line(&self) -> String {
        let mut words = Vec::new();
        if let Some(folder) = &self.folder {
            words.push(format!("cd {} &&", quoted(folder.as_os_str())));
        }
        for (name, value) in self.environment.iter().filter(|(name, _)| *name != "PATH") {
            words.push(format!("{name}={}", quoted(value)));
        }
        words.push(quoted(&self.program));
        words.extend(self.arguments.iter().map(|argument| quoted(argument)));
        words.join(" ")
    }
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// An empty log named for the step; one that another `cargo xtask` is writing is left to it.
fn open_log(repo: &Repo, title: &str) -> Result<(File, PathBuf), Error> {
    let folder = repo.scratch().join("logs");
    fs::create_dir_all(&folder).map_err(Error::file("create", &folder))?;
    let words: Vec<&str> =
        title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let name = words.join("-");
    let mut path = folder.join(format!("{name}.log"));
    let mut number = 1;
    loop {
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(Error::file("write", &path))?;
        if !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            file.set_len(0).map_err(Error::file("empty", &path))?;
            return Ok((file, path));
        }
        number += 1;
        path = folder.join(format!("{name}-{number}.log"));
    }
}

#[cfg(test)]
mod tests {
    use super::Run;

    #[test]
    fn a_command_is_printed_so_that_it_can_be_pasted_into_a_shell() {
        let run = Run::new("cargo").args(["test", "it's", ""]).env("A", "b c").folder("/x y");
        assert_eq!(run.to_line(), r"cd '/x y' && A='b c' cargo test 'it'\''s' ''");
    }

    #[test]
    fn the_path_is_left_out_of_the_printed_command() {
        let run = Run::new("trunk").path_first(&["/tools".into()]);
        assert_eq!(run.to_line(), "trunk");
    }

    #[test]
    fn a_program_that_does_not_exist_has_no_first_line() {
        assert_eq!(Run::new("triagekit-no-such-program").first_line(), None);
    }
}
