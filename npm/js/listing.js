import { pageOf, parse } from "./driver/parse.js";
import { Pull } from "./driver/pull.js";
import { Rows } from "./driver/rows.js";
import { read } from "./options/read.js";
import { count } from "./options/readers.js";

/**
 * @template T
 * @typedef {import("../types/index.js").Page<T>} Page
 */

/**
 * Rows that are read when they are asked for: by awaiting it, or by iterating over it.
 *
 * @template T
 * @template Awaited
 * @implements {PromiseLike<Awaited>}
 */
export class Listing {
  #start;
  #rowOf;
  #await;
  /** @type {Promise<Awaited> | undefined} */
  #awaited;

  /**
   * @param {() => import("./driver/operation.js").Operation} start
   * @param {(row: unknown) => T} rowOf
   * @param {(pages: AsyncIterableIterator<Page<T>>) => Promise<Awaited>} awaited what `await` gives
   */
  constructor(start, rowOf, awaited) {
    this.#start = start;
    this.#rowOf = rowOf;
    this.#await = awaited;
  }

  /**
   * @template [A=Awaited]
   * @template [B=never]
   * @param {((value: Awaited) => A | PromiseLike<A>) | null} [resolved]
   * @param {((reason: unknown) => B | PromiseLike<B>) | null} [rejected]
   */
  then(resolved, rejected) {
    this.#awaited ??= this.#await(this.pages());
    return this.#awaited.then(resolved, rejected);
  }

  /**
   * @template [B=never]
   * @param {((reason: unknown) => B | PromiseLike<B>) | null} [rejected]
   */
  catch(rejected) {
    return this.then(null, rejected);
  }

  /** @param {(() => void) | null} [settled] */
  finally(settled) {
    return this.then().finally(settled);
  }

  /** @returns {AsyncIterableIterator<Page<T>>} */
  pages() {
    return new Pull(this.#start(), (step, body) => pageOf(step, parse(body), this.#rowOf));
  }

  /** @returns {AsyncIterableIterator<T>} */
  [Symbol.asyncIterator]() {
    return new Rows(this.pages());
  }

  /**
   * @param {{ max?: number }} [options]
   * @returns {Promise<T[]>}
   */
  async toArray(options) {
    const { max } = read(options, { max: count(0) }, "toArray()");
    return allRows(this.pages(), max);
  }
}

/**
 * The first page of a list, and no request for a second.
 *
 * @template T
 * @param {AsyncIterableIterator<Page<T>>} pages
 * @returns {Promise<Page<T>>}
 */
export async function firstPage(pages) {
  const { done, value } = await pages.next();
  await pages.return?.();
  return done ? { items: [], offset: 0, limit: 0, links: [] } : value;
}

/**
 * The rows of all pages, or the first `max` of them.
 *
 * @template T
 * @param {AsyncIterableIterator<Page<T>>} pages
 * @param {number} [max]
 * @returns {Promise<T[]>}
 */
export async function allRows(pages, max = Infinity) {
  /** @type {T[]} */
  const rows = [];
  if (max === 0) {
    return rows;
  }
  for await (const { items } of pages) {
    for (const row of items) {
      rows.push(row);
      if (rows.length === max) {
        return rows;
      }
    }
  }
  return rows;
}
