/** Marks errors of all copies of this package, so that `instanceof` holds when a bundler made two. */
const BRAND = Symbol.for("triagekit.error");

/**
 * What an error is made of; also what the WebAssembly side throws.
 *
 * @typedef {object} Facts
 * @property {string} code
 * @property {string} message
 * @property {number | null} [status]
 * @property {boolean} [retryable]
 * @property {string | null} [said]
 * @property {number | null} [retryAfterMs]
 */

/**
 * @typedef {import("../types/index.js").TriagekitError} Declared
 * @implements {Declared}
 */
export class TriagekitError extends Error {
  /** @type {number | undefined} */
  status;
  /** @type {string | undefined} */
  said;
  /** @type {number | undefined} */
  retryAfterMs;

  /**
   * @param {Facts} facts
   * @param {unknown} [cause]
   */
  constructor(facts, cause) {
    super(facts.message, cause === undefined ? undefined : { cause });
    this.code = facts.code;
    this.retryable = facts.retryable ?? false;
    // Absent ones stay out of what is printed.
    for (const name of /** @type {const} */ (["status", "said", "retryAfterMs"])) {
      const value = facts[name] ?? undefined;
      Object.defineProperty(this, name, { value, enumerable: value !== undefined, configurable: true });
    }
  }

  /** @override */
  get name() {
    return "TriagekitError";
  }

  get [BRAND]() {
    return true;
  }

  /**
   * @override
   * @param {unknown} value
   */
  static [Symbol.hasInstance](value) {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  /** The facts, without the cause: what another library put there may not be fit for a log. */
  toJSON() {
    const { name, code, message, status, retryable, said, retryAfterMs } = this;
    return { name, code, message, status, retryable, said, retryAfterMs };
  }
}

/**
 * An argument that cannot be used: what was expected, what came, what to do.
 *
 * @param {string} message
 */
export function invalid(message) {
  return new TriagekitError({ code: "invalid_argument", message });
}

/**
 * The caller does not want the result any more; the reason that they gave is the cause.
 *
 * @param {unknown} reason
 */
export function cancelled(reason) {
  const words = reason instanceof Error ? reason.message : typeof reason === "string" ? reason : "";
  const message = words === "" ? "The operation was cancelled." : `The operation was cancelled: ${words}`;
  return new TriagekitError({ code: "cancelled", message }, reason);
}
