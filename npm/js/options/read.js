import { invalid } from "../error.js";
import { unfit } from "./readers.js";

/**
 * @template T
 * @typedef {import("./readers.js").Reader<T>} Reader
 */

/**
 * Reads options by the readers of their names. Absent options stay absent; an unknown name is an error, since it is
 * most often a known one misspelt.
 *
 * @template {Record<string, Reader<unknown>>} Readers
 * @param {unknown} options
 * @param {Readers} readers
 * @param {string} of what the options are of, for messages
 * @returns {{ [Name in keyof Readers]?: ReturnType<Readers[Name]> }}
 */
export function read(options, readers, of) {
  /** @type {Record<string, unknown>} */
  const result = {};
  if (options === undefined) {
    return /** @type {never} */ (result);
  }
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw unfit(`The options of ${of}`, "an object", options);
  }
  for (const [name, value] of Object.entries(options)) {
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (reader === undefined) {
      const known = Object.keys(readers).join(", ");
      throw invalid(`${of} has no option ${JSON.stringify(name.slice(0, 40))}. Its options are ${known}.`);
    }
    if (value !== undefined) {
      result[name] = reader(value, name);
    }
  }
  return /** @type {never} */ (result);
}
