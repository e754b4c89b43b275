use serde::Serialize;

/// What listing a resource answers (docs/uptycs.md, 3.1 and 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum AnswerShape {
    /// The list envelope: `items`, `links`, `offset`, `limit`.
    Items,
    /// `{"tables":[…]}`, whole and without pages.
    Tables,
    /// Named in the singular: one object, or a list envelope after all; no public source shows which.
    Uncertain,
}

impl AnswerShape {
    /// Whether anything but the list envelope can come, so that whatever comes is taken for the rows.
    ///
    /// ```
    /// use triagekit::uptycs::AnswerShape;
    ///
    /// assert!(AnswerShape::Tables.is_lenient());
    /// assert!(!AnswerShape::Items.is_lenient());
    /// ```
    pub const fn is_lenient(self) -> bool {
        !matches!(self, Self::Items)
    }
}
