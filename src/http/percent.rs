/// Encodes text as one part of a path or a query (RFC 3986: all but the unreserved characters).
///
/// ```
/// use triagekit::http::percent_encode;
///
/// assert_eq!(percent_encode("a/b c=ü"), "a%2Fb%20c%3D%C3%BC");
/// ```
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 0x0f] {
                encoded.push(char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
    encoded
}

/// Joins names and values to a query, with its `?`; nothing for no pairs.
///
/// ```
/// use triagekit::http::query_string;
///
/// assert_eq!(query_string(&[("sort", "alertTime:desc")]), "?sort=alertTime%3Adesc");
/// assert_eq!(query_string::<&str>(&[]), "");
/// ```
pub fn query_string<T: AsRef<str>>(pairs: &[(T, T)]) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        query.push(if query.is_empty() { '?' } else { '&' });
        query.push_str(&percent_encode(name.as_ref()));
        query.push('=');
        query.push_str(&percent_encode(value.as_ref()));
    }
    query
}
