//! The functions that statements may call: a closed list.

/// Who carries a function out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// SQLite, or a function of ours under this name.
    Call(&'static str),
    /// Another form: see `expression`.
    Form(Form),
}

/// Functions that become something else than a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The instant of the statement, as a literal.
    Now,
    /// The day of the statement, as a literal.
    Today,
    /// `a || b || …`, which is NULL as soon as one part is.
    Concat,
    /// `count(DISTINCT x)`.
    CountDistinct,
    /// `count(iif(x, 1, NULL))`.
    CountIf,
}

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Function {
    /// Presto's name in lower case.
    pub(crate) name: &'static str,
    /// The least and the largest number of arguments.
    pub(crate) arguments: (usize, usize),
    /// Who carries it out.
    pub(crate) carrier: Carrier,
}

const fn same(name: &'static str, least: usize, most: usize) -> Function {
    Function { name, arguments: (least, most), carrier: Carrier::Call(name) }
}

const fn call(name: &'static str, least: usize, most: usize, sqlite: &'static str) -> Function {
    Function { name, arguments: (least, most), carrier: Carrier::Call(sqlite) }
}

const fn form(name: &'static str, least: usize, most: usize, form: Form) -> Function {
    Function { name, arguments: (least, most), carrier: Carrier::Form(form) }
}

const MANY: usize = 64;

/// The list. `presto_…` are registered by `presto_time`, `presto_json` and `presto_text`.
const FUNCTIONS: &[Function] = &[
    same("count", 0, 1),
    same("sum", 1, 1),
    same("avg", 1, 1),
    same("min", 1, 1),
    same("max", 1, 1),
    call("arbitrary", 1, 1, "min"),
    call("any_value", 1, 1, "min"),
    call("array_agg", 1, 1, "json_group_array"),
    form("approx_distinct", 1, 1, Form::CountDistinct),
    form("count_if", 1, 1, Form::CountIf),
    same("row_number", 0, 0),
    same("rank", 0, 0),
    same("dense_rank", 0, 0),
    same("percent_rank", 0, 0),
    same("cume_dist", 0, 0),
    same("ntile", 1, 1),
    same("lag", 1, 3),
    same("lead", 1, 3),
    same("first_value", 1, 1),
    same("last_value", 1, 1),
    same("nth_value", 2, 2),
    same("coalesce", 1, MANY),
    same("nullif", 2, 2),
    call("if", 2, 3, "iif"),
    call("greatest", 2, MANY, "max"),
    call("least", 2, MANY, "min"),
    same("abs", 1, 1),
    same("round", 1, 2),
    call("ceil", 1, 1, "presto_ceil"),
    call("ceiling", 1, 1, "presto_ceil"),
    call("floor", 1, 1, "presto_floor"),
    same("lower", 1, 1),
    same("upper", 1, 1),
    same("length", 1, 1),
    same("trim", 1, 1),
    same("ltrim", 1, 1),
    same("rtrim", 1, 1),
    same("replace", 2, 3),
    call("substr", 2, 3, "substr"),
    call("substring", 2, 3, "substr"),
    call("strpos", 2, 2, "instr"),
    call("starts_with", 2, 2, "presto_starts_with"),
    call("split_part", 3, 3, "presto_split_part"),
    form("concat", 2, MANY, Form::Concat),
    call("json_extract", 2, 2, "presto_json_extract"),
    call("json_extract_scalar", 2, 2, "presto_json_extract_scalar"),
    form("now", 0, 0, Form::Now),
    form("current_timestamp", 0, 1, Form::Now),
    form("localtimestamp", 0, 1, Form::Now),
    form("current_date", 0, 0, Form::Today),
    call("date", 1, 1, "presto_date"),
    call("date_format", 2, 2, "presto_date_format"),
    call("date_parse", 2, 2, "presto_date_parse"),
    call("date_trunc", 2, 2, "presto_date_trunc"),
    call("date_add", 3, 3, "presto_date_add"),
    call("date_diff", 3, 3, "presto_date_diff"),
    call("from_unixtime", 1, 1, "presto_from_unixtime"),
    call("to_unixtime", 1, 1, "presto_to_unixtime"),
    call("from_iso8601_timestamp", 1, 1, "presto_timestamp"),
    call("year", 1, 1, "presto_year"),
    call("month", 1, 1, "presto_month"),
    call("day", 1, 1, "presto_day"),
    call("hour", 1, 1, "presto_hour"),
    call("minute", 1, 1, "presto_minute"),
    call("second", 1, 1, "presto_second"),
    call("day_of_week", 1, 1, "presto_day_of_week"),
];

/// The function of a name in lower case.
pub(crate) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}
