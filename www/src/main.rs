//! The page's program: draws the console into the page that loaded it.

fn main() {
    #[cfg(target_arch = "wasm32")]
    triagekit_console::mount();
}
