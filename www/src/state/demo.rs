use super::connection::Connection;
use serde::Deserialize;
use serde_json::value::RawValue;
use triagekit::uptycs::KeyFile;
use triagekit::utmstack::Credentials;
use triagekit::{BaseUrl, Secret};

/// Reads what a demo server offers under `/_demo/connections`.
///
/// `None` for anything else: most servers answer that path with an error or with a page.
pub fn connections_of_demo(body: &[u8]) -> Option<Vec<Connection>> {
    #[derive(Deserialize)]
    struct Offer<'a> {
        utmstack: Instance,
        #[serde(borrow)]
        uptycs: &'a RawValue,
    }
    #[derive(Deserialize)]
    struct Instance {
        url: String,
        username: String,
        password: String,
    }
    let offer: Offer<'_> = serde_json::from_slice(body).ok()?;
    let base_url = BaseUrl::parse(&offer.utmstack.url).ok()?;
    let credentials = Credentials::Password {
        username: offer.utmstack.username,
        password: Secret::new(offer.utmstack.password),
    };
    let key = KeyFile::parse(offer.uptycs.get()).ok()?;
    Some(vec![Connection::utmstack(base_url, credentials), Connection::uptycs(key)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_gives_a_connection_to_each_platform() {
        let offer = br#"{"utmstack":{"url":"http://127.0.0.1:7700","username":"admin","password":"p"},
            "uptycs":{"key":"K","secret":"s","customerId":"c","domain":"demo","baseUrl":"http://127.0.0.1:7700"}}"#;
        let names: Vec<_> =
            connections_of_demo(offer).expect("an offer").iter().map(ToString::to_string).collect();
        assert_eq!(names, ["UTMStack · 127.0.0.1:7700", "Uptycs · 127.0.0.1:7700"]);
    }

    #[test]
    fn a_page_is_no_offer() {
        assert_eq!(connections_of_demo(b"<!doctype html><title>404</title>"), None);
        assert_eq!(connections_of_demo(b"{}"), None);
    }
}
