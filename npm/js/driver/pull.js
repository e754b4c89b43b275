import { TriagekitError } from "../error.js";

/**
 * Reads the pages of one operation, as an async iterator.
 *
 * Calls of `next()` may overlap: they are answered in their order. After an error `next()` makes the failed call
 * again. `return()` ends it at once, in the middle of a request if need be.
 *
 * @template T
 * @implements {AsyncIterableIterator<T>}
 */
export class Pull {
  #operation;
  #read;
  #isReturned = false;
  #isDone = false;
  /** @type {Promise<unknown>} */
  #turn = Promise.resolve();

  /**
   * @param {import("./operation.js").Operation} operation
   * @param {(page: import("./operation.js").PageStep, body: Uint8Array) => T} read
   */
  constructor(operation, read) {
    this.#operation = operation;
    this.#read = read;
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  next() {
    const turn = this.#turn.then(() => this.#advance());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  async return() {
    this.#isReturned = true;
    this.#operation.cancel(undefined);
    await this.#turn;
    this.#operation.close();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  async [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() {
    await this.return();
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  async #advance() {
    while (!this.#isDone && !this.#isReturned) {
      try {
        const step = await this.#operation.advance();
        if (step.kind === "page") {
          return { done: false, value: this.#read(step, bodyOf(step, this.#operation)) };
        }
        this.#isDone = step.kind === "done";
      } catch (error) {
        if (!this.#isReturned) {
          throw error;
        }
      }
    }
    return { done: true, value: undefined };
  }
}

/**
 * The answer that a page speaks of: the last one. Should the core ever hold a page back, this must not go unseen.
 *
 * @param {import("./operation.js").PageStep} page
 * @param {import("./operation.js").Operation} operation
 */
function bodyOf(page, { body }) {
  if (body.length !== page.bytes) {
    const message = `A page of ${page.bytes} bytes does not fit the last answer of ${body.length}. Please report this.`;
    throw new TriagekitError({ code: "internal", message });
  }
  return body;
}
