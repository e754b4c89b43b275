import { provide } from "../wasm/engine.js";
import { gunzip } from "../wasm/gunzip.js";
import { inlined, size } from "../wasm/inlined.js";

provide(() => {
  const packed = Uint8Array.from(atob(inlined), (character) => character.charCodeAt(0));
  return new WebAssembly.Module(gunzip(packed, size));
});

export * from "../index.js";
