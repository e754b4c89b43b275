//! What can be listed: a table, its fields, and the links around it.

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As text.
    Text,
    /// As a number.
    Number,
    /// As an instant, in any of the forms that clients send.
    Instant,
    /// As true or false, which may come as a text.
    Boolean,
}

/// A field that filters and sorts may name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// Its name in JSON.
    pub(crate) name: &'static str,
    /// What it is in SQL.
    pub(crate) sql: &'static str,
    /// How it is compared.
    pub(crate) kind: Kind,
}

impl Field {
    /// A field with its column.
    pub(crate) const fn new(name: &'static str, sql: &'static str, kind: Kind) -> Self {
        Self { name, sql, kind }
    }
}

/// A list of Uptycs.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The path after the customer.
    pub(crate) path: &'static str,
    /// The title of the link `self`.
    pub(crate) title: &'static str,
    /// The table; its ready-made JSON lies in `{table}_body`.
    pub(crate) table: &'static str,
    /// What filters and sorts may name.
    pub(crate) fields: &'static [Field],
    /// A link that only this resource has: `rel`, title, and the path after the customer.
    pub(crate) extra_link: Option<(&'static str, &'static str, &'static str)>,
}

impl Resource {
    /// The field of a name.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
