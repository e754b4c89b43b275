//! A table that SQL sees: its name, its columns and where it is found.

/// Where statements find a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A view of `schema.rs` on what the lists show: the state now, without `upt_day`.
    State,
    /// Filled from osquery's snapshots. Realtime statements find it too, without the columns `upt_…`.
    Snapshot,
    /// Filled from osquery's events, with `upt_rid`. Realtime statements find it too.
    Event,
    /// Made by Uptycs itself out of the rest, with its own columns only.
    Derived,
    /// What `/auditQuery` sees, and nothing else does.
    Audit,
}

/// A column and its type as Presto calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LakeColumn {
    /// The name.
    pub(crate) name: &'static str,
    /// `varchar`, `bigint`, `double`, `boolean` or `timestamp`.
    pub(crate) kind: &'static str,
}

/// A table.
#[derive(Debug)]
pub(crate) struct LakeTable {
    /// The name.
    pub(crate) name: &'static str,
    /// What a reader of the catalogue is told.
    pub(crate) description: &'static str,
    /// Where it is found.
    pub(crate) place: Place,
    /// Its own columns, separated by spaces. `:i` marks whole numbers, `:d` fractions, `:b` truth, `:t` instants;
    /// all others are texts.
    pub(crate) columns: &'static str,
}

/// What every table of the lake has beside its own columns (docs/uptycs.md, "SQL tables").
const COMMON: &str = "upt_asset_id upt_hostname upt_time:t upt_server_time:t upt_day:i upt_added:b upt_hash upt_epoch:i \
    upt_counter:i upt_batch:i upt_asset_tags upt_asset_group_id upt_asset_group_name";

impl LakeTable {
    /// The columns that osquery or the vendor made for it.
    pub(crate) fn own_columns(&self) -> impl Iterator<Item = LakeColumn> {
        self.columns.split_ascii_whitespace().map(column)
    }

    /// All of its columns.
    pub(crate) fn all_columns(&self) -> impl Iterator<Item = LakeColumn> {
        let common = match self.place {
            Place::Snapshot | Place::Event => COMMON,
            Place::State | Place::Derived | Place::Audit => "",
        };
        let event = if self.place == Place::Event { "upt_rid" } else { "" };
        self.own_columns()
            .chain(common.split_ascii_whitespace().chain(event.split_ascii_whitespace()).map(column))
    }

    /// Whether an agent can be asked for it.
    pub(crate) fn is_realtime(&self) -> bool {
        matches!(self.place, Place::Snapshot | Place::Event)
    }

    /// The statement that makes it, unless it is a view.
    pub(crate) fn ddl(&self) -> Option<String> {
        if self.place == Place::State {
            return None;
        }
        let columns: Vec<String> = self
            .all_columns()
            .map(|column| format!("\"{}\" {}", column.name, sqlite_type(column.kind)))
            .collect();
        let name = self.name;
        let table = format!("CREATE TABLE IF NOT EXISTS \"{name}\" ({});", columns.join(", "));
        let indices = if self.is_realtime() {
            format!(
                "CREATE INDEX IF NOT EXISTS \"{name}_asset\" ON \"{name}\"(upt_asset_id);\
                 CREATE INDEX IF NOT EXISTS \"{name}_time\" ON \"{name}\"(upt_time);"
            )
        } else {
            String::new()
        };
        Some(table + &indices)
    }
}

fn column(text: &'static str) -> LakeColumn {
    let (name, mark) = text.split_once(':').unwrap_or((text, ""));
    let kind = match mark {
        "i" => "bigint",
        "d" => "double",
        "b" => "boolean",
        "t" => "timestamp",
        _ => "varchar",
    };
    LakeColumn { name, kind }
}

fn sqlite_type(kind: &str) -> &'static str {
    match kind {
        "bigint" => "INTEGER",
        "double" => "REAL",
        "boolean" => "BOOLEAN",
        // Instants are texts of one width, which order as they should.
        _ => "TEXT",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: LakeTable =
        LakeTable { name: "t", description: "", place: Place::Event, columns: "pid:i path on_disk:b" };

    #[test]
    fn an_event_table_has_its_own_columns_the_common_ones_and_a_row_id() {
        let names: Vec<_> = TABLE.all_columns().map(|column| column.name).collect();
        assert_eq!(&names[..4], ["pid", "path", "on_disk", "upt_asset_id"]);
        assert_eq!((names.len(), names.last()), (17, Some(&"upt_rid")));
        assert_eq!(TABLE.own_columns().next(), Some(LakeColumn { name: "pid", kind: "bigint" }));
    }
}
