//! One expression of Presto into one of SQLite. Its parts have been translated before it.

use serde_json::Value as Json;
use sqlparser::ast::{
    BinaryOperator, CastKind, CeilFloorKind, DataType, DateTimeField, DuplicateTreatment, Expr, Function,
    FunctionArg, FunctionArgExpr, FunctionArgumentList, FunctionArguments, Ident, Interval, ObjectName,
    UnaryOperator, Value,
};

use crate::instant::UtcInstant;
use crate::uptycs::sql::function::{self, Carrier, Form};
use crate::uptycs::sql::scope::Scope;
use crate::uptycs::sql::table::SqlError;

/// Translates an expression in place, or says that it is not in the list.
pub(crate) fn translate(expr: &mut Expr, scope: &Scope<'_>) -> Result<(), SqlError> {
    if let Some(translated) = translated(expr, scope)? {
        *expr = translated;
    }
    Ok(())
}

/// What it becomes; `None` when SQLite understands it as it is.
fn translated(expr: &mut Expr, scope: &Scope<'_>) -> Result<Option<Expr>, SqlError> {
    Ok(match expr {
        Expr::Identifier(_)
        | Expr::CompoundIdentifier(_)
        | Expr::IsFalse(_)
        | Expr::IsNotFalse(_)
        | Expr::IsTrue(_)
        | Expr::IsNotTrue(_)
        | Expr::IsNull(_)
        | Expr::IsNotNull(_)
        | Expr::IsDistinctFrom(..)
        | Expr::IsNotDistinctFrom(..)
        | Expr::InList { .. }
        | Expr::InSubquery { .. }
        | Expr::Between { .. }
        | Expr::Like { any: false, .. }
        | Expr::UnaryOp { op: UnaryOperator::Not | UnaryOperator::Minus | UnaryOperator::Plus, .. }
        | Expr::Nested(_)
        | Expr::Case { .. }
        | Expr::Exists { .. }
        | Expr::Subquery(_)
        | Expr::Tuple(_)
        // It is taken up by the sum or difference around it; alone it means nothing to SQLite.
        | Expr::Interval(_)
        | Expr::Trim { trim_where: None, trim_what: None, trim_characters: None, .. } => None,
        Expr::Value(value) => literal(&value.value, scope)?,
        Expr::BinaryOp { left, op, right } => sum_with_interval(left, op, right)?,
        Expr::TypedString(typed) => Some(typed_string(&typed.data_type, &typed.value.value)?),
        Expr::Cast { kind, expr, data_type, format: None } => Some(cast(kind, expr, data_type)?),
        Expr::AtTimeZone { timestamp, .. } => Some(take(timestamp)),
        Expr::Extract { field, expr, .. } => {
            Some(call(part_function(&field.to_string().to_lowercase())?, vec![take(expr)]))
        }
        Expr::Ceil { expr, field: CeilFloorKind::DateTimeField(DateTimeField::NoDateTime) } => {
            Some(call("presto_ceil", vec![take(expr)]))
        }
        Expr::Floor { expr, field: CeilFloorKind::DateTimeField(DateTimeField::NoDateTime) } => {
            Some(call("presto_floor", vec![take(expr)]))
        }
        Expr::Position { expr, r#in } => Some(call("instr", vec![take(r#in), take(expr)])),
        Expr::Substring { expr, substring_from, substring_for, .. } => {
            let from = substring_from.as_mut().map_or_else(|| number("1"), |from| take(from));
            let mut arguments = vec![take(expr), from];
            arguments.extend(substring_for.as_mut().map(|length| take(length)));
            Some(call("substr", arguments))
        }
        Expr::Function(function) => carried_out(function, scope)?,
        other => return Err(SqlError::unsupported(format!("{other} is not supported"))),
    })
}

/// Puts in the values of `:from`, `:to` and others; the rest stays as it is.
pub(crate) fn fill_in(expr: &mut Expr, scope: &Scope<'_>) -> Result<(), SqlError> {
    if let Expr::Value(value) = expr
        && let Some(filled) = placeholder(&value.value, scope)?
    {
        *expr = filled;
    }
    Ok(())
}

fn literal(value: &Value, scope: &Scope<'_>) -> Result<Option<Expr>, SqlError> {
    match value {
        Value::Number(..) | Value::SingleQuotedString(_) | Value::Boolean(_) | Value::Null => Ok(None),
        Value::Placeholder(_) => placeholder(value, scope),
        other => Err(SqlError::unsupported(format!("{other} is not supported"))),
    }
}

fn placeholder(value: &Value, scope: &Scope<'_>) -> Result<Option<Expr>, SqlError> {
    let Value::Placeholder(text) = value else { return Ok(None) };
    let name = text.trim_start_matches(':');
    let given = scope.parameter_values.and_then(|values| values.get(name));
    match given {
        Some(Json::String(value)) => {
            // Instants are compared with instants, in whichever form they come.
            let text = UtcInstant::parse(value).map_or_else(|| value.clone(), UtcInstant::sql);
            Ok(Some(quoted(text)))
        }
        Some(Json::Number(value)) => Ok(Some(number(&value.to_string()))),
        Some(Json::Bool(value)) => Ok(Some(Expr::Value(Value::Boolean(*value).into()))),
        _ => Err(SqlError::syntax(format!("the parameter {text} has no value in parameterValues"))),
    }
}

/// `timestamp '…'` and `date '…'`.
fn typed_string(data_type: &DataType, value: &Value) -> Result<Expr, SqlError> {
    let wrong = || SqlError::syntax(format!("{value} is not a valid {data_type} literal"));
    let Value::SingleQuotedString(text) = value else { return Err(wrong()) };
    match data_type {
        DataType::Timestamp(..) => UtcInstant::parse(text).map(|at| quoted(at.sql())).ok_or_else(wrong),
        DataType::Date => UtcInstant::parse(text).map(|at| quoted(at.day())).ok_or_else(wrong),
        other => Err(SqlError::unsupported(format!("literals of {other} are not supported"))),
    }
}

fn cast(kind: &CastKind, expr: &mut Expr, data_type: &DataType) -> Result<Expr, SqlError> {
    let tries = match kind {
        CastKind::Cast => false,
        CastKind::TryCast => true,
        _ => return Err(SqlError::unsupported("casts are written CAST(… AS …) or TRY_CAST(… AS …)")),
    };
    let (strict, lenient) = match data_type {
        DataType::Timestamp(..) => ("presto_timestamp", "presto_try_timestamp"),
        DataType::Date => ("presto_date", "presto_try_date"),
        DataType::Int(_)
        | DataType::Integer(_)
        | DataType::BigInt(_)
        | DataType::SmallInt(_)
        | DataType::TinyInt(_) => ("presto_integer", "presto_try_integer"),
        DataType::Double(_) | DataType::Real | DataType::Decimal(_) => ("presto_double", "presto_try_double"),
        DataType::Boolean => ("presto_boolean", "presto_try_boolean"),
        DataType::Varchar(_) | DataType::Char(_) | DataType::JSON => ("presto_varchar", "presto_varchar"),
        other => return Err(SqlError::unsupported(format!("a cast to {other} is not supported"))),
    };
    Ok(call(if tries { lenient } else { strict }, vec![take(expr)]))
}

fn sum_with_interval(
    left: &mut Expr,
    op: &BinaryOperator,
    right: &mut Expr,
) -> Result<Option<Expr>, SqlError> {
    match op {
        BinaryOperator::Plus | BinaryOperator::Minus => {}
        BinaryOperator::Multiply
        | BinaryOperator::Divide
        | BinaryOperator::Modulo
        | BinaryOperator::StringConcat
        | BinaryOperator::Gt
        | BinaryOperator::Lt
        | BinaryOperator::GtEq
        | BinaryOperator::LtEq
        | BinaryOperator::Eq
        | BinaryOperator::NotEq
        | BinaryOperator::And
        | BinaryOperator::Or => return Ok(None),
        other => return Err(SqlError::unsupported(format!("the operator {other} is not supported"))),
    }
    let (at, interval) = match (left, right) {
        (at, Expr::Interval(interval)) => (at, interval),
        (Expr::Interval(interval), at) if *op == BinaryOperator::Plus => (at, interval),
        _ => return Ok(None),
    };
    let (months, millis) = amount(interval)?;
    let sign = if *op == BinaryOperator::Minus { -1 } else { 1 };
    let [months, millis] = [months, millis].map(|count| number(&(sign * count).to_string()));
    Ok(Some(call("presto_plus", vec![take(at), months, millis])))
}

/// An interval as months and milliseconds.
fn amount(interval: &Interval) -> Result<(i64, i64), SqlError> {
    let wrong = || SqlError::syntax(format!("{interval} is not an interval such as interval '1' day"));
    let text = match interval.value.as_ref() {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) | Value::Number(text, _) => text.clone(),
            _ => return Err(wrong()),
        },
        _ => return Err(wrong()),
    };
    let unit = interval.leading_field.as_ref().map(ToString::to_string).unwrap_or_default();
    let count: i64 = text.trim().parse().map_err(|_| wrong())?;
    let (months, millis) = crate::uptycs::sql::presto_time::unit(&unit.to_lowercase()).ok_or_else(wrong)?;
    Ok((count.saturating_mul(months), count.saturating_mul(millis)))
}

fn part_function(field: &str) -> Result<&'static str, SqlError> {
    Ok(match field {
        "year" => "presto_year",
        "month" => "presto_month",
        "day" => "presto_day",
        "hour" => "presto_hour",
        "minute" => "presto_minute",
        "second" => "presto_second",
        other => return Err(SqlError::unsupported(format!("EXTRACT({other} …) is not supported"))),
    })
}

fn carried_out(function: &mut Function, scope: &Scope<'_>) -> Result<Option<Expr>, SqlError> {
    let name = function.name.to_string().to_lowercase();
    let Some(known) = function::find(&name) else {
        return Err(SqlError::unsupported(format!("Function {name} not registered")));
    };
    let count = match &function.args {
        FunctionArguments::None => 0,
        FunctionArguments::List(list) if list.clauses.is_empty() => list.args.len(),
        _ => return Err(SqlError::unsupported(format!("this form of {name} is not supported"))),
    };
    let (least, most) = known.arguments;
    if !(least..=most).contains(&count) || !function.within_group.is_empty() {
        return Err(SqlError::unsupported(format!("Unexpected parameters for function {name}")));
    }
    let form = match known.carrier {
        Carrier::Call(sqlite) => {
            function.name = ObjectName::from(Ident::new(sqlite));
            return Ok(None);
        }
        Carrier::Form(form) => form,
    };
    Ok(match form {
        Form::Now => Some(quoted(scope.now.sql())),
        Form::Today => Some(quoted(scope.now.day())),
        Form::Concat => {
            let joined = arguments(&mut function.args).into_iter().reduce(|left, right| Expr::BinaryOp {
                left: Box::new(left),
                op: BinaryOperator::StringConcat,
                right: Box::new(right),
            });
            joined.map(|joined| Expr::Nested(Box::new(joined)))
        }
        Form::CountDistinct => {
            function.name = ObjectName::from(Ident::new("count"));
            if let FunctionArguments::List(list) = &mut function.args {
                list.duplicate_treatment = Some(DuplicateTreatment::Distinct);
            }
            None
        }
        Form::CountIf => {
            let mut parts = arguments(&mut function.args);
            parts.extend([number("1"), Expr::Value(Value::Null.into())]);
            function.name = ObjectName::from(Ident::new("count"));
            function.args = list(vec![call("iif", parts)]);
            None
        }
    })
}

/// Whether an expression is true or false by its form.
pub(crate) fn is_truth(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_truth(inner),
        Expr::BinaryOp { op, .. } => matches!(
            op,
            BinaryOperator::Gt
                | BinaryOperator::Lt
                | BinaryOperator::GtEq
                | BinaryOperator::LtEq
                | BinaryOperator::Eq
                | BinaryOperator::NotEq
                | BinaryOperator::And
                | BinaryOperator::Or
        ),
        Expr::Value(value) => matches!(value.value, Value::Boolean(_)),
        Expr::Function(function) => {
            matches!(
                function.name.to_string().as_str(),
                "presto_boolean" | "presto_try_boolean" | "presto_starts_with"
            )
        }
        Expr::IsFalse(_)
        | Expr::IsNotFalse(_)
        | Expr::IsTrue(_)
        | Expr::IsNotTrue(_)
        | Expr::IsNull(_)
        | Expr::IsNotNull(_)
        | Expr::IsDistinctFrom(..)
        | Expr::IsNotDistinctFrom(..)
        | Expr::InList { .. }
        | Expr::InSubquery { .. }
        | Expr::Between { .. }
        | Expr::Like { .. }
        | Expr::Exists { .. }
        | Expr::UnaryOp { op: UnaryOperator::Not, .. } => true,
        _ => false,
    }
}

/// A number as it is written.
pub(crate) fn number(text: &str) -> Expr {
    Expr::Value(Value::Number(text.to_owned(), false).into())
}

fn quoted(text: String) -> Expr {
    Expr::Value(Value::SingleQuotedString(text).into())
}

/// Moves an expression out of the tree; what is left behind is thrown away with its surroundings.
fn take(expr: &mut Expr) -> Expr {
    std::mem::replace(expr, Expr::Value(Value::Null.into()))
}

fn arguments(arguments: &mut FunctionArguments) -> Vec<Expr> {
    let FunctionArguments::List(list) = arguments else { return Vec::new() };
    list.args
        .iter_mut()
        .filter_map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(take(expr)),
            _ => None,
        })
        .collect()
}

fn list(arguments: Vec<Expr>) -> FunctionArguments {
    let args = arguments.into_iter().map(|expr| FunctionArg::Unnamed(FunctionArgExpr::Expr(expr))).collect();
    FunctionArguments::List(FunctionArgumentList { duplicate_treatment: None, args, clauses: Vec::new() })
}

fn call(name: &str, arguments: Vec<Expr>) -> Expr {
    Expr::Function(Function {
        name: ObjectName::from(Ident::new(name)),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args: list(arguments),
        within_group: Vec::new(),
        filter: None,
        null_treatment: None,
        over: None,
    })
}
