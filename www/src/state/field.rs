/// A field of a connect form, or the form as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// UTMStack: the address.
    Url,
    /// UTMStack: the user's name.
    Username,
    /// UTMStack: the password.
    Password,
    /// UTMStack: the API key.
    ApiKey,
    /// Uptycs: the key file.
    KeyFile,
    /// Uptycs: `key#secret`, typed.
    KeyAndSecret,
    /// Uptycs: the tenant's domain.
    Domain,
    /// Uptycs: the customer's id.
    CustomerId,
    /// No field in particular.
    Form,
}

/// What is wrong with a field, in words for the person who filled it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Where it stands.
    pub field: Field,
    /// What was expected, what came, what to do.
    pub message: String,
}

impl FieldError {
    /// Puts a message beside a field.
    pub fn new(field: Field, message: &(impl ToString + ?Sized)) -> Self {
        Self { field, message: message.to_string() }
    }
}
