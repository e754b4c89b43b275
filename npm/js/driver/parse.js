const decoder = new TextDecoder();

/**
 * Parses an answer, once, with the engine's own parser: rows are made by nothing that is faster. The core has already
 * seen that it is JSON.
 *
 * @param {Uint8Array} body
 * @returns {unknown}
 */
export function parse(body) {
  return JSON.parse(decoder.decode(body));
}

/**
 * A row as the vendor sent it, taken for what it is documented to be.
 *
 * @template T
 * @param {unknown} row
 * @returns {T}
 */
export function asItIs(row) {
  return /** @type {T} */ (row);
}

/**
 * A page as the caller gets it.
 *
 * @template T
 * @param {import("./operation.js").PageStep} step
 * @param {unknown} document the answer: a list, or an object with a list of `items`
 * @param {(row: unknown) => T} rowOf
 * @returns {import("../../types/index.js").Page<T>}
 */
export function pageOf(step, document, rowOf) {
  const all = Array.isArray(document) ? document : /** @type {{ items: unknown[] }} */ (document).items;
  const kept = step.rows === null ? all : step.rows.map((index) => all[index]);
  const { offset, limit, links, total } = step;
  return { items: kept.map(rowOf), offset, limit, links, ...(total === null ? {} : { total }) };
}
