use wasm_bindgen_futures::JsFuture;

/// Puts text on the clipboard; says whether that worked.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Away from https: and this machine there is no clipboard.
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
