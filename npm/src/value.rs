use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::error::misuse;

/// Makes a plain object of a small value: a step, a report, an error.
pub(crate) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value
        .serialize(&Serializer::json_compatible())
        .map_err(|_| JsValue::from_str("a value could not be handed to JavaScript"))
}

/// Reads options. `what` names them; the values are never shown, since they may be secrets.
pub(crate) fn from_js<T: DeserializeOwned>(value: JsValue, what: &str) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|_| misuse(&format!("{what} are not of the expected shape.")))
}
