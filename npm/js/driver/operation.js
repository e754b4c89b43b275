import { cancelled } from "../error.js";
import { begin, call, currentEpoch, end } from "../wasm/engine.js";
import { attempt } from "./attempt.js";
import { entropy } from "./entropy.js";
import { pause } from "./pause.js";
import { tidy } from "./tidy.js";

/**
 * @typedef {import("../wasm/glue.js").Operation} Handle
 * @typedef {import("../wasm/glue.js").PageStep} PageStep
 * @typedef {import("../wasm/glue.js").ProgressStep} ProgressStep
 * @typedef {import("../wasm/glue.js").DoneStep} DoneStep
 *
 * @typedef {object} Limits how long an operation may take, with everything filled in
 * @property {number} timeoutMs one attempt
 * @property {number | undefined} deadlineMs all of it
 * @property {(AbortSignal | undefined)[]} signals any of them ends it
 * @property {boolean} tidies whether it leaves something on the platform when it is given up
 */

/** One operation underway: does what the machine inside WebAssembly says, until it has something for the caller. */
export class Operation {
  #connection;
  #open;
  #limits;
  /** @type {Handle | undefined} */
  #handle;
  #epoch = 0;
  #isDone = false;
  /** @type {number | undefined} */
  #deadline;
  /** @type {Uint8Array} */
  #body = new Uint8Array();
  /** @type {unknown} */
  #cause;
  #stop = new AbortController();

  /**
   * @param {import("./connection.js").Connection<object>} connection
   * @param {(deadline: number | undefined) => Handle} open
   * @param {Limits} limits
   */
  constructor(connection, open, limits) {
    this.#connection = connection;
    this.#open = open;
    this.#limits = limits;
  }

  /** The bytes of the last answer, which the last step speaks of. */
  get body() {
    return this.#body;
  }

  /**
   * Goes on until there is a part of the result. After an error that is not final, calling it again makes the failed
   * call again. Nothing outside refers to it while it does not run, so that one that is forgotten goes away.
   *
   * @returns {Promise<PageStep | ProgressStep | DoneStep>}
   */
  async advance() {
    const stop = this.#stop.signal;
    stop.throwIfAborted();
    const forget = this.#limits.signals.map((signal) => this.#heed(signal));
    begin(this);
    try {
      return await this.#run(stop);
    } finally {
      end(this);
      for (const unheed of forget) {
        unheed();
      }
      if (stop.aborted) {
        this.close();
      }
    }
  }

  /**
   * Ends it, in the middle of a request if need be.
   *
   * @param {unknown} reason what everyone who waits is given
   */
  cancel(reason) {
    this.#stop.abort(reason);
  }

  /**
   * The instance that it lived in is gone.
   *
   * @param {import("../error.js").TriagekitError} error
   */
  lose(error) {
    this.#handle = undefined;
    this.#stop.abort(error);
  }

  /** Gives back what it holds; it cannot go on after that. */
  close() {
    const handle = this.#handle;
    this.#handle = undefined;
    this.#stop.abort(cancelled("it has ended"));
    if (handle === undefined || this.#epoch !== currentEpoch()) {
      return;
    }
    if (this.#limits.tidies && !this.#isDone) {
      // Nobody waits for this, and it says nothing of its errors: the result is not wanted any more.
      void tidy(handle, this.#connection, this.#limits.timeoutMs);
    } else {
      call(() => handle.free());
    }
  }

  /** @param {AbortSignal} stop */
  async #run(stop) {
    for (;;) {
      stop.throwIfAborted();
      const step = this.#step((handle) => handle.next(Date.now(), entropy()));
      switch (step.kind) {
        case "send":
          await this.#send(step);
          break;
        case "wait":
          await pause(step.ms, stop);
          break;
        case "park":
          await this.#connection.somethingReceived(stop);
          break;
        case "done":
          this.#isDone = true;
          this.close();
          return step;
        default:
          return step;
      }
    }
  }

  /** @param {AbortSignal | undefined} signal */
  #heed(signal) {
    if (signal === undefined) {
      return () => undefined;
    }
    const stop = () => this.cancel(cancelled(signal.reason));
    if (signal.aborted) {
      stop();
    }
    signal.addEventListener("abort", stop, { once: true });
    return () => signal.removeEventListener("abort", stop);
  }

  /** @param {import("../wasm/glue.js").SendStep} step */
  async #send(step) {
    const left = this.#deadline === undefined ? Infinity : this.#deadline - Date.now();
    const timeoutMs = Math.min(this.#limits.timeoutMs, left);
    const outcome = await attempt(this.#connection.fetch, step, timeoutMs, this.#stop.signal);
    try {
      if (this.#handle === undefined) {
        return;
      }
      if ("status" in outcome) {
        this.#body = outcome.body;
        this.#cause = undefined;
        const { status, headers, body } = outcome;
        this.#step((handle) => handle.received(status, headers, body, Date.now(), entropy()));
      } else {
        const { kind, words } = outcome;
        this.#cause = outcome.cause;
        this.#step((handle) => handle.failed(kind, words, Date.now(), entropy()));
      }
    } finally {
      this.#connection.received();
    }
  }

  /**
   * @template T
   * @param {(handle: Handle) => T} work
   * @returns {T}
   */
  #step(work) {
    try {
      const handle = this.#handle ?? this.#opened();
      return call(() => work(handle));
    } catch (error) {
      // Whoever stopped it has said why; that is the better reason.
      this.#stop.signal.throwIfAborted();
      if (this.#cause !== undefined && error instanceof Error && error.cause === undefined) {
        Object.defineProperty(error, "cause", { value: this.#cause, configurable: true, writable: true });
      }
      throw error;
    }
  }

  #opened() {
    const { deadlineMs } = this.#limits;
    this.#deadline = deadlineMs === undefined ? undefined : Date.now() + deadlineMs;
    this.#handle = this.#open(this.#deadline);
    this.#epoch = currentEpoch();
    return this.#handle;
  }
}
