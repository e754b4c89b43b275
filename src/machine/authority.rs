use super::call::Call;
use super::step::Moment;
use crate::base_url::BaseUrl;
use crate::error::Error;
use crate::http::{Request, Response};
use crate::platform::Platform;
use crate::secret::Secret;
use crate::time::Timestamp;
use core::fmt::Debug;

/// What an authority answers when a call asks for credentials.
#[derive(Debug)]
pub enum Authorization {
    /// Send the call with this header field.
    Ready {
        /// The field's name.
        name: &'static str,
        /// The field's value.
        value: Secret,
        /// Which credential this is; a refusal is reported with it.
        generation: u64,
    },
    /// Sign in first: send this, and hand the answer to [`Authority::signed_in`].
    SignIn(Request),
    /// Another call is signing in.
    Busy,
}

/// Who knows a connection's address and holds its credentials.
///
/// Shared by all machines of a connection, so that one sign-in serves all that wait for it.
pub trait Authority: Debug + Send {
    /// The kind of product behind the connection.
    fn platform(&self) -> Platform;

    /// The root that the paths of calls are below.
    fn root(&self) -> &BaseUrl;

    /// Gives a credential that is good now, or says how to get one.
    ///
    /// # Errors
    ///
    /// When no credential can be had: the last sign-in was refused for good, or the token given has ended.
    fn authorize(&mut self, moment: Moment) -> Result<Authorization, Error>;

    /// Takes the answer to a sign-in.
    ///
    /// # Errors
    ///
    /// When the sign-in is refused, or its answer is not understood.
    fn signed_in(&mut self, response: &Response, moment: Moment) -> Result<(), Error>;

    /// Notes that a sign-in was given up without an answer.
    fn sign_in_ended(&mut self);

    /// Looks at an answer of any status, such as for the time by the platform's clock.
    fn heard(&mut self, _response: &Response, _now: Timestamp) {}

    /// Notes that a credential was refused with 401, and says whether another may do better.
    fn rejected(&mut self, generation: u64, response: &Response, now: Timestamp) -> bool;

    /// Puts a refusal into words.
    fn explain(&self, call: &Call, response: &Response, now: Timestamp) -> Error;
}
