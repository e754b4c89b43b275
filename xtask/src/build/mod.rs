//! `cargo xtask build [npm|console|demo|all] [--release|--ci]`.

pub(crate) mod console;
pub(crate) mod demo;
pub(crate) mod npm;
pub(crate) mod wasm;

use std::process::ExitCode;

use crate::error::Error;
use crate::repo::Repo;
use crate::say;

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    pub(crate) what: Vec<What>,
    /// `None`: each thing's own choice.
    pub(crate) profile: Option<Profile>,
}

/// Something that can be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Npm,
    Console,
    Demo,
}

impl What {
    pub(crate) const ALL: [Self; 3] = [Self::Npm, Self::Console, Self::Demo];

    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "npm" => Some(Self::Npm),
            "console" => Some(Self::Console),
            "demo" => Some(Self::Demo),
            _ => None,
        }
    }
}

/// A profile of the root `Cargo.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// What is shipped.
    Release,
    /// What tests and the demo use: quick to build.
    Ci,
}

impl Profile {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Ci => "ci",
        }
    }
}

/// The npm package is built as it is shipped, the console and the demo server as they are tried out, unless told
/// otherwise.
pub(crate) fn run(repo: &Repo, options: &Options) -> Result<ExitCode, Error> {
    for what in &options.what {
        match what {
            What::Npm => {
                say::heading("build npm");
                let package =
                    npm::build(repo, &npm::lock(repo)?, options.profile.unwrap_or(Profile::Release))?;
                say::line(format_args!("  → {}", repo.relative(&package.tarball).display()));
            }
            What::Console => {
                say::heading("build console");
                let folder =
                    console::build(repo, &console::lock(repo)?, options.profile.unwrap_or(Profile::Ci))?;
                say::line(format_args!("  → {}", repo.relative(&folder).display()));
            }
            What::Demo => {
                say::heading("build demo");
                let program = demo::build(repo, options.profile.unwrap_or(Profile::Ci))?;
                say::line(format_args!("  → {}", repo.relative(&program).display()));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
