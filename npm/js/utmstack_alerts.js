import { outcome } from "./driver/outcome.js";
import { asItIs } from "./driver/parse.js";
import { TriagekitError } from "./error.js";
import { Listing, firstPage } from "./listing.js";
import { CALL } from "./options/client.js";
import { read } from "./options/read.js";
import { count, instant, json, text, texts } from "./options/readers.js";

const COUNT = { ...CALL, since: instant, until: instant, filters: json("list") };
const LIST = { ...COUNT, limit: count(0), pageSize: count(1, 2_000), sort: texts };

/**
 * @typedef {import("../types/index.js").UtmstackAlert} Alert
 * @typedef {import("../types/index.js").Page<Alert>} AlertPage
 * @typedef {(handle: import("./wasm/glue.js").UtmstackHandle, deadline: number | undefined) =>
 *   import("./wasm/glue.js").Operation} Open
 */

/**
 * @typedef {import("../types/index.js").UtmstackAlerts} Declared
 * @implements {Declared}
 */
export class UtmstackAlerts {
  #connection;

  /** @param {import("./driver/connection.js").Connection<import("./wasm/glue.js").UtmstackHandle>} connection */
  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * @param {import("../types/index.js").UtmstackListOptions} [options]
   * @returns {Listing<Alert, AlertPage>}
   */
  list(options) {
    const { signal, timeoutMs, deadlineMs, ...wanted } = read(options, LIST, "alerts.list()");
    return this.#listing((handle, deadline) => handle.alerts(wanted, Date.now(), deadline), {
      signal,
      timeoutMs,
      deadlineMs,
    });
  }

  /**
   * @param {string} id
   * @param {import("../types/index.js").CallOptions} [options]
   * @returns {Promise<Alert>}
   */
  async get(id, options) {
    const wanted = text(id, "id");
    const settings = read(options, CALL, "alerts.get()");
    const alerts = this.#listing((handle, deadline) => handle.alert(wanted, Date.now(), deadline), settings);
    const [alert] = (await alerts).items;
    if (alert === undefined) {
      const message = `UTMStack has no alert with the id ${JSON.stringify(wanted.slice(0, 80))}. It may have been deleted.`;
      throw new TriagekitError({ code: "not_found", message });
    }
    return alert;
  }

  /**
   * @param {import("../types/index.js").UtmstackCountOptions} [options]
   * @returns {Promise<import("../types/index.js").Count>}
   */
  async count(options) {
    const { signal, timeoutMs, deadlineMs, ...wanted } = read(options, COUNT, "alerts.count()");
    return this.#counted((handle, deadline) => handle.count(wanted, Date.now(), deadline), {
      signal,
      timeoutMs,
      deadlineMs,
    });
  }

  /**
   * @param {import("../types/index.js").CallOptions} [options]
   * @returns {Promise<number>}
   */
  async countOpen(options) {
    const settings = read(options, CALL, "alerts.countOpen()");
    const { value } = await this.#counted((handle, deadline) => handle.countOpen(deadline), settings);
    return value;
  }

  /**
   * @param {Open} open
   * @param {import("./options/client.js").CallSettings} settings
   * @returns {Listing<Alert, AlertPage>}
   */
  #listing(open, settings) {
    /** @type {(row: unknown) => Alert} */
    const rowOf = asItIs;
    return new Listing(() => this.#connection.operation(open, settings), rowOf, firstPage);
  }

  /**
   * @param {Open} open
   * @param {import("./options/client.js").CallSettings} settings
   */
  async #counted(open, settings) {
    const { report } = await outcome(this.#connection.operation(open, settings));
    return { value: report.value ?? 0, isExact: report.isExact ?? true };
  }
}
