//! `cargo xtask demo`: the console and both vendors' doubles on one address, until Ctrl-C.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::build::{self, Profile};
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;
use crate::say;

#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    pub(crate) listen: String,
    pub(crate) alerts: u32,
    pub(crate) passed_on: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { listen: "127.0.0.1:7700".to_owned(), alerts: 20_000, passed_on: Vec::new() }
    }
}

/// What the person who started the demo waits for.
enum Event {
    Line(String),
    OutputEnded,
    Interrupted,
}

pub(crate) fn run(repo: &Repo, options: &Options) -> Result<ExitCode, Error> {
    is_free(&options.listen)?;
    say::heading("build console");
    let console = build::console::build(repo, &build::console::lock(repo)?, Profile::Ci)?;
    say::heading("build demo");
    let program = build::demo::build(repo, Profile::Ci)?;

    let home = repo.target().join("demo");
    fs::create_dir_all(&home).map_err(Error::file("create", &home))?;
    let key_file = home.join("uptycs-key.json");
    let server = Run::new(program)
        .args(["--listen", &options.listen, "--alerts", &options.alerts.to_string(), "--console"])
        .arg(&console)
        .arg("--write-key")
        .arg(&key_file)
        .args(&options.passed_on);
    serve(repo, &server, repo.relative(&key_file))
}

/// Asked before minutes of building, and once more by the server itself.
fn is_free(address: &str) -> Result<(), Error> {
    TcpListener::bind(address)
        .map(drop)
        .map_err(|source| Error::AddressTaken { address: address.to_owned(), source })
}

fn serve(repo: &Repo, server: &Run, key_file: &Path) -> Result<ExitCode, Error> {
    let (sender, events) = mpsc::channel();
    let interrupted = sender.clone();
    ctrlc::set_handler(move || {
        let _ = interrupted.send(Event::Interrupted);
    })?;
    let mut child = server
        .command(repo)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|source| server.not_started(source))?;
    if let Some(output) = child.stdout.take() {
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(Event::Line(line)).is_err() {
                    return;
                }
            }
            let _ = sender.send(Event::OutputEnded);
        });
    }

    let mut is_up = false;
    while let Ok(event) = events.recv() {
        match event {
            Event::Line(line) if is_up => say::line(line),
            Event::Line(line) => {
                if !line.starts_with("http://") {
                    end(&mut child);
                    return Err(Error::DemoSaid { line });
                }
                greet(&line, key_file);
                is_up = true;
            }
            Event::Interrupted => {
                end(&mut child);
                say::line("\nthe demo has ended");
                return Ok(ExitCode::SUCCESS);
            }
            Event::OutputEnded => break,
        }
    }
    let status = child.wait().map_or_else(|error| error.to_string(), |status| status.to_string());
    if is_up {
        say::line(format_args!("\nthe demo server ended by itself with {status}"));
        return Ok(ExitCode::FAILURE);
    }
    Err(Error::DemoEnded { command: server.to_line(), status })
}

/// The server gets a moment to end by itself: Ctrl-C in a terminal reaches it too.
fn end(child: &mut Child) {
    for _ in 0..20 {
        if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
            return;
        }
        thread::sleep(Duration::from_millis(25));
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn greet(address: &str, key_file: &Path) {
    let address = address.trim_end_matches('/');
    let key_file = key_file.display();
    say::line(format_args!(
        "
  Console    {address}/
  UTMStack   {address}/ with user admin, password triagekit-demo
  Uptycs     key file {key_file}

  Try:
    curl -s {address}/_demo/state
    curl -s {address}/api/authenticate -H 'content-type: application/json' \\
      -d '{{\"username\":\"admin\",\"password\":\"triagekit-demo\"}}'

  Ctrl-C ends it."
    ));
}

#[cfg(test)]
mod tests {
    use super::is_free;
    use std::net::TcpListener;

    #[test]
    fn an_address_in_use_is_told_with_the_way_to_choose_another() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let error = is_free(&taken.local_addr().unwrap().to_string()).unwrap_err().to_string();
        assert!(error.contains("--listen 127.0.0.1:0"), "{error}");
        assert!(is_free("127.0.0.1:0").is_ok());
    }
}
