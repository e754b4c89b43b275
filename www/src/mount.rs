use crate::views::App;
use leptos::mount::mount_to;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Draws the console into the element `#console` of the page.
pub fn mount() {
    console_error_panic_hook::set_once();
    let place = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("console"))
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(place) = place {
        place.set_text_content(None);
        mount_to(place, App).forget();
    }
}
