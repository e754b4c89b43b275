// workerd compiles modules when it deploys and never at run time, so that this one is imported.
import module from "../wasm/triagekit.wasm";
import { provide } from "../wasm/engine.js";

provide(() => module);

export * from "../index.js";
