//! The demo server as a program.

mod arguments;
mod key_file;
mod stop_signal;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use triagekit_demo::Server;

use crate::arguments::Arguments;
use crate::stop_signal::StopSignal;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // When even stderr is closed there is nobody left to tell.
            let _ = writeln!(std::io::stderr(), "triagekit-demo: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let server = Server::start(arguments.config()).map_err(|error| error.to_string())?;
    if let Some(path) = &arguments.write_key {
        key_file::write(path, &server.key_file_json())
            .map_err(|error| format!("cannot write the key file {}: {error}", path.display()))?;
    }
    if let (Some(path), Some(pem)) = (&arguments.write_cert, server.certificate_pem()) {
        std::fs::write(path, pem)
            .map_err(|error| format!("cannot write the certificate {}: {error}", path.display()))?;
    }
    // Whoever reads the address may send a signal at once.
    let signal = StopSignal::catch().map_err(|error| format!("cannot catch signals: {error}"))?;
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{}", server.base_url())
        .and_then(|()| stdout.flush())
        .map_err(|error| format!("cannot print the address: {error}"))?;
    drop(stdout);
    signal.wait().map_err(|error| format!("cannot wait for signals: {error}"))?;
    server.stop();
    Ok(())
}
