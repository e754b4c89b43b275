import { invalid } from "../error.js";

/**
 * Reads one option: gives it as the core takes it, or throws what was expected and what came.
 *
 * @template T
 * @typedef {(value: unknown, name: string) => T} Reader
 */

/**
 * What came, in words that show no text: it may be a secret in the wrong place.
 *
 * @param {unknown} value
 */
export function described(value) {
  switch (typeof value) {
    case "string":
      return value === "" ? "empty text" : "text";
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : Array.isArray(value) ? "a list" : "an object";
    default:
      return `a ${typeof value}`;
  }
}

/**
 * @param {string} name
 * @param {string} expected
 * @param {unknown} value
 */
export function unfit(name, expected, value) {
  return invalid(`${name} is ${described(value)}, where ${expected} is expected.`);
}

/**
 * A whole number of at least `least`.
 *
 * @param {number} least
 * @param {number} [most]
 * @returns {Reader<number>}
 */
export function count(least, most = Number.MAX_SAFE_INTEGER) {
  const upper = most === Number.MAX_SAFE_INTEGER ? " or more" : ` to ${most}`;
  return (value, name) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most) {
      throw unfit(name, `a whole number, ${least}${upper},`, value);
    }
    return value;
  };
}

/** @type {Reader<string>} */
export function text(value, name) {
  if (typeof value !== "string" || value === "") {
    throw unfit(name, "text", value);
  }
  return value;
}

/** @type {Reader<boolean>} */
export function flag(value, name) {
  if (typeof value !== "boolean") {
    throw unfit(name, "true or false", value);
  }
  return value;
}

/** @type {Reader<string[]>} */
export function texts(value, name) {
  return (Array.isArray(value) ? value : [value]).map((one) => text(one, name));
}

/** @type {Reader<string>} */
export function instant(value, name) {
  if (value instanceof Date && !Number.isNaN(value.getTime())) {
    return value.toISOString();
  }
  if (typeof value !== "string" || value === "") {
    throw unfit(name, 'a length of time such as "7d", an instant such as "2026-11-21T08:00:00Z" or a Date', value);
  }
  return value;
}

/**
 * A plain object or a list, as JSON text.
 *
 * @param {"object" | "list"} shape
 * @returns {Reader<string>}
 */
export function json(shape) {
  const expected = shape === "list" ? "a list of objects" : "an object";
  return (value, name) => {
    const isFit = typeof value === "object" && value !== null && Array.isArray(value) === (shape === "list");
    if (!isFit) {
      throw unfit(name, expected, value);
    }
    try {
      return JSON.stringify(value);
    } catch {
      throw invalid(`${name} cannot be written as JSON. It has to be plain data, without cycles or BigInt.`);
    }
  };
}

/** @type {Reader<[string, string][]>} */
export function parameters(value, name) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw unfit(name, "an object of names and values", value);
  }
  return Object.entries(value).map(([key, one]) => {
    if (typeof one !== "string" && typeof one !== "number" && typeof one !== "boolean") {
      throw unfit(`${name}.${key}`, "text, a number, true or false", one);
    }
    return [key, String(one)];
  });
}

/** @type {Reader<AbortSignal>} */
export function signal(value, name) {
  if (typeof value !== "object" || value === null || !("aborted" in value) || !("addEventListener" in value)) {
    throw unfit(name, "an AbortSignal", value);
  }
  return /** @type {AbortSignal} */ (value);
}

/** @type {Reader<import("../driver/attempt.js").Fetch>} */
export function fetchFunction(value, name) {
  if (typeof value !== "function") {
    throw unfit(name, "a function like fetch", value);
  }
  return /** @type {import("../driver/attempt.js").Fetch} */ (value);
}
