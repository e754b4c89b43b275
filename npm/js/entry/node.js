import { gunzipSync } from "node:zlib";
import { Buffer } from "node:buffer";
import { provide } from "../wasm/engine.js";
import { inlined } from "../wasm/inlined.js";

provide(() => new WebAssembly.Module(gunzipSync(Buffer.from(inlined, "base64"))));

export * from "../index.js";
