//! SIGINT and SIGTERM, which end the program.

use tokio::runtime::Runtime;

/// The signals, caught from the moment this exists: before it, they kill.
#[derive(Debug)]
pub(crate) struct StopSignal {
    runtime: Runtime,
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

impl StopSignal {
    /// Catches the signals from now on.
    pub(crate) fn catch() -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        #[cfg(unix)]
        let signals = {
            use tokio::signal::unix::{SignalKind, signal};
            let _entered = runtime.enter();
            [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?]
        };
        Ok(Self {
            runtime,
            #[cfg(unix)]
            signals,
        })
    }

    /// Returns when one of them comes, or has come.
    #[cfg(unix)]
    #[allow(clippy::unnecessary_wraps, reason = "where there is no Unix, waiting itself may fail")]
    pub(crate) fn wait(self) -> std::io::Result<()> {
        let Self { runtime, signals: [mut interrupt, mut terminate] } = self;
        runtime.block_on(async {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        });
        Ok(())
    }

    /// Returns when Ctrl-C is pressed.
    #[cfg(not(unix))]
    pub(crate) fn wait(self) -> std::io::Result<()> {
        self.runtime.block_on(tokio::signal::ctrl_c())
    }
}
