/**
 * Gives the rows of pages one by one, with the promises of the pages' own iterator.
 *
 * @template T
 * @implements {AsyncIterableIterator<T>}
 */
export class Rows {
  #pages;
  /** @type {T[]} */
  #page = [];
  #at = 0;
  #isReturned = false;
  /** @type {Promise<unknown> | undefined} */
  #turn;

  /** @param {AsyncIterableIterator<{ items: T[] }>} pages */
  constructor(pages) {
    this.#pages = pages;
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  next() {
    const turn = this.#turn === undefined ? this.#advance() : this.#turn.then(() => this.#advance());
    /** @type {Promise<void>} */
    const quiet = turn.then(
      () => this.#leave(quiet),
      () => this.#leave(quiet),
    );
    this.#turn = quiet;
    return turn;
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  async return() {
    this.#isReturned = true;
    await this.#pages.return?.();
    await this.#turn;
    this.#page = [];
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  async [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() {
    await this.return();
  }

  /** @param {Promise<unknown>} turn */
  #leave(turn) {
    if (this.#turn === turn) {
      this.#turn = undefined;
    }
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  async #advance() {
    while (!this.#isReturned) {
      if (this.#at < this.#page.length) {
        const value = /** @type {T} */ (this.#page[this.#at]);
        this.#at += 1;
        return { done: false, value };
      }
      const { done, value } = await this.#pages.next();
      if (done) {
        break;
      }
      this.#page = value.items;
      this.#at = 0;
    }
    return { done: true, value: undefined };
  }
}
