//! Writes the key file for its owner's eyes only.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

/// Writes `json` to `path` with mode 0600, also when the file is there already.
pub(crate) fn write(path: &Path, json: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.write_all(json.as_bytes())?;
    file.write_all(b"\n")
}
