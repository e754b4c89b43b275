use super::table::{RESOURCES, Resource};
use crate::error::Error;

/// Another spelling that people use, beside the article's; case is ignored anyway.
const ALIASES: [(&str, &str); 1] = [("savedQueries", "queries")];

/// Finds a resource by its path, by the name that the article prints, or by another spelling; case is ignored.
///
/// ```
/// use triagekit::uptycs::find;
///
/// assert_eq!(find("thretSources").unwrap().path, "threatSources");
/// assert_eq!(find("ALERTRULES").unwrap().path, "alertRules");
/// assert!(find("assets/count").is_none());
/// ```
pub fn find(name: &str) -> Option<&'static Resource> {
    let name = name.trim().trim_matches('/');
    let is = |other: &str| other.eq_ignore_ascii_case(name);
    let by_name = || RESOURCES.iter().find(|resource| is(resource.path) || resource.printed.is_some_and(is));
    by_name().or_else(|| {
        let (_, path) = ALIASES.iter().find(|(alias, _)| is(alias))?;
        RESOURCES.iter().find(|resource| resource.path == *path)
    })
}

/// The path of a resource's name, or of any other path below the customer's root, such as `cloud/aws/s3Buckets`.
///
/// # Errors
///
/// [`Error::InvalidArgument`] for a name that is not made of letters, digits, hyphens, underscores and slashes.
///
/// ```
/// use triagekit::uptycs::resource_path;
///
/// assert_eq!(resource_path("tagrules").unwrap(), "/tagRules");
/// assert_eq!(resource_path("/cloud/aws/s3Buckets/").unwrap(), "/cloud/aws/s3Buckets");
/// assert!(resource_path("../users").is_err());
/// ```
pub fn resource_path(name: &str) -> Result<String, Error> {
    if let Some(resource) = find(name) {
        return Ok(format!("/{}", resource.path));
    }
    let path = name.trim().trim_matches('/');
    let is_plain = !path.is_empty()
        && path.split('/').all(|part| !part.is_empty())
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/'));
    if is_plain { Ok(format!("/{path}")) } else { Err(no_resource(name)) }
}

fn no_resource(name: &str) -> Error {
    let shown: String = name.chars().take(60).collect();
    Error::InvalidArgument(format!(
        "{shown:?} is not the name of a resource. Names are like alerts, assets or threatSources, or paths such as \
         cloud/aws/s3Buckets."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_printed_name_leads_to_a_canonical_path_in_any_case() {
        for resource in &RESOURCES {
            let printed = resource.printed.unwrap_or(resource.path);
            for name in [printed.to_owned(), printed.to_uppercase(), format!("/{printed}/")] {
                assert_eq!(resource_path(&name), Ok(format!("/{}", resource.path)), "{name}");
            }
        }
    }

    #[test]
    fn aliases_lead_to_something() {
        for (alias, path) in ALIASES {
            assert_eq!(find(alias).map(|resource| resource.path), Some(path));
        }
    }

    #[test]
    fn what_would_leave_the_customers_root_is_no_name() {
        for name in ["", "/", "..", "../v2", "a//b", "alerts?x=1", "alerts#", "a b", "%2e%2e", "alerts\n/x"] {
            assert!(resource_path(name).is_err(), "{name:?}");
        }
    }
}
