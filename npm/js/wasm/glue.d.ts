// What `npm/src` exports, as the driver sees it. The code behind it is generated (scripts/assemble.mjs).

/** A request that is ready to leave. */
export interface SendStep {
  kind: "send";
  method: string;
  url: string;
  headers: [name: string, value: string][];
  body: string | null;
}

/** Which rows of the last answer count; `null` for all of them. */
export interface PageStep {
  kind: "page";
  rows: number[] | null;
  /** How long that answer is. */
  bytes: number;
  offset: number;
  limit: number;
  links: { rel: string; href: string; title?: string }[];
  total: { value: number; isExact: boolean } | null;
}

/** A SQL job went on. */
export interface ProgressStep {
  kind: "progress";
  id: string;
  status: string;
  rowCount: number | null;
}

/** The end; an empty report says that the last answer is the result. */
export interface DoneStep {
  kind: "done";
  report: { rows?: number; value?: number; isExact?: boolean };
}

export type Step =
  | SendStep
  | { kind: "wait"; ms: number }
  | { kind: "park" }
  | PageStep
  | ProgressStep
  | DoneStep;

export class Operation {
  private constructor();
  next(nowMs: number, entropy: number): Step;
  received(status: number, headers: [string, string][], body: Uint8Array, nowMs: number, entropy: number): void;
  failed(
    kind: "unreachable" | "interrupted" | "timedOut" | "cancelled",
    words: string,
    nowMs: number,
    entropy: number,
  ): void;
  abandon(): void;
  free(): void;
}

export class UptycsHandle {
  constructor(keyFile: string, maxRetries?: number);
  static fromParts(keyAndSecret: string, domain: string, customerId: string, maxRetries?: number): UptycsHandle;
  token(seconds: number, nowMs: number): string;
  list(name: string, options: object, deadlineMs?: number): Operation;
  get(name: string, id: string, deadlineMs?: number): Operation;
  sql(query: string, options: object, nowMs: number, deadlineMs?: number): Operation;
}

export class UtmstackHandle {
  constructor(url: string, credentials: object, maxRetries?: number);
  alerts(options: object, nowMs: number, deadlineMs?: number): Operation;
  alert(id: string, nowMs: number, deadlineMs?: number): Operation;
  count(options: object, nowMs: number, deadlineMs?: number): Operation;
  countOpen(deadlineMs?: number): Operation;
}

/** Makes the first instance of a module; does nothing a second time. */
export function initSync(options: { module: WebAssembly.Module }): unknown;

/** Makes a new instance of the same module; objects of the old one throw when used. */
export function __wbg_reset_state(): void;
