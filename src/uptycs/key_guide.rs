use serde::Serialize;

/// A page of the vendor that helps with keys and the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct GuidePage {
    /// What is found there.
    pub title: &'static str,
    /// Its address, with `{host}` for the tenant's host and `{customerId}` for the customer's id where it is inside the
    /// tenant.
    pub url: &'static str,
}

/// How to make an API key, step by step, as the vendor's article has it (docs/uptycs.md, 1): for interfaces to show.
///
/// ```
/// assert!(triagekit::uptycs::KEY_STEPS.iter().any(|step| step.contains("Download")));
/// ```
pub const KEY_STEPS: [&str; 6] = [
    "Open your tenant and go to Configuration.",
    "Choose Users. In newer tenants: API Keys, or API Client Management.",
    "Find your user and choose Edit. If there is no Edit button, ask for admin permissions.",
    "Under User API key choose Create.",
    "Choose Download at the bottom right. The secret is shown only this once.",
    "Open the downloaded file here; its name ends in _apikey.json.",
];

/// The vendor's pages about keys and the API.
///
/// ```
/// assert!(triagekit::uptycs::KEY_PAGES.iter().all(|page| page.url.starts_with("https://")));
/// ```
pub const KEY_PAGES: [GuidePage; 3] = [
    GuidePage { title: "Uptycs support: Using the Uptycs API", url: "https://support.uptycs.com/" },
    GuidePage { title: "Your tenant", url: "https://{host}/" },
    GuidePage {
        title: "Your tenant's own API reference (Swagger), which takes key#secret",
        url: "https://{host}/public/api/customers/{customerId}",
    },
];

/// Fills a page's address for one tenant; `None` while what it needs is not known.
///
/// ```
/// use triagekit::uptycs::{guide_url, KEY_PAGES};
///
/// let page = KEY_PAGES.last().unwrap();
/// assert_eq!(
///     guide_url(page, "acme.uptycs.io", "c-1").unwrap(),
///     "https://acme.uptycs.io/public/api/customers/c-1"
/// );
/// assert_eq!(guide_url(page, "acme.uptycs.io", ""), None);
/// ```
pub fn guide_url(page: &GuidePage, host: &str, customer_id: &str) -> Option<String> {
    let is_known = |mark: &str, value: &str| !page.url.contains(mark) || !value.is_empty();
    let is_plain = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':'))
    };
    (is_known("{host}", host)
        && is_known("{customerId}", customer_id)
        && is_plain(host)
        && is_plain(customer_id))
    .then(|| page.url.replace("{host}", host).replace("{customerId}", customer_id))
}
