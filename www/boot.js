// Starts the console. Trunk's own script would be inline, which the content security policy forbids.
import init from "./triagekit-console.js";

init({ module_or_path: new URL("./triagekit-console_bg.wasm", import.meta.url) }).catch((error) => {
  const place = document.getElementById("console");
  if (place) {
    place.textContent = `The console cannot start in this browser: ${error}. It needs WebAssembly with SIMD, as Chrome 91, Firefox 89, Safari 16.4 and later have it.`;
  }
});
