//! Bodies of `multipart/form-data`, as clients upload files with.

use crate::uptycs::call::Call;
use crate::uptycs::failure::Failure;

/// One part.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its name.
    pub(crate) name: String,
    /// The name of the file, when it is one.
    pub(crate) file_name: Option<String>,
    /// What it holds, as text.
    pub(crate) text: String,
}

/// The parts of a request.
pub(crate) fn parts(call: &Call) -> Result<Vec<Part>, Failure> {
    let boundary = call
        .content_type
        .as_deref()
        .filter(|kind| kind.to_ascii_lowercase().starts_with("multipart/form-data"))
        .and_then(|kind| kind.split(';').find_map(|part| part.trim().strip_prefix("boundary=")))
        .ok_or_else(|| Failure::bad_request("multipart/form-data with a boundary is needed"))?;
    let text = String::from_utf8_lossy(&call.body);
    Ok(split(&text, boundary.trim_matches('"')))
}

fn split(text: &str, boundary: &str) -> Vec<Part> {
    let limit = format!("--{boundary}");
    text.split(limit.as_str())
        .skip(1)
        .take_while(|part| !part.starts_with("--"))
        .filter_map(|part| {
            let part = part.trim_start_matches("\r\n").trim_start_matches('\n');
            let (head, body) = part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n"))?;
            let disposition = head.lines().find(|line| {
                line.split(':').next().is_some_and(|name| name.eq_ignore_ascii_case("content-disposition"))
            })?;
            let parameter = |name: &str| {
                disposition.split(';').find_map(|part| {
                    let (key, value) = part.trim().split_once('=')?;
                    key.eq_ignore_ascii_case(name).then(|| value.trim_matches('"').to_owned())
                })
            };
            let body = body.strip_suffix("\r\n").or_else(|| body.strip_suffix('\n')).unwrap_or(body);
            Some(Part { name: parameter("name")?, file_name: parameter("filename"), text: body.to_owned() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_names_and_files_have_two() {
        let text = "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nmine\r\n--x\r\n\
            content-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n\
            a,b\r\n1,2\r\n\r\n--x--\r\n";
        let parts = split(text, "x");
        assert_eq!((parts[0].name.as_str(), parts[0].text.as_str()), ("name", "mine"));
        assert_eq!(parts[1].file_name.as_deref(), Some("a.csv"));
        assert_eq!(parts[1].text, "a,b\r\n1,2\r\n");
        assert_eq!(parts.len(), 2);
    }
}
