use web_sys::Storage;

/// Where `theme.js` finds the choice before the page is painted.
const KEY: &str = "triagekit.theme";

/// Turns dark into light and back, and remembers the choice.
///
/// A choice that is what the system wants anyway is forgotten, so that the console follows the system again.
pub fn toggle_theme() -> Option<()> {
    let window = web_sys::window()?;
    let root = window.document()?.document_element()?;
    let system_is_dark = window.match_media("(prefers-color-scheme: dark)").ok()??.matches();
    let is_dark = root.get_attribute("data-theme").map_or(system_is_dark, |theme| theme == "dark");
    let storage: Option<Storage> = window.local_storage().ok().flatten();
    let (theme, follows_system) = if is_dark { ("light", !system_is_dark) } else { ("dark", system_is_dark) };
    if follows_system {
        root.remove_attribute("data-theme").ok()?;
        storage.and_then(|storage| storage.remove_item(KEY).ok());
    } else {
        root.set_attribute("data-theme", theme).ok()?;
        storage.and_then(|storage| storage.set_item(KEY, theme).ok());
    }
    Some(())
}
