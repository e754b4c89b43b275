use super::ask::Ask;
use super::client::Client;
use crate::error::Error;
use crate::http::Method;
use crate::machine::{Call, Machine, Payload};
use crate::retry::Safety;

impl Client {
    /// Makes any other call of the API: what no method here stands for. The answer's bytes come back as they are.
    ///
    /// A read is repeated when it fails; anything else only when it certainly did not arrive.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a path that is not below `/api/`, or that holds a query or steps upwards.
    ///
    /// ```
    /// use triagekit::http::Method;
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::utmstack::{Client, Credentials};
    /// use triagekit::{BaseUrl, Secret};
    ///
    /// let url = BaseUrl::parse("https://siem.example.org").unwrap();
    /// let client = Client::new(url, Credentials::ApiKey(Secret::new("key")), RetryPolicy::default());
    /// assert!(client.request(Method::Get, "/api/elasticsearch/cluster/status", &[], None).is_ok());
    /// assert!(client.request(Method::Get, "/management/info", &[], None).is_err());
    /// ```
    pub fn request(
        &self,
        method: Method,
        path: &str,
        query: &[(String, String)],
        body: Option<Payload>,
    ) -> Result<Machine<Ask<Vec<u8>>>, Error> {
        let steps_up = path.split('/').any(|part| matches!(part, "." | ".."));
        let is_plain =
            path.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'\\'));
        if !path.starts_with("/api/") || steps_up || !is_plain {
            let shown: String = path.chars().take(60).collect();
            return Err(Error::InvalidArgument(format!(
                "{shown:?} is no path of the API. Paths are like /api/utm-incidents; queries are given apart."
            )));
        }
        let safety = if method == Method::Get { Safety::SafeRead } else { Safety::UnsafeWrite };
        let mut call = Call::write(method, path, safety, "making a call of your own");
        call.query = query.to_vec();
        call.payload = body.unwrap_or(Payload::Empty);
        Ok(self.run(Ask::new(call, "any answer", |response| Ok(response.body.clone()))))
    }
}
