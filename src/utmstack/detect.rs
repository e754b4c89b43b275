use super::dialect::Dialect;
use super::memory::{LoginShape, Memory};
use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::Call;
use crate::platform::Platform;
use serde_json::Value;

const DOING: &str = "finding out the API version";

/// Finds out which dialect a server speaks, by what it answers rather than by what it says of itself.
///
/// A search that uses an operator which only servers know, over the index of each version: rows tell the version, a
/// refusal tells the documented one. Only where there are no alerts yet do `releaseInfo` and the shape of the sign-in
/// decide (docs/utmstack.md, 1.3, 2.1, A.2).
#[derive(Debug)]
pub(super) struct Detection {
    memory: Memory,
    known: Known,
    asked: Option<Probe>,
}

/// What the answers so far have shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Known {
    v10: Option<Alerts>,
    v11: Option<Alerts>,
    release: Option<Release>,
    login: Option<LoginShape>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alerts {
    Some,
    None,
    Refused,
}

/// The first number of the version that a server states; `None` where it states none.
type Release = Option<u32>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Probe {
    V10,
    V11,
    Release,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Ask(Probe),
    Speaks(Dialect),
    TooNew(u32),
}

impl Detection {
    pub(super) fn new(memory: Memory) -> Self {
        Self { memory, known: Known::default(), asked: None }
    }

    /// The dialect, or the call whose answer brings it nearer.
    pub(super) fn next(&mut self) -> Result<Result<Dialect, Call>, Error> {
        if let Some(dialect) = self.memory.dialect() {
            return Ok(Ok(dialect));
        }
        self.known.login = self.memory.lock().login;
        match conclude(self.known) {
            Verdict::Ask(probe) => {
                self.asked = Some(probe);
                Ok(Err(probe.call()))
            }
            Verdict::Speaks(dialect) => {
                self.memory.lock().dialect = Some(dialect);
                Ok(Ok(dialect))
            }
            Verdict::TooNew(version) => Err(Error::Unsupported(format!(
                "This is UTMStack {version}, whose API is another one; versions 10 and 11 are spoken here."
            ))),
        }
    }

    /// Takes the answer to the call.
    pub(super) fn answered(&mut self, response: &Response) -> Result<(), Error> {
        match self.asked {
            Some(Probe::Release) => self.known.release = Some(release(&response.body)),
            Some(probe @ (Probe::V10 | Probe::V11)) => {
                let rows: Vec<serde::de::IgnoredAny> =
                    serde_json::from_slice(&response.body).map_err(|cause| {
                        Unexpected::body(
                            Platform::Utmstack,
                            DOING,
                            response,
                            "a JSON array of documents",
                            &cause,
                        )
                    })?;
                self.note(probe, if rows.is_empty() { Alerts::None } else { Alerts::Some });
            }
            None => {}
        }
        Ok(())
    }

    /// Takes the refusal of the call: some refusals are answers.
    pub(super) fn failed(&mut self, error: Error) -> Result<(), Error> {
        match (self.asked, error.status()) {
            (Some(probe @ (Probe::V10 | Probe::V11)), Some(400)) => self.note(probe, Alerts::Refused),
            // Whatever is wrong with it, it is no help.
            (Some(Probe::Release), Some(_)) => self.known.release = Some(None),
            _ => return Err(error),
        }
        Ok(())
    }

    fn note(&mut self, probe: Probe, alerts: Alerts) {
        if probe == Probe::V11 {
            self.known.v11 = Some(alerts);
        } else {
            self.known.v10 = Some(alerts);
        }
    }
}

impl Probe {
    fn call(self) -> Call {
        let search = |dialect: Dialect| {
            let filter = r#"[{"field":"@timestamp","operator":"EXIST","value":""}]"#;
            let call = Call::post_read("/api/elasticsearch/search", filter.to_owned(), DOING);
            call.with("indexPattern", dialect.alert_index())
                .with("top", "1")
                .with("page", "1")
                .with("size", "1")
        };
        match self {
            Self::V10 => search(Dialect::V10),
            Self::V11 => search(Dialect::V11),
            Self::Release => Call::get("/api/releaseInfo", DOING),
        }
    }
}

/// What follows from the answers.
fn conclude(known: Known) -> Verdict {
    use Alerts::{Refused, Some as There};
    if known.v11 == Some(There) {
        return Verdict::Speaks(Dialect::V11);
    }
    if known.v10 == Some(There) {
        return Verdict::Speaks(Dialect::V10);
    }
    if known.v10 == Some(Refused) || known.v11 == Some(Refused) {
        return Verdict::Speaks(Dialect::Documented);
    }
    match (known.v10, known.v11) {
        (_, None) if known.login == Some(LoginShape::Token) => Verdict::Ask(Probe::V11),
        (None, _) => Verdict::Ask(Probe::V10),
        (_, None) => Verdict::Ask(Probe::V11),
        _ => match known.release {
            None => Verdict::Ask(Probe::Release),
            Some(Some(version @ 12..)) => Verdict::TooNew(version),
            Some(Some(11)) => Verdict::Speaks(Dialect::V11),
            Some(Some(_)) => Verdict::Speaks(Dialect::V10),
            Some(None) if known.login == Some(LoginShape::IdToken) => Verdict::Speaks(Dialect::V10),
            Some(None) => Verdict::Speaks(Dialect::V11),
        },
    }
}

/// The first number of anything that looks like a version of UTMStack's; no document states the answer's shape.
fn release(body: &[u8]) -> Release {
    fn find(value: &Value) -> Release {
        match value {
            Value::String(text) => {
                let digits = text.trim_start_matches(['v', 'V']);
                let (major, rest) = digits.split_once('.')?;
                let is_version = rest.starts_with(|character: char| character.is_ascii_digit());
                major.parse().ok().filter(|major| is_version && (9..100).contains(major))
            }
            Value::Object(fields) => {
                let named = fields.iter().filter(|(name, _)| name.to_ascii_lowercase().contains("version"));
                named.map(|(_, value)| value).chain(fields.values()).find_map(find)
            }
            Value::Array(items) => items.iter().find_map(find),
            _ => None,
        }
    }
    find(&serde_json::from_slice(body).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Refusal, RefusalKind};
    use crate::http::Headers;

    /// A server by what it has and knows.
    struct Server {
        dialect: Dialect,
        has_alerts: bool,
        release: &'static str,
        login: Option<LoginShape>,
    }

    /// Asks it; gives what was found and how many calls it took.
    fn detect(server: &Server) -> (Result<Dialect, Error>, usize) {
        let memory = Memory::default();
        memory.lock().login = server.login;
        let mut detection = Detection::new(memory);
        for calls in 0.. {
            let call = match detection.next() {
                Ok(Err(call)) => call,
                Ok(Ok(dialect)) => return (Ok(dialect), calls),
                Err(error) => return (Err(error), calls),
            };
            let (status, body) = if call.path == "/api/releaseInfo" {
                if server.release.is_empty() { (404, "") } else { (200, server.release) }
            } else if server.dialect == Dialect::Documented {
                (400, "")
            } else {
                let pattern = call.query.iter().find(|(name, _)| name == "indexPattern");
                let is_there = pattern.is_some_and(|(_, pattern)| pattern == server.dialect.alert_index());
                (200, if server.has_alerts && is_there { "[{}]" } else { "[]" })
            };
            if status == 200 {
                let response =
                    Response { status, headers: Headers::default(), body: body.as_bytes().to_vec() };
                detection.answered(&response).expect("understood");
            } else {
                let refusal = Refusal {
                    platform: Platform::Utmstack,
                    doing: DOING,
                    kind: RefusalKind::of_status(status),
                    status,
                    said: None,
                    retry_after: None,
                    hint: None,
                };
                detection.failed(refusal.into()).expect("an answer");
            }
        }
        unreachable!()
    }

    #[test]
    fn alerts_tell_the_version_whatever_else_a_server_says() {
        for dialect in Dialect::ALL {
            for login in [None, Some(LoginShape::IdToken), Some(LoginShape::Token)] {
                for release in ["", r#"{"version":"12.0.0"}"#, "[]"] {
                    let server = Server { dialect, has_alerts: true, release, login };
                    let (found, calls) = detect(&server);
                    assert_eq!(found, Ok(dialect), "{login:?} {release}");
                    assert!(calls <= 2, "{calls}");
                }
            }
        }
    }

    #[test]
    fn without_alerts_the_stated_version_decides_and_then_the_sign_in() {
        let of =
            |release, login| detect(&Server { dialect: Dialect::V10, has_alerts: false, release, login }).0;
        assert_eq!(of(r#"{"build":{"version":"11.2.3"}}"#, Some(LoginShape::IdToken)), Ok(Dialect::V11));
        assert_eq!(of(r#"{"version":"v10.8.1"}"#, Some(LoginShape::Token)), Ok(Dialect::V10));
        assert_eq!(of("", Some(LoginShape::IdToken)), Ok(Dialect::V10));
        assert_eq!(of("", Some(LoginShape::Token)), Ok(Dialect::V11));
        assert_eq!(of("", None), Ok(Dialect::V11));
        assert_eq!(of(r#"{"version":"12.0.1"}"#, None).map_err(|error| error.code()), Err("unsupported"));
    }

    #[test]
    fn a_dialect_set_by_hand_asks_nothing() {
        let memory = Memory::default();
        memory.lock().dialect = Some(Dialect::Documented);
        assert_eq!(Detection::new(memory).next(), Ok(Ok(Dialect::Documented)));
    }
}
