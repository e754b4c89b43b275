use super::connection::Connection;
use super::field::{Field, FieldError};
use super::problem::Problem;
use triagekit::utmstack::Credentials;
use triagekit::{BaseUrl, Secret};

/// How the person proves who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UtmstackMethod {
    /// With a user's name and password.
    #[default]
    Password,
    /// With an API key.
    ApiKey,
}

/// What stands in the UTMStack card when it is submitted. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct UtmstackForm {
    /// Which fields count.
    pub method: UtmstackMethod,
    /// The address.
    pub url: String,
    /// The user's name.
    pub username: String,
    /// The password.
    pub password: Secret,
    /// The API key.
    pub api_key: Secret,
}

impl UtmstackForm {
    /// Makes a connection of it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each beside its field, in the order of the fields.
    pub fn validate(&self) -> Result<Connection, Vec<FieldError>> {
        let mut errors = Vec::new();
        let base_url = if self.url.trim().is_empty() {
            errors.push(FieldError::new(
                Field::Url,
                "The address of your UTMStack is expected, such as https://siem.example.org.",
            ));
            None
        } else {
            BaseUrl::parse(&self.url).map_err(|error| errors.push(FieldError::new(Field::Url, &error))).ok()
        };
        let credentials = match self.method {
            UtmstackMethod::Password => {
                if self.username.trim().is_empty() {
                    errors.push(FieldError::new(
                        Field::Username,
                        "A user name is expected: the one you sign in with.",
                    ));
                }
                if self.password.is_empty() {
                    errors.push(FieldError::new(Field::Password, "The user's password is expected."));
                }
                Credentials::Password {
                    username: self.username.trim().to_owned(),
                    password: self.password.clone(),
                }
            }
            UtmstackMethod::ApiKey => {
                let key = self.api_key.expose().trim();
                if key.is_empty() {
                    errors.push(FieldError::new(
                        Field::ApiKey,
                        "An API key is expected. Make one in UTMStack under your user, API keys.",
                    ));
                }
                Credentials::ApiKey(Secret::new(key))
            }
        };
        match base_url {
            Some(base_url) if errors.is_empty() => Ok(Connection::utmstack(base_url, credentials)),
            _ => Err(errors),
        }
    }

    /// Beside which field a problem of the first call stands.
    pub fn place(method: UtmstackMethod, problem: &Problem) -> Field {
        let secret = match method {
            UtmstackMethod::Password => Field::Password,
            UtmstackMethod::ApiKey => Field::ApiKey,
        };
        match problem.code {
            // Signing in comes first, and the server refuses a password of an odd length with 400.
            "wrong_credentials" | "unauthorized" | "bad_request" => secret,
            "second_factor_required" | "locked" => Field::Username,
            "unreachable" | "unexpected_answer" | "not_found" | "redirect" | "base_url" => Field::Url,
            _ => Field::Form,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> UtmstackForm {
        UtmstackForm {
            method: UtmstackMethod::Password,
            url: "https://siem.example.org".to_owned(),
            username: "admin".to_owned(),
            password: Secret::new("hunter2"),
            api_key: Secret::new(""),
        }
    }

    fn fields(form: &UtmstackForm) -> Vec<Field> {
        form.validate().expect_err("errors").iter().map(|error| error.field).collect()
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once_each_beside_its_field() {
        let empty = UtmstackForm {
            url: " ".to_owned(),
            username: String::new(),
            password: Secret::new(""),
            ..form()
        };
        assert_eq!(fields(&empty), [Field::Url, Field::Username, Field::Password]);
        let key = UtmstackForm { method: UtmstackMethod::ApiKey, ..empty };
        assert_eq!(fields(&key), [Field::Url, Field::ApiKey]);
    }

    #[test]
    fn an_unencrypted_address_is_refused_in_the_cores_words() {
        let errors = UtmstackForm { url: "http://siem.example.org".to_owned(), ..form() }.validate();
        let errors = errors.expect_err("not encrypted");
        assert_eq!(errors[0].field, Field::Url);
        assert!(errors[0].message.contains("is not encrypted"), "{errors:?}");
    }

    #[test]
    fn a_good_form_becomes_a_connection_that_prints_no_secret() {
        let connection = form().validate().expect("good");
        assert_eq!(connection.to_string(), "UTMStack · siem.example.org");
        assert!(!format!("{connection:?} {:?}", form()).contains("hunter2"));
    }
}
