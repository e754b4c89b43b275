import { invalid } from "../error.js";
import { described } from "./readers.js";

/**
 * How a connection to Uptycs is opened, with the key in the way that it was given.
 *
 * @typedef {(exports: typeof import("../wasm/glue.js"), maxRetries: number | undefined) =>
 *   import("../wasm/glue.js").UptycsHandle} OpenUptycs
 */

const EXPECTED =
  'The key file is expected, as it was downloaded: its object or its JSON text; or { key: "key#secret", domain, customerId }.';

/**
 * @param {unknown} key
 * @returns {OpenUptycs}
 */
export function keyOf(key) {
  if (typeof key === "string") {
    if (!/^\s*[{[\uFEFF]/u.test(key)) {
      throw invalid(`${EXPECTED} Text came that is no JSON object: if it is a path, read the file and give its content.`);
    }
    return openWithFile(key);
  }
  if (typeof key !== "object" || key === null || Array.isArray(key)) {
    throw invalid(`${EXPECTED} What came is ${described(key)}.`);
  }
  const { key: pair, secret, domain, customerId } = /** @type {Record<string, unknown>} */ (key);
  if (secret === undefined && typeof pair === "string" && pair.includes("#")) {
    if (typeof domain !== "string" || typeof customerId !== "string") {
      throw invalid('Beside key: "key#secret", domain and customerId are expected, both as text.');
    }
    return (exports, maxRetries) => exports.UptycsHandle.fromParts(pair, domain, customerId, maxRetries);
  }
  try {
    return openWithFile(JSON.stringify(key));
  } catch {
    throw invalid(`${EXPECTED} What came cannot be written as JSON.`);
  }
}

/**
 * @param {string} text
 * @returns {OpenUptycs}
 */
function openWithFile(text) {
  return (exports, maxRetries) => new exports.UptycsHandle(text, maxRetries);
}
