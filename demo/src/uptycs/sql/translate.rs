//! Presto's dialect into SQLite's, over the syntax tree (docs/uptycs.md, "SQL", "Time"). The list of what is
//! translated is closed: every other statement, clause, expression and function is refused, as a job that ends
//! in ERROR.

use std::collections::HashSet;
use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, GroupByExpr, Ident, LimitClause, ObjectName, OrderByExpr, Query, Select, SelectItem, SetExpr,
    Statement, TableFactor, Value, VisitMut as _, VisitorMut,
};
use sqlparser::dialect::{Dialect, GenericDialect, SQLiteDialect};
use sqlparser::parser::Parser;

use crate::uptycs::sql::expression;
use crate::uptycs::sql::scope::{Realm, Scope};
use crate::uptycs::sql::table::SqlError;

/// A statement that SQLite understands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Translated {
    /// Its text.
    pub(crate) sql: String,
    /// The positions of columns that are true or false although SQLite shows them as numbers.
    pub(crate) truths: Vec<usize>,
}

/// Translates one statement; a semicolon at its end is accepted.
pub(crate) fn translate(query: &str, scope: &Scope<'_>) -> Result<Translated, SqlError> {
    let is_presto = scope.realm != Realm::Realtime;
    let dialect: &dyn Dialect = if is_presto { &GenericDialect {} } else { &SQLiteDialect {} };
    let mut statements =
        Parser::parse_sql(dialect, query).map_err(|error| SqlError::syntax(error.to_string()))?;
    let (Some(mut statement), true) = (statements.pop(), statements.is_empty()) else {
        return Err(SqlError::syntax("one statement is needed"));
    };
    let Statement::Query(_) = &statement else {
        let text = statement.to_string();
        let verb = text.split_ascii_whitespace().next().unwrap_or_default().to_uppercase();
        return Err(SqlError::unsupported(format!("only SELECT is allowed, not {verb}")));
    };
    let mut names = CommonNames::default();
    let _ = statement.visit(&mut names);
    let mut translator = Translator { scope, is_presto, common: names.0 };
    if let ControlFlow::Break(error) = statement.visit(&mut translator) {
        return Err(error);
    }
    let truths = match &statement {
        Statement::Query(query) if is_presto => truths(&query.body),
        _ => Vec::new(),
    };
    Ok(Translated { sql: statement.to_string(), truths })
}

/// The names of common table expressions, which hide tables.
#[derive(Debug, Default)]
struct CommonNames(HashSet<String>);

impl VisitorMut for CommonNames {
    type Break = SqlError;

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<SqlError> {
        for common in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.0.insert(common.alias.name.value.to_lowercase());
        }
        ControlFlow::Continue(())
    }
}

struct Translator<'a> {
    scope: &'a Scope<'a>,
    is_presto: bool,
    common: HashSet<String>,
}

impl Translator<'_> {
    /// The table behind a name, or why there is none.
    fn relation(&self, name: &ObjectName) -> Result<Option<&'static str>, SqlError> {
        let parts: Vec<String> = name
            .0
            .iter()
            .filter_map(|part| part.as_ident())
            .map(|ident| ident.value.to_lowercase())
            .collect();
        match parts.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [table] if self.common.contains(*table) || self.scope.realm.has_table(table) => Ok(None),
            ["information_schema", "tables"] if self.is_presto => Ok(Some("information_schema_tables")),
            ["information_schema", "columns"] if self.is_presto => Ok(Some("information_schema_columns")),
            [_] => Err(SqlError::syntax(format!("Table {name} does not exist"))),
            _ => Err(SqlError::syntax(format!("Schema of {name} does not exist"))),
        }
    }
}

impl VisitorMut for Translator<'_> {
    type Break = SqlError;

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<SqlError> {
        let is_plain = query.locks.is_empty()
            && query.for_clause.is_none()
            && query.settings.is_none()
            && query.format_clause.is_none()
            && query.pipe_operators.is_empty();
        if !is_plain || !is_known_body(&query.body) {
            return ControlFlow::Break(SqlError::unsupported(format!(
                "a clause of {query} is not supported"
            )));
        }
        if self.is_presto {
            limit_of_fetch(query);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<SqlError> {
        let is_plain = select.top.is_none()
            && select.into.is_none()
            && select.lateral_views.is_empty()
            && select.prewhere.is_none()
            && select.connect_by.is_empty()
            && select.cluster_by.is_empty()
            && select.distribute_by.is_empty()
            && select.sort_by.is_empty()
            && select.qualify.is_none()
            && select.exclude.is_none()
            && matches!(&select.group_by, GroupByExpr::Expressions(_, modifiers) if modifiers.is_empty());
        if !is_plain {
            return ControlFlow::Break(SqlError::unsupported("a clause of this SELECT is not supported"));
        }
        if self.is_presto {
            name_columns(select);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<SqlError> {
        match factor {
            TableFactor::Table {
                args: None,
                version: None,
                sample: None,
                json_path: None,
                with_ordinality: false,
                ..
            }
            | TableFactor::Derived { lateral: false, sample: None, .. }
            | TableFactor::NestedJoin { .. } => ControlFlow::Continue(()),
            other => ControlFlow::Break(SqlError::unsupported(format!("{other} is not supported"))),
        }
    }

    fn pre_visit_relation(&mut self, relation: &mut ObjectName) -> ControlFlow<SqlError> {
        match self.relation(relation) {
            Ok(Some(renamed)) => *relation = ObjectName::from(Ident::new(renamed)),
            Ok(None) => {}
            Err(error) => return ControlFlow::Break(error),
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_order_by_expr(&mut self, order: &mut OrderByExpr) -> ControlFlow<SqlError> {
        // Presto puts NULL last whichever the direction; SQLite takes it for the smallest.
        if self.is_presto {
            order.options.nulls_first.get_or_insert(false);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_ident(&mut self, ident: &mut Ident) -> ControlFlow<SqlError> {
        // Presto shows names in lower case unless they are quoted.
        if self.is_presto && ident.quote_style.is_none() {
            ident.value = ident.value.to_lowercase();
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<SqlError> {
        let done = if self.is_presto {
            expression::translate(expr, self.scope)
        } else {
            expression::fill_in(expr, self.scope)
        };
        match done {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        }
    }
}

fn is_known_body(body: &SetExpr) -> bool {
    match body {
        SetExpr::Select(_) | SetExpr::Query(_) | SetExpr::Values(_) => true,
        SetExpr::SetOperation { left, right, .. } => is_known_body(left) && is_known_body(right),
        _ => false,
    }
}

/// `FETCH FIRST n ROWS ONLY` is `LIMIT n`, and SQLite's `OFFSET` needs a `LIMIT`.
fn limit_of_fetch(query: &mut Query) {
    let fetched = query.fetch.take().and_then(|fetch| fetch.quantity);
    if query.limit_clause.is_none() && fetched.is_some() {
        query.limit_clause =
            Some(LimitClause::LimitOffset { limit: None, offset: None, limit_by: Vec::new() });
    }
    if let Some(LimitClause::LimitOffset { limit, offset, .. }) = &mut query.limit_clause {
        if limit.is_none() {
            *limit = fetched;
        }
        if limit.is_none() && offset.is_some() {
            *limit = Some(expression::number("-1"));
        }
        if let Some(offset) = offset {
            offset.rows = sqlparser::ast::OffsetRows::None;
        }
    }
}

/// Presto calls what has no name by its place.
fn name_columns(select: &mut Select) {
    for (index, item) in select.projection.iter_mut().enumerate() {
        if let SelectItem::UnnamedExpr(expr) = item
            && !matches!(expr, Expr::Identifier(_) | Expr::CompoundIdentifier(_))
        {
            let alias = Ident::new(format!("_col{index}"));
            let expr = std::mem::replace(expr, Expr::Value(Value::Null.into()));
            *item = SelectItem::ExprWithAlias { expr, alias };
        }
    }
}

/// The positions of what is true or false by its form. Behind a `*` positions are not known.
fn truths(body: &SetExpr) -> Vec<usize> {
    let select = match body {
        SetExpr::Select(select) => select,
        SetExpr::Query(query) => return truths(&query.body),
        SetExpr::SetOperation { left, .. } => return truths(left),
        _ => return Vec::new(),
    };
    let mut positions = Vec::new();
    for (index, item) in select.projection.iter().enumerate() {
        match item {
            SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                if expression::is_truth(expr) {
                    positions.push(index);
                }
            }
            _ => return positions,
        }
    }
    positions
}
