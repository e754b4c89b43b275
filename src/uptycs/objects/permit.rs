use crate::error::Error;
use crate::uptycs::resource::{Verb, find, resource_path};
use crate::uptycs::write::Consent;
use serde_json::{Map, Value};

/// The path of a resource that a verb is about to change, if that is allowed.
pub(super) fn permit(name: &str, verb: Verb, consent: Consent) -> Result<String, Error> {
    let path = resource_path(name)?;
    // Of a path that is not in the table, nothing is known at all.
    let evidence =
        find(name).map_or(crate::operation::Evidence::Unknown, |resource| resource.support(verb).evidence());
    consent.permits(evidence, &format!("{verb} {}", path.trim_start_matches('/')))?;
    Ok(path)
}

/// The body of a write, which is a JSON object.
pub(super) fn object(json: &str) -> Result<Map<String, Value>, Error> {
    serde_json::from_str(json).map_err(|cause| {
        Error::InvalidArgument(format!(
            "What is written is a JSON object such as {{\"name\":\"…\"}}; this is not one: {cause}."
        ))
    })
}
