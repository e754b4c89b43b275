//! What a step was made from, in one number: a second run that finds the same number does nothing.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// A hash over texts, files and folders. It guards against forgetting to rebuild, not against attackers.
#[derive(Debug, Default)]
pub(crate) struct Fingerprint(DefaultHasher);

impl Fingerprint {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.add(text.as_bytes());
        self
    }

    /// Adds the bytes of a file; a file that is not there counts as an absent one.
    pub(crate) fn file(mut self, path: &Path) -> Result<Self, Error> {
        if path.is_file() {
            self.add(&fs::read(path).map_err(Error::file("read", path))?);
        } else {
            self.add(b"absent");
        }
        Ok(self)
    }

    /// Adds the names and bytes of all files below a folder, leaving out folders of the given names.
    pub(crate) fn folder(mut self, folder: &Path, except: &[&str]) -> Result<Self, Error> {
        for path in files_below(folder, except)? {
            let name = path.strip_prefix(folder).unwrap_or(&path);
            self.add(name.as_os_str().as_encoded_bytes());
            self = self.file(&path)?;
        }
        Ok(self)
    }

    fn add(&mut self, bytes: &[u8]) {
        self.0.write_usize(bytes.len());
        self.0.write(bytes);
    }

    pub(crate) fn finish(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

/// All files below a folder, sorted, without folders of the given names; none if it is not there.
pub(crate) fn files_below(folder: &Path, except: &[&str]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    let mut left = vec![folder.to_owned()];
    while let Some(folder) = left.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).map_err(Error::file("read", &folder))? {
            let path = entry.map_err(Error::file("read", &folder))?.path();
            if !path.is_dir() {
                files.push(path);
            } else if !path.file_name().is_some_and(|name| except.iter().any(|&skip| name == skip)) {
                left.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The file that remembers the fingerprint of what a step last finished with.
#[derive(Debug)]
pub(crate) struct Stamp(PathBuf);

impl Stamp {
    pub(crate) fn at(path: PathBuf) -> Self {
        Self(path)
    }

    pub(crate) fn matches(&self, fingerprint: &str) -> bool {
        fs::read_to_string(&self.0).is_ok_and(|text| text.trim() == fingerprint)
    }

    /// Called after the step has finished, so that an interrupted one is done again.
    pub(crate) fn write(&self, fingerprint: &str) -> Result<(), Error> {
        if let Some(folder) = self.0.parent() {
            fs::create_dir_all(folder).map_err(Error::file("create", folder))?;
        }
        fs::write(&self.0, format!("{fingerprint}\n")).map_err(Error::file("write", &self.0))
    }

    /// Called before the step starts: half of its work must not look like all of it.
    pub(crate) fn clear(&self) -> Result<(), Error> {
        match fs::remove_file(&self.0) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::file("remove", &self.0)(source))
            }
            _ => Ok(()),
        }
    }
}

/// Makes an empty folder where one may have been.
pub(crate) fn empty_folder(folder: &Path) -> Result<(), Error> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Error::file("remove", folder))?;
    }
    fs::create_dir_all(folder).map_err(Error::file("create", folder))
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, Stamp, empty_folder};
    use std::fs;

    fn scratch(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("triagekit-xtask-{name}-{}", std::process::id()));
        empty_folder(&folder).unwrap();
        folder
    }

    fn of(folder: &std::path::Path) -> String {
        Fingerprint::new().folder(folder, &["node_modules"]).unwrap().finish()
    }

    #[test]
    fn a_folder_has_another_fingerprint_when_a_file_changes_moves_or_goes() {
        let folder = scratch("changes");
        fs::write(folder.join("a"), "1").unwrap();
        let first = of(&folder);
        assert_eq!(first, of(&folder));
        fs::write(folder.join("a"), "2").unwrap();
        assert_ne!(first, of(&folder));
        fs::rename(folder.join("a"), folder.join("b")).unwrap();
        fs::write(folder.join("b"), "1").unwrap();
        assert_ne!(first, of(&folder));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn folders_that_are_left_out_do_not_count() {
        let folder = scratch("except");
        let before = of(&folder);
        fs::create_dir_all(folder.join("node_modules")).unwrap();
        fs::write(folder.join("node_modules/x"), "1").unwrap();
        assert_eq!(before, of(&folder));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_step_that_was_interrupted_is_not_taken_for_a_finished_one() {
        let folder = scratch("stamp");
        let stamp = Stamp::at(folder.join("deep/stamp"));
        assert!(!stamp.matches("1"));
        stamp.write("1").unwrap();
        assert!(stamp.matches("1") && !stamp.matches("2"));
        stamp.clear().unwrap();
        stamp.clear().unwrap();
        assert!(!stamp.matches("1"));
        fs::remove_dir_all(folder).unwrap();
    }
}
