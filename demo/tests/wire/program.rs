//! The program: its first line, its exit codes, its messages.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::asking::send;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_triagekit-demo"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

#[test]
fn it_prints_its_address_writes_the_key_file_and_ends_on_sigterm() {
    let key_file = std::env::temp_dir().join(format!("triagekit-key-{}.json", std::process::id()));
    let path = key_file.to_str().unwrap();
    let mut child = program(&["--alerts", "10", "--write-key", path]).spawn().unwrap();
    let address = first_line(&mut child);
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    let written: serde_json::Value = serde_json::from_slice(&std::fs::read(&key_file).unwrap()).unwrap();
    assert_eq!(written["baseUrl"], address.as_str());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&key_file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    std::fs::remove_file(key_file).unwrap();
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_bad_flag_is_a_mistake_in_usage() {
    for arguments in
        [&["--alerts", "many"][..], &["--listen", "0.0.0.0:0"], &["--explode"], &["--page-cap", "0"]]
    {
        let output = program(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty());
    }
}

#[test]
fn a_port_in_use_and_an_unwritable_file_are_failures_with_one_clear_line() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for arguments in [
        &["--alerts", "1", "--listen", address.as_str()][..],
        &["--alerts", "1", "--write-key", "/no/such/folder/key.json"],
        &["--alerts", "1", "--state", "/dev/null/state"],
        &["--alerts", "1", "--tls", "/no/cert.pem,/no/key.pem"],
    ] {
        let output = program(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(
            message.starts_with("triagekit-demo: ") && message.trim_end().lines().count() == 1,
            "{message}"
        );
    }
}

#[test]
fn what_was_answered_outlives_kill_9_when_it_is_kept_in_a_folder() {
    let folder = std::env::temp_dir().join(format!("triagekit-kill-{}", std::process::id()));
    let arguments = ["--alerts", "40", "--state", folder.to_str().unwrap()];
    let ids = |address: &str| send("GET", &format!("{address}/_demo/ids?vendor=uptycs"), &[], None).body;
    let mut first = program(&arguments).spawn().unwrap();
    let address = first_line(&mut first);
    let order = r#"{"insert":7,"change":3,"delete":2}"#;
    let headers = [("content-type", "application/json")];
    assert_eq!(send("POST", &format!("{address}/_demo/live"), &headers, Some(order)).status, 200);
    let before = ids(&address);
    // On Unix this is SIGKILL.
    first.kill().unwrap();
    first.wait().unwrap();
    let mut second = program(&arguments).spawn().unwrap();
    let after = ids(&first_line(&mut second));
    second.kill().unwrap();
    second.wait().unwrap();
    assert_eq!(before.lines().count(), 45);
    assert_eq!(after, before);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn it_speaks_tls_and_writes_the_certificate() {
    let path = std::env::temp_dir().join(format!("triagekit-cert-{}.pem", std::process::id()));
    let arguments = ["--alerts", "1", "--tls", "self-signed", "--write-cert", path.to_str().unwrap()];
    let mut child = program(&arguments).spawn().unwrap();
    let address = first_line(&mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(address.starts_with("https://127.0.0.1:"), "{address}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
    std::fs::remove_file(path).unwrap();
}
