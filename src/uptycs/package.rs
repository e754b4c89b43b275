//! Sensor packages, with the names that the service gives them (docs/uptycs.md, 3.7).

use super::client::Client;
use super::reading::Reading;
use crate::error::Error;
use crate::http::percent_encode;
use crate::machine::{Call, Machine};

/// What of a sensor's package is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackageOptions {
    /// The version of osquery, such as `5.3.0.11-Uptycs`; the newest for `None`.
    pub version: Option<String>,
    /// Whether it is the package with remediation.
    pub has_remediation: bool,
    /// Whether it is the one for Graviton.
    pub is_graviton: bool,
}

/// A sensor's package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The name to save it under: a file name without folders.
    pub file_name: String,
    /// Its media type, where one is stated.
    pub media_type: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Client {
    /// Downloads a sensor's package for an asset group, such as flavour `debian`
    /// (`GET /packageDownloads/osquery/{osFlavor}/{assetGroupId}`; attested).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty flavour or group.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile, PackageOptions};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// assert!(client.package("debian", "g-1", &PackageOptions::default()).is_ok());
    /// ```
    pub fn package(
        &self,
        os_flavor: &str,
        asset_group_id: &str,
        options: &PackageOptions,
    ) -> Result<Machine<Reading<Package>>, Error> {
        let is_odd = |text: &str| matches!(text.trim(), "" | "." | "..");
        if is_odd(os_flavor) || is_odd(asset_group_id) {
            return Err(Error::InvalidArgument(
                "A flavour such as debian and the id of an asset group are expected.".to_owned(),
            ));
        }
        let path = format!(
            "/packageDownloads/osquery/{}/{}",
            percent_encode(os_flavor.trim()),
            percent_encode(asset_group_id.trim())
        );
        let mut call = Call::get(path, "downloading a package");
        if options.has_remediation {
            call = call.with("remediationPackage", "true");
        }
        if options.is_graviton {
            call = call.with("gravitonPackage", "true");
        }
        if let Some(version) = &options.version {
            call = call.with("osqVersion", version);
        }
        Ok(self.machine(Reading::new(call, |_, response| {
            Ok(Package {
                file_name: file_name(response.headers.get("content-disposition").unwrap_or_default()),
                media_type: response.headers.get("content-type").map(str::to_owned),
                bytes: response.body,
            })
        })))
    }
}

/// The file name of a `Content-Disposition`, reduced to what is safe to save under.
fn file_name(disposition: &str) -> String {
    let named = disposition.split(';').find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("filename").then(|| value.trim().trim_matches('"'))
    });
    let last = named.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let safe: String =
        last.chars().filter(|c| c.is_ascii_alphanumeric() || "-._+ ".contains(*c)).take(120).collect();
    let safe = safe.trim().trim_start_matches('.');
    if safe.is_empty() { "package.bin".to_owned() } else { safe.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leads_out_of_its_folder() {
        for (disposition, expected) in [
            (
                "attachment; filename=\"assets-osquery-5.3.0.11-Uptycs.deb\"",
                "assets-osquery-5.3.0.11-Uptycs.deb",
            ),
            ("attachment; FileName=plain.rpm", "plain.rpm"),
            ("attachment; filename=\"../../etc/passwd\"", "passwd"),
            ("attachment; filename=\"..\\\\evil.exe\"", "evil.exe"),
            ("attachment; filename=\"..\"", "package.bin"),
            ("", "package.bin"),
        ] {
            assert_eq!(file_name(disposition), expected, "{disposition}");
        }
    }
}
