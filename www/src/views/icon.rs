use leptos::prelude::*;

/// The drawings there are. They are decoration: the words beside them say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    /// The product's own mark.
    Shield,
    /// Critical.
    Triangle,
    /// High.
    Diamond,
    /// Medium.
    Square,
    /// Low, and dots.
    Circle,
    /// Unknown.
    Ring,
    /// Close.
    Cross,
    /// One up.
    Up,
    /// One down.
    Down,
    /// Copy.
    Sheets,
    /// Done.
    Tick,
    /// Something is wrong.
    Alert,
    /// Dark and light.
    Contrast,
    /// A file.
    File,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Shield => "M8 .8 14.2 4v5.2c0 2.9-2.6 5-6.2 6.2-3.6-1.2-6.2-3.3-6.2-6.2V4z",
            Self::Triangle => "M8 2.2 14.6 13.6H1.4z",
            Self::Diamond => "M8 1.8 14.2 8 8 14.2 1.8 8z",
            Self::Square => "M2.8 2.8h10.4v10.4H2.8z",
            Self::Circle => "M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z",
            Self::Ring => {
                "M8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6zm0 2a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8z"
            }
            Self::Cross => {
                "m4.3 3.2 3.7 3.7 3.7-3.7 1.1 1.1L9.1 8l3.7 3.7-1.1 1.1L8 9.1l-3.7 3.7-1.1-1.1L6.9 8 3.2 4.3z"
            }
            Self::Up => "m8 4.7 5 5-1.1 1.1L8 6.9l-3.9 3.9L3 9.7z",
            Self::Down => "m8 11.3-5-5 1.1-1.1L8 9.1l3.9-3.9L13 6.3z",
            Self::Sheets => {
                "M5.5 1.5H13A1.5 1.5 0 0 1 14.5 3v7.5h-1.6V3.1H5.5zM3 4.5h7A1.5 1.5 0 0 1 11.5 6v7A1.5 1.5 0 0 1 10 14.5H3A1.5 1.5 0 0 1 1.5 13V6A1.5 1.5 0 0 1 3 4.5zm.1 1.6v6.8h6.8V6.1z"
            }
            Self::Tick => "m13.6 4.5-7 7.2L2.4 7.6l1.2-1.2 3 2.9 5.8-6z",
            Self::Alert => "M8 1.6 15 14H1zM7.25 6v4h1.5V6zm0 5.2v1.5h1.5v-1.5z",
            Self::Contrast => "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm0 1.6v9.8a4.9 4.9 0 0 0 0-9.8z",
            Self::File => "M4 1h5.5L13 4.5V15H3V1zm.6 1.6v10.8h6.8V5.6H8.4v-3z",
        }
    }
}

/// A drawing in the colour of the text around it.
pub(crate) fn icon(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=icon.path() fill="currentColor" fill-rule="evenodd" />
        </svg>
    }
}
