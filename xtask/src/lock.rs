//! One at a time: two `cargo xtask` in one checkout must not empty a folder under each other's feet.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use crate::error::Error;
use crate::say;

/// Held until it is dropped, or until the process ends in whatever way.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for whoever works on the same thing; `folder` is where its lock file lies.
    pub(crate) fn take(folder: &Path, name: &str) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
        let path = folder.join(format!("{name}.lock"));
        let file = File::create(&path).map_err(Error::file("write", &path))?;
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            say::note(format_args!("waiting for another cargo xtask to finish with {name}"));
            // A file system without locks has none to wait for either.
            let _ = file.lock();
        }
        Ok(Self { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::Lock;
    use std::fs::{self, File};

    #[test]
    fn a_lock_keeps_others_out_until_it_is_dropped() {
        let folder = std::env::temp_dir().join(format!("triagekit-xtask-lock-{}", std::process::id()));
        let lock = Lock::take(&folder, "npm").unwrap();
        let other = File::open(folder.join("npm.lock")).unwrap();
        assert!(other.try_lock().is_err());
        drop(lock);
        assert!(other.try_lock().is_ok());
        fs::remove_dir_all(folder).unwrap();
    }
}
