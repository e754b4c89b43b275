use crate::error::{Error, Unexpected};
use crate::http::{Method, Response};
use crate::machine::{Call, Intent, Machine, Procedure};
use crate::platform::Platform;
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::uptycs::client::{Client, id_path};
use crate::uptycs::reading::json;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::VecDeque;

/// How many assets one call names.
const CHUNK: usize = 500;

/// Takes one tag off many assets: finds the tag's id, then asks for the removal.
#[derive(Debug)]
pub struct Untag {
    tag: String,
    tag_id: Option<String>,
    chunks: VecDeque<Vec<String>>,
    assets: u64,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UntagReport {
    /// The id of the tag.
    pub tag_id: String,
    /// How many assets were named.
    pub assets: u64,
}

impl Client {
    /// Takes a tag, such as `owner=ada`, off many assets at once (`DELETE /assets/tags` with the tag's id and filters;
    /// attested). The tag's id is looked up by its key and value.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty tag or no assets. While running: [`Error::InvalidArgument`] when there is no
    /// such tag.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// assert!(client.untag_assets("owner=ada", &["a-1".into(), "a-2".into()]).is_ok());
    /// assert!(client.untag_assets("owner=ada", &[]).is_err());
    /// ```
    pub fn untag_assets(&self, tag: &str, asset_ids: &[String]) -> Result<Machine<Untag>, Error> {
        let tag = tag.trim();
        if tag.is_empty() || asset_ids.is_empty() {
            return Err(Error::InvalidArgument(
                "A tag such as owner=ada and the ids of assets are expected.".to_owned(),
            ));
        }
        for id in asset_ids {
            id_path("/assets", id)?;
        }
        Ok(self.machine(Untag {
            tag: tag.to_owned(),
            tag_id: None,
            chunks: asset_ids.chunks(CHUNK).map(<[String]>::to_vec).collect(),
            assets: 0,
        }))
    }
}

impl Procedure for Untag {
    type Page = core::convert::Infallible;
    type Report = UntagReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Self::Page, UntagReport>, Error> {
        let Some(tag_id) = &self.tag_id else {
            let (key, value) = self.tag.split_once('=').unwrap_or((&self.tag, ""));
            let call = Call::get("/tags", "looking up a tag").with("key", key);
            return Ok(Intent::Call(if value.is_empty() { call } else { call.with("value", value) }));
        };
        let Some(ids) = self.chunks.front() else {
            return Ok(Intent::Done(UntagReport { tag_id: tag_id.clone(), assets: self.assets }));
        };
        let body = json!({ "tagId": tag_id, "filters": { "id": { "in": ids } } });
        let call = Call::write(
            Method::Delete,
            "/assets/tags",
            Safety::IdempotentWrite,
            "removing a tag from assets",
        );
        Ok(Intent::Call(call.with_json(body)))
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        #[derive(Deserialize)]
        struct Tags {
            items: Vec<Tag>,
        }
        #[derive(Deserialize)]
        struct Tag {
            id: String,
            #[serde(default, rename = "tag")]
            text: Option<String>,
            #[serde(default)]
            key: Option<String>,
            #[serde(default)]
            value: Option<String>,
        }
        if self.tag_id.is_some() {
            let ids = self.chunks.pop_front().unwrap_or_default();
            self.assets += u64::try_from(ids.len()).unwrap_or(u64::MAX);
            return Ok(());
        }
        let Tags { items } = json(&Call::get("/tags", "looking up a tag"), &response, "a list of tags")?;
        let written = |tag: &Tag| match (&tag.text, &tag.key, tag.value.as_deref().unwrap_or_default()) {
            (Some(text), _, _) => text.clone(),
            (None, Some(key), "") => key.clone(),
            (None, Some(key), value) => format!("{key}={value}"),
            (None, None, _) => String::new(),
        };
        let found = items.into_iter().find(|tag| written(tag) == self.tag);
        self.tag_id = Some(found.map(|tag| tag.id).ok_or_else(|| Unexpected {
            platform: Platform::Uptycs,
            doing: "looking up a tag",
            status: response.status,
            expected: "the tag that was named",
            came: format!("a list without {:?}", self.tag),
            is_retryable: false,
        })?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;
    use crate::machine::Payload;

    fn untag() -> Untag {
        let chunks = VecDeque::from([vec!["a".to_owned(), "b".to_owned()]]);
        Untag { tag: "owner=ada".to_owned(), tag_id: None, chunks, assets: 0 }
    }

    fn answer(untag: &mut Untag, body: &str) -> Result<(), Error> {
        let response = Response { status: 200, headers: Headers::default(), body: body.as_bytes().to_vec() };
        untag.answered(response, Timestamp::default())
    }

    #[test]
    fn the_tag_is_looked_up_and_taken_off_all_at_once() {
        let mut untag = untag();
        let Ok(Intent::Call(call)) = untag.next(Timestamp::default()) else { panic!("a call") };
        assert_eq!(
            call.query,
            [("key".to_owned(), "owner".to_owned()), ("value".to_owned(), "ada".to_owned())]
        );
        let tags = r#"{"items":[{"id":"t0","tag":"owner=bob"},{"id":"t1","key":"owner","value":"ada"}]}"#;
        answer(&mut untag, tags).expect("found");
        let Ok(Intent::Call(call)) = untag.next(Timestamp::default()) else { panic!("a call") };
        assert_eq!((call.method, call.path.as_str()), (Method::Delete, "/assets/tags"));
        let Payload::Json(body) = call.payload else { panic!("a body") };
        let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!(body, json!({"tagId": "t1", "filters": {"id": {"in": ["a", "b"]}}}));
        answer(&mut untag, "").expect("removed");
        assert!(matches!(untag.next(Timestamp::default()), Ok(Intent::Done(report)) if report.assets == 2));
    }

    #[test]
    fn a_tag_that_does_not_exist_is_named_and_nothing_is_removed() {
        let mut untag = untag();
        let error = answer(&mut untag, r#"{"items":[]}"#).expect_err("absent");
        assert!(error.to_string().contains("owner=ada"), "{error}");
    }
}
