//! What a statement gives.

/// A column of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name, unique in the result; what has none is called `_col0`, `_col1`, … by its place.
    pub(crate) name: String,
    /// Its name as the statement has it.
    pub(crate) original_name: String,
    /// `TEXT`, `NUMBER_INTEGER`, …
    pub(crate) kind: &'static str,
}

/// The asset that answered with a row, of realtime statements only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answerer {
    /// Its id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) host_name: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// A JSON object of all columns.
    pub(crate) data: String,
    /// Who answered, as a position in [`Table::answerers`].
    pub(crate) answerer: Option<usize>,
}

/// A result.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The columns in their order.
    pub(crate) columns: Vec<Column>,
    /// The rows.
    pub(crate) rows: Vec<Row>,
    /// The assets that were asked, of realtime statements only.
    pub(crate) answerers: Vec<Answerer>,
}

/// Why a statement gives nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SqlError {
    /// In a few words.
    pub(crate) brief: &'static str,
    /// In more words.
    pub(crate) detail: String,
}

impl SqlError {
    /// The text is no statement that can be run.
    pub(crate) fn syntax(detail: impl Into<String>) -> Self {
        Self { brief: "The query is not valid", detail: detail.into() }
    }

    /// The statement can be read but asks for more than there is.
    pub(crate) fn unsupported(detail: impl Into<String>) -> Self {
        Self { brief: "The query is not supported", detail: detail.into() }
    }

    /// The statement failed while it ran.
    pub(crate) fn failed(detail: impl Into<String>) -> Self {
        Self { brief: "The query failed", detail: detail.into() }
    }
}
