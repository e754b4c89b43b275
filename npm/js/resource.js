import { asItIs, parse } from "./driver/parse.js";
import { outcome } from "./driver/outcome.js";
import { Listing, firstPage } from "./listing.js";
import { CALL } from "./options/client.js";
import { read } from "./options/read.js";
import { count, json, parameters, text } from "./options/readers.js";

const LIST = {
  ...CALL,
  limit: count(0),
  pageSize: count(1, 10_000),
  offset: count(0),
  sort: text,
  filters: json("object"),
  parameters,
};

/**
 * A resource of an Uptycs tenant that is listed and read in one way, whatever it is.
 *
 * @template Row
 */
export class Resource {
  #connection;
  #name;

  /**
   * @param {import("./driver/connection.js").Connection<import("./wasm/glue.js").UptycsHandle>} connection
   * @param {string} name
   */
  constructor(connection, name) {
    this.#connection = connection;
    this.#name = name;
  }

  /**
   * @param {import("../types/index.js").ListOptions} [options]
   * @returns {Listing<Row, import("../types/index.js").Page<Row>>}
   */
  list(options) {
    const { signal, timeoutMs, deadlineMs, ...wanted } = read(options, LIST, "list()");
    const name = text(this.#name, "The name of the resource");
    const start = () =>
      this.#connection.operation((handle, deadline) => handle.list(name, wanted, deadline), {
        signal,
        timeoutMs,
        deadlineMs,
      });
    /** @type {(row: unknown) => Row} */
    const rowOf = asItIs;
    return new Listing(start, rowOf, firstPage);
  }

  /**
   * @param {string} id
   * @param {import("../types/index.js").CallOptions} [options]
   * @returns {Promise<Row>}
   */
  async get(id, options) {
    const name = text(this.#name, "The name of the resource");
    const wanted = text(id, "id");
    const settings = read(options, CALL, "get()");
    const operation = this.#connection.operation((handle, deadline) => handle.get(name, wanted, deadline), settings);
    const { body } = await outcome(operation);
    return /** @type {Row} */ (parse(body));
  }
}
