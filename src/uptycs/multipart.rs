use crate::error::Error;
use crate::machine::Payload;

/// A form with files (RFC 7578), built without a source of randomness: the boundary is one that no part holds.
#[derive(Debug, Default)]
pub(super) struct Multipart<'a> {
    parts: Vec<(&'a str, Option<&'a str>, &'a [u8])>,
}

impl<'a> Multipart<'a> {
    /// Adds a field of text.
    pub(super) fn text(mut self, name: &'a str, value: &'a str) -> Self {
        self.parts.push((name, None, value.as_bytes()));
        self
    }

    /// Adds a CSV file.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a file without a name, with nothing in it, or that is not text in UTF-8.
    pub(super) fn csv(mut self, name: &'a str, file_name: &'a str, bytes: &'a [u8]) -> Result<Self, Error> {
        let problem = if file_name.trim().is_empty() || file_name.contains(['/', '\\']) {
            "A CSV file needs a name without folders, such as indicators.csv."
        } else if bytes.trim_ascii().is_empty() {
            "The CSV file is empty."
        } else if core::str::from_utf8(bytes).is_err() {
            "The CSV file is not text in UTF-8. Save it as UTF-8 first."
        } else {
            self.parts.push((name, Some(file_name), bytes));
            return Ok(self);
        };
        Err(Error::InvalidArgument(problem.to_owned()))
    }

    /// The body with its media type.
    pub(super) fn payload(&self) -> Payload {
        let boundary = self.boundary();
        let mut bytes = Vec::new();
        for (name, file_name, value) in &self.parts {
            let file = file_name.map_or(String::new(), |file_name| {
                format!("; filename=\"{}\"\r\nContent-Type: text/csv", quoted(file_name))
            });
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"{file}\r\n\r\n",
                quoted(name)
            );
            bytes.extend_from_slice(head.as_bytes());
            bytes.extend_from_slice(value);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Payload::Other { content_type: format!("multipart/form-data; boundary={boundary}"), bytes }
    }

    fn boundary(&self) -> String {
        let mut number = 0_u64;
        loop {
            let boundary = format!("triagekit-{number:016}");
            let is_held =
                |value: &[u8]| value.windows(boundary.len()).any(|part| part == boundary.as_bytes());
            if !self.parts.iter().any(|(_, _, value)| is_held(value)) {
                return boundary;
            }
            number += 1;
        }
    }
}

/// A name inside quotes, escaped as browsers do.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_written_as_the_standard_has_it() {
        let form = Multipart::default()
            .text("name", "Mine")
            .csv("file", "a\"b.csv", b"ip\n1.2.3.4\n")
            .expect("a file");
        let Payload::Other { content_type, bytes } = form.payload() else { panic!("a form") };
        assert_eq!(content_type, "multipart/form-data; boundary=triagekit-0000000000000000");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "--triagekit-0000000000000000\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nMine\r\n\
             --triagekit-0000000000000000\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.csv\"\r\n\
             Content-Type: text/csv\r\n\r\nip\n1.2.3.4\n\r\n--triagekit-0000000000000000--\r\n"
        );
    }

    #[test]
    fn the_boundary_is_one_that_no_part_holds() {
        let form = Multipart::default().text("name", "x triagekit-0000000000000000 y");
        assert_eq!(form.boundary(), "triagekit-0000000000000001");
    }

    #[test]
    fn what_is_no_csv_file_is_refused() {
        for (name, bytes) in [("", &b"x"[..]), ("a/b.csv", b"x"), ("a.csv", b" \n"), ("a.csv", &[0xff, 0xfe])]
        {
            assert!(Multipart::default().csv("file", name, bytes).is_err(), "{name}");
        }
    }
}
