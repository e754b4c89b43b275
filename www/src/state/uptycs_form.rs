use super::connection::Connection;
use super::field::{Field, FieldError};
use super::problem::Problem;
use triagekit::Secret;
use triagekit::uptycs::{KeyFile, KeyFileError};

/// A key file has a few hundred bytes; what is larger than this is another file.
pub const LARGEST_KEY_FILE: u64 = 65_536;

/// What stands in the typed half of the Uptycs card when it is submitted. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct UptycsForm {
    /// `key#secret`.
    pub key_and_secret: Secret,
    /// The tenant's domain, or an address for a proxy or a test server.
    pub domain: String,
    /// The customer's id.
    pub customer_id: String,
}

impl UptycsForm {
    /// Makes a connection of it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each beside its field, in the order of the fields.
    pub fn validate(&self) -> Result<Connection, Vec<FieldError>> {
        let mut errors = Vec::new();
        for (field, text, message) in [
            (
                Field::KeyAndSecret,
                self.key_and_secret.expose(),
                "A key is expected, typed as key#secret: both stand in the key file.",
            ),
            (Field::Domain, &self.domain, "The tenant's domain is expected, such as acme or acme.uptycs.io."),
            (Field::CustomerId, &self.customer_id, "The customer id is expected: it stands in the key file."),
        ] {
            if text.trim().is_empty() {
                errors.push(FieldError::new(field, message));
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        KeyFile::from_parts(self.key_and_secret.expose(), &self.domain, &self.customer_id)
            .map(Connection::uptycs)
            .map_err(|error| vec![FieldError::new(place_typed(&error), &error)])
    }

    /// Beside which field a problem of the first call stands; `is_typed` tells the two ways of the card apart.
    pub fn place(is_typed: bool, problem: &Problem) -> Field {
        match (problem.code, is_typed) {
            ("wrong_credentials" | "unauthorized", true) => Field::KeyAndSecret,
            ("unreachable" | "unexpected_answer" | "redirect", true) => Field::Domain,
            ("not_found", true) => Field::CustomerId,
            (
                "wrong_credentials" | "unauthorized" | "unreachable" | "unexpected_answer" | "redirect"
                | "not_found",
                false,
            ) => Field::KeyFile,
            _ => Field::Form,
        }
    }
}

/// Reads a key file that was chosen or dropped.
///
/// # Errors
///
/// What is wrong with it, beside the field of the file.
pub fn read_key_file(text: &str) -> Result<KeyFile, FieldError> {
    KeyFile::parse(text).map_err(|error| FieldError::new(Field::KeyFile, &error))
}

fn place_typed(error: &KeyFileError) -> Field {
    match error {
        KeyFileError::Domain { .. } => Field::Domain,
        KeyFileError::CustomerId => Field::CustomerId,
        KeyFileError::MissingFields { fields } if fields.contains(&"\"customerId\"") => Field::CustomerId,
        KeyFileError::MissingFields { fields } if fields.contains(&"\"domain\"") => Field::Domain,
        _ => Field::KeyAndSecret,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(key: &str, domain: &str, customer: &str) -> FieldError {
        let form = UptycsForm {
            key_and_secret: Secret::new(key),
            domain: domain.to_owned(),
            customer_id: customer.to_owned(),
        };
        form.validate().expect_err("errors").remove(0)
    }

    #[test]
    fn each_mistake_stands_beside_its_field() {
        assert_eq!(first("", "acme", "c").field, Field::KeyAndSecret);
        assert_eq!(first("KEY", "acme", "c").field, Field::KeyAndSecret);
        assert_eq!(first("KEY#s3cret", "evil.com/#", "c").field, Field::Domain);
        assert_eq!(first("KEY#s3cret", "acme", "../c").field, Field::CustomerId);
    }

    #[test]
    fn no_message_repeats_the_secret() {
        for error in [first("KEY#s3cret", "evil.com/#", "c"), first("KEY#s3cret", "acme", "a b")] {
            assert!(!error.message.contains("s3cret"), "{error:?}");
        }
    }

    #[test]
    fn a_good_form_becomes_a_connection() {
        let form = UptycsForm {
            key_and_secret: Secret::new("KEY#s3cret"),
            domain: "acme".to_owned(),
            customer_id: "5d6a-0001".to_owned(),
        };
        assert_eq!(form.validate().expect("good").to_string(), "Uptycs · acme.uptycs.io");
    }

    #[test]
    fn a_key_file_cut_in_half_is_told_beside_the_file() {
        let error = read_key_file(r#"{"key":"K","sec"#).expect_err("cut");
        assert_eq!(error.field, Field::KeyFile);
        assert!(error.message.contains("not complete JSON"), "{error:?}");
    }
}
