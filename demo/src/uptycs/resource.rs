//! What can be listed: a table, its fields, and the links around it.

use std::borrow::Cow;

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As text.
    Text,
    /// As a number.
    Number,
    /// As an instant, in any of the forms that clients send; the column holds it as SQL writes it.
    Instant,
    /// As an instant that the column holds as JSON writes it.
    IsoInstant,
    /// As true or false, which may come as a text.
    Boolean,
}

/// A field that filters and sorts may name.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// Its name in JSON.
    pub(crate) name: &'static str,
    /// What it is in SQL.
    pub(crate) sql: Cow<'static, str>,
    /// How it is compared.
    pub(crate) kind: Kind,
}

impl Field {
    /// A field with its column.
    pub(crate) const fn new(name: &'static str, sql: &'static str, kind: Kind) -> Self {
        Self { name, sql: Cow::Borrowed(sql), kind }
    }
}

/// A list of Uptycs.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The path after the customer.
    pub(crate) path: &'static str,
    /// The title of the link `self`.
    pub(crate) title: Cow<'static, str>,
    /// The table; its ready-made JSON lies in `{table}_body`, or in the table itself when that is `object`.
    pub(crate) table: &'static str,
    /// What filters and sorts may name.
    pub(crate) fields: Cow<'static, [Field]>,
    /// Fields that a parameter of their own name compares, as in `?name=`.
    pub(crate) plain: &'static [&'static str],
    /// A link that only this resource has: `rel`, title, and the path after the customer.
    pub(crate) extra_link: Option<(&'static str, &'static str, &'static str)>,
}

impl Resource {
    /// The field of a name.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The condition that rows of its table belong to it.
    pub(crate) fn own_rows(&self) -> String {
        if self.table == "object" { format!("object.kind = '{}'", self.path) } else { "TRUE".to_owned() }
    }
}
