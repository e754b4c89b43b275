//! The WebAssembly surface of the npm package.
