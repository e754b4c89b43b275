//! Who may ask: logins, tokens, second factors, API keys and the users behind them (docs/utmstack.md, 2).

mod account;
mod address_range;
mod api_keys;
mod authenticate;
mod enrollment;
mod guard;
mod lockout;
mod second_factor;
mod token;
mod user;
mod users;
mod verify_code;

pub(crate) use account::{account, change_password, check_credentials, update_account};
pub(crate) use api_keys::{
    api_key_by_id, api_keys, change_api_key, create_api_key, delete_api_key, generate_api_key,
};
pub(crate) use authenticate::{authenticate, who_is_authenticated};
pub(crate) use enrollment::enroll;
pub(crate) use guard::guard;
pub(crate) use lockout::Lockout;
pub(crate) use second_factor::SecondFactor;
pub(crate) use token::Claims;
pub(crate) use user::fill_users;
pub(crate) use users::{user_by_login, users};
pub(crate) use verify_code::{resend_code, verify_code_in_body, verify_code_in_query};
