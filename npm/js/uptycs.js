import { Connection } from "./driver/connection.js";
import { Listing, allRows } from "./listing.js";
import { refuseInBrowser } from "./options/browser.js";
import { CALL, clientSettings } from "./options/client.js";
import { keyOf } from "./options/key.js";
import { read } from "./options/read.js";
import { count, text } from "./options/readers.js";
import { Resource } from "./resource.js";

const SQL = {
  ...CALL,
  limit: count(0),
  pageSize: count(1, 10_000),
  days: (/** @type {unknown} */ value, /** @type {string} */ name) =>
    value === null ? null : count(1, 36_500)(value, name),
};

const TOKEN = { ttl: count(1, 3_153_600_000) };

/**
 * @typedef {import("../types/index.js").Uptycs} Declared
 * @implements {Declared}
 */
export class Uptycs {
  #connection;

  /**
   * @param {import("../types/index.js").KeyFile | import("../types/index.js").KeyAndSecret | string} key
   * @param {import("../types/index.js").ClientOptions} [options]
   */
  constructor(key, options) {
    const settings = clientSettings(options, "new Uptycs()");
    refuseInBrowser(settings.dangerouslyAllowBrowser, "the key's secret");
    const open = keyOf(key);
    this.#connection = new Connection((exports) => open(exports, settings.maxRetries), settings);
    /** @type {Resource<import("../types/index.js").UptycsAlert>} */
    this.alerts = new Resource(this.#connection, "alerts");
    /** @type {Resource<import("../types/index.js").UptycsAsset>} */
    this.assets = new Resource(this.#connection, "assets");
  }

  /**
   * @template [Row=import("../types/index.js").Row]
   * @param {string} name
   * @param {import("../types/index.js").ListOptions} [options]
   * @returns {Listing<Row, import("../types/index.js").Page<Row>>}
   */
  list(name, options) {
    /** @type {Resource<Row>} */
    const resource = new Resource(this.#connection, name);
    return resource.list(options);
  }

  /**
   * @template [Row=import("../types/index.js").Row]
   * @param {string} name
   * @param {string} id
   * @param {import("../types/index.js").CallOptions} [options]
   * @returns {Promise<Row>}
   */
  async get(name, id, options) {
    /** @type {Resource<Row>} */
    const resource = new Resource(this.#connection, name);
    return resource.get(id, options);
  }

  /**
   * @template [Row=import("../types/index.js").Row]
   * @param {string} query
   * @param {import("../types/index.js").SqlOptions} [options]
   * @returns {Listing<Row, Row[]>}
   */
  sql(query, options) {
    const { signal, timeoutMs, deadlineMs, days = 1, ...rest } = read(options, SQL, "sql()");
    const statement = text(query, "The query");
    const wanted = { ...rest, days };
    const start = () =>
      this.#connection.operation(
        (handle, deadline) => handle.sql(statement, wanted, Date.now(), deadline),
        { signal, timeoutMs, deadlineMs },
        { tidies: true },
      );
    const rowOf = (/** @type {unknown} */ row) => /** @type {{ rowData: Row }} */ (row).rowData;
    return new Listing(start, rowOf, allRows);
  }

  /** @param {import("../types/index.js").TokenOptions} [options] */
  token(options) {
    const { ttl = 300 } = read(options, TOKEN, "token()");
    return this.#connection.use((handle) => handle.token(ttl, Date.now()));
  }
}
