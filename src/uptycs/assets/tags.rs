use crate::error::Error;
use crate::machine::Machine;
use crate::uptycs::client::{Client, id_path};
use crate::uptycs::each::Each;
use crate::uptycs::edit_list::{Edit, EditList, Editable};
use serde_json::{Value, json};

/// Tags are an array of text, which a write replaces as a whole (docs/uptycs.md, 3.4).
pub(in crate::uptycs) const TAGS: Editable =
    Editable { field: "tags", doing: "changing the tags of an asset", read, body };

fn read(asset: &Value) -> Vec<String> {
    let tags = asset.get("tags").and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn body(tags: &[String]) -> Value {
    json!({ "tags": tags })
}

impl Client {
    /// Adds, removes or replaces tags of an asset: reads, writes the whole list, reads back, and reports what somebody else
    /// changed meanwhile (`PUT /assets/{id}` with `tags`; attested).
    ///
    /// Replacing also takes away tags that the platform set itself, such as `all` or `asset-group=…`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id or an empty tag.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, Edit, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// assert!(client.edit_asset_tags("a-1", Edit::Add(vec!["owner=ada".into()])).is_ok());
    /// ```
    pub fn edit_asset_tags(&self, asset_id: &str, edit: Edit) -> Result<Machine<EditList>, Error> {
        edit.check()?;
        Ok(self.machine(EditList::new(id_path("/assets", asset_id)?, TAGS, edit)))
    }

    /// Changes the tags of many assets, each as [`edit_asset_tags`](Client::edit_asset_tags) does, with a result for each.
    ///
    /// To take one tag off many, [`untag_assets`](Client::untag_assets) is one call.
    ///
    /// # Errors
    ///
    /// As `edit_asset_tags`; and for no ids at all.
    pub fn edit_tags_of_assets(
        &self,
        asset_ids: &[String],
        edit: &Edit,
    ) -> Result<Machine<Each<EditList>>, Error> {
        edit.check()?;
        if asset_ids.is_empty() {
            return Err(Error::InvalidArgument("The ids of the assets to change are expected.".to_owned()));
        }
        let edits = asset_ids
            .iter()
            .map(|id| Ok((id.clone(), EditList::new(id_path("/assets", id)?, TAGS, edit.clone()))))
            .collect::<Result<Vec<_>, Error>>()?;
        Ok(self.machine(Each::new(edits)))
    }
}
