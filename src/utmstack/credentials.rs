use crate::secret::Secret;

/// How a connection proves who it is (docs/utmstack.md, 2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// A user signs in; the token is renewed whenever it dies.
    Password {
        /// The user's name or e-mail address.
        username: String,
        /// The password.
        password: Secret,
    },
    /// An API key, as `Utm-Api-Key` (10.9 and later).
    ApiKey(Secret),
    /// A token that was got elsewhere; when it dies nothing renews it.
    Token(Secret),
}
