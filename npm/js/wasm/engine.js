import * as glue from "./glue.js";
import { TriagekitError } from "../error.js";

/** @type {(() => WebAssembly.Module) | undefined} */
let provider;

/** Counts instances: 0 before the first. What was made by one instance is of no use to the next. */
let epoch = 0;
let isLoaded = false;
let isLost = false;

/**
 * Operations underway, to be told when the instance that they live in is lost.
 *
 * @type {Set<{ lose(error: TriagekitError): void }>}
 */
const underway = new Set();

/**
 * Says where the module comes from; it is loaded at the first use.
 *
 * @param {() => WebAssembly.Module} load
 */
export function provide(load) {
  provider = load;
}

/** Which instance is in use, for those who keep objects of it. */
export function currentEpoch() {
  return epoch;
}

/** @param {{ lose(error: TriagekitError): void }} operation */
export function begin(operation) {
  underway.add(operation);
}

/** @param {{ lose(error: TriagekitError): void }} operation */
export function end(operation) {
  underway.delete(operation);
}

/**
 * Makes a call into WebAssembly. Everything goes through here, so that what it throws is always a `TriagekitError`
 * and a trap costs what is in flight, never the process.
 *
 * @template T
 * @param {(exports: typeof glue) => T} work
 * @returns {T}
 */
export function call(work) {
  try {
    if (!isLoaded) {
      load();
    } else if (isLost) {
      reset();
    }
    return work(glue);
  } catch (thrown) {
    throw translated(thrown);
  }
}

function load() {
  if (provider === undefined) {
    throw new TriagekitError({
      code: "not_loaded",
      message: "The WebAssembly module was not given. Import \"triagekit\" itself, not a file inside it.",
    });
  }
  try {
    glue.initSync({ module: provider() });
  } catch (cause) {
    const message =
      "WebAssembly cannot be started here. A page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src; " +
      "elsewhere a runtime with WebAssembly SIMD is needed, such as Node 20.";
    throw new TriagekitError({ code: "not_loaded", message }, cause);
  }
  epoch += 1;
  isLoaded = true;
}

function reset() {
  isLost = true;
  glue.__wbg_reset_state();
  isLost = false;
}

/** @param {unknown} thrown */
function translated(thrown) {
  if (thrown instanceof TriagekitError) {
    return thrown;
  }
  if (typeof thrown === "object" && thrown !== null && !(thrown instanceof Error) && "code" in thrown) {
    return new TriagekitError(/** @type {import("../error.js").Facts} */ (thrown));
  }
  const error = new TriagekitError(
    {
      code: "internal",
      message:
        "Something went wrong inside triagekit. What was in flight is lost; the next call works. Please report this.",
    },
    thrown,
  );
  if (isTrap(thrown)) {
    restart(error);
  }
  return error;
}

/**
 * A trap leaves the instance in an unknown state. So does running out of stack, which is a RangeError.
 *
 * @param {unknown} thrown
 */
function isTrap(thrown) {
  const name = thrown instanceof Error ? thrown.name : "";
  return thrown instanceof WebAssembly.RuntimeError || name === "RuntimeError" || thrown instanceof RangeError;
}

/** @param {TriagekitError} error */
function restart(error) {
  epoch += 1;
  const lost = [...underway];
  underway.clear();
  try {
    reset();
  } catch {
    // There is not even memory for a new instance now; the next call tries again.
  }
  for (const operation of lost) {
    operation.lose(error);
  }
}
