//! Carved files: where they can be fetched (docs/uptycs.md, 3.7).

use super::client::{Client, id_path};
use super::reading::{Reading, json};
use crate::error::{Error, Unexpected};
use crate::machine::{Call, Machine};
use crate::platform::Platform;
use crate::secret::Secret;
use serde::Deserialize;

/// The parameters of the link that the store wants again as header fields.
const KEYS: [&str; 3] = [
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-server-side-encryption-customer-key",
    "x-amz-server-side-encryption-customer-key-md5",
];

/// Where a carved file can be fetched, by anybody who has the link: it is signed, and holds the key of its encryption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarveLink {
    /// The address, which begins with `https://`.
    pub url: Secret,
    /// The header fields that the store wants beside it.
    pub headers: Vec<(&'static str, Secret)>,
}

impl Client {
    /// Reads where a carved file can be fetched (`GET /carves/{id}/link`; attested). It is a tar archive, which other clients
    /// save as `{carveId}.tar`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id.
    pub fn carve_link(&self, carve_id: &str) -> Result<Machine<Reading<CarveLink>>, Error> {
        let call =
            Call::get(format!("{}/link", id_path("/carves", carve_id)?), "reading the link of a carve");
        Ok(self.machine(Reading::new(call, |call, response| {
            #[derive(Deserialize)]
            struct Link {
                url: String,
            }
            let Link { url } = json(call, &response, "an object with \"url\"")?;
            if !url.starts_with("https://") {
                return Err(Unexpected {
                    platform: Platform::Uptycs,
                    doing: call.doing,
                    status: response.status,
                    expected: "an https:// address",
                    came: "an address of another kind".to_owned(),
                    is_retryable: false,
                }
                .into());
            }
            Ok(CarveLink { headers: headers(&url), url: Secret::new(url) })
        })))
    }
}

fn headers(url: &str) -> Vec<(&'static str, Secret)> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let pairs = || query.split('&').filter_map(|pair| pair.split_once('='));
    KEYS.into_iter()
        .filter_map(|key| {
            let (_, value) = pairs().find(|(name, _)| name.eq_ignore_ascii_case(key))?;
            Some((key, Secret::new(decoded(value))))
        })
        .collect()
}

/// The text that stands percent-encoded in a query.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        rest = match (first, after) {
            (b'%', [high, low, behind @ ..]) if digit(high).is_some() && digit(low).is_some() => {
                bytes.push(digit(high).unwrap_or(0) * 16 + digit(low).unwrap_or(0));
                behind
            }
            _ => {
                bytes.push(*first);
                after
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stores_keys_become_header_fields() {
        let url = "https://s3.example/c?X-Amz-Signature=1&x-amz-server-side-encryption-customer-algorithm=AES256\
                   &x-amz-server-side-encryption-customer-key=a%2Fb%3D&x-amz-server-side-encryption-customer-key-MD5=m%3D%3D";
        let headers = headers(url);
        let values: Vec<&str> = headers.iter().map(|(_, value)| value.expose()).collect();
        assert_eq!(values, ["AES256", "a/b=", "m=="]);
        assert_eq!(decoded("100%"), "100%");
    }
}
