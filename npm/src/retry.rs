use triagekit::retry::RetryPolicy;

/// The usual patience, with another number of repetitions where one is given.
pub(crate) fn policy(max_retries: Option<u32>) -> RetryPolicy {
    let usual = RetryPolicy::default();
    RetryPolicy { max_retries: max_retries.unwrap_or(usual.max_retries), ..usual }
}
