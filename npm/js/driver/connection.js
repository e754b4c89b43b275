import { call, currentEpoch } from "../wasm/engine.js";
import { Operation } from "./operation.js";

/**
 * A connection to one platform: what its operations share.
 *
 * @template {object} Handle
 */
export class Connection {
  #make;
  #settings;
  /** @type {Handle | undefined} */
  #handle;
  #epoch = 0;
  /** @type {Set<() => void>} */
  #parked = new Set();

  /**
   * @param {(exports: typeof import("../wasm/glue.js")) => Handle} make opens it, and opens it again after a trap
   * @param {import("../options/client.js").ClientSettings} settings
   */
  constructor(make, settings) {
    this.#make = make;
    this.#settings = settings;
    this.use(() => undefined);
  }

  /**
   * Makes a synchronous call on the handle.
   *
   * @template T
   * @param {(handle: Handle) => T} work
   * @returns {T}
   */
  use(work) {
    return call((exports) => {
      if (this.#handle === undefined || this.#epoch !== currentEpoch()) {
        this.#handle = this.#make(exports);
        this.#epoch = currentEpoch();
      }
      return work(this.#handle);
    });
  }

  /**
   * Prepares an operation; nothing is sent until it advances.
   *
   * @param {(handle: Handle, deadline: number | undefined) => import("../wasm/glue.js").Operation} open
   * @param {import("../options/client.js").CallSettings} settings
   * @param {{ tidies?: boolean }} [traits]
   */
  operation(open, settings, { tidies = false } = {}) {
    return new Operation(this, (deadline) => this.use((handle) => open(handle, deadline)), {
      timeoutMs: settings.timeoutMs ?? this.#settings.timeoutMs,
      deadlineMs: settings.deadlineMs ?? this.#settings.deadlineMs,
      signals: [settings.signal, this.#settings.signal],
      tidies,
    });
  }

  /** The caller's fetch, or the runtime's as it is now; called without a `this`, which browsers insist on. */
  get fetch() {
    const { fetch } = this.#settings;
    /** @type {import("./attempt.js").Fetch} */
    return (url, init) => (fetch ?? globalThis.fetch)(url, init);
  }

  /** Tells the operations that wait for another's sign-in that something has come. */
  received() {
    const parked = [...this.#parked];
    this.#parked.clear();
    for (const wake of parked) {
      wake();
    }
  }

  /**
   * Waits until anything was received on this connection.
   *
   * @param {AbortSignal} signal
   * @returns {Promise<void>}
   */
  somethingReceived(signal) {
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#parked.delete(wake);
        reject(signal.reason);
      };
      const wake = () => {
        signal.removeEventListener("abort", stop);
        resolve();
      };
      this.#parked.add(wake);
      signal.addEventListener("abort", stop, { once: true });
      if (signal.aborted) {
        stop();
      }
    });
  }
}
