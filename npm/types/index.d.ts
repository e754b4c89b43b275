/**
 * Alerts, assets and SQL of UTMStack and Uptycs.
 *
 * What is known of the two APIs, and how surely, stands in the project's docs/utmstack.md and docs/uptycs.md.
 */

/** Literals that are known, open to those that are not. */
export type OneOf<Known extends string> = Known | (string & {});

/** A record as the vendor sends it. */
export type Row = { [field: string]: unknown };

/** Words that say what went wrong, for programs. */
export type ErrorCode = OneOf<
  | "key_file"
  | "base_url"
  | "invalid_argument"
  | "secret_in_browser"
  | "unreachable"
  | "interrupted"
  | "timed_out"
  | "cancelled"
  | "wrong_credentials"
  | "unauthorized"
  | "second_factor_required"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "locked"
  | "rate_limited"
  | "redirect"
  | "bad_request"
  | "server_error"
  | "unexpected_answer"
  | "result_window"
  | "job_failed"
  | "deadline_exceeded"
  | "not_loaded"
  | "internal"
>;

/**
 * Everything that goes wrong. The message says what was expected, what came and what to do; no secret is in it.
 *
 * `instanceof` holds across two copies of this package.
 */
export class TriagekitError extends Error {
  private constructor();
  /** What went wrong, for programs. */
  readonly code: ErrorCode;
  /** The HTTP status of the answer, where there was one. */
  readonly status: number | undefined;
  /** Whether the same call may well succeed a little later, unchanged. Repetitions have been made already. */
  readonly retryable: boolean;
  /** What the vendor said, in its own words. */
  readonly said: string | undefined;
  /** How long the platform asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The facts, fit for a log; the cause is left out. */
  toJSON(): {
    name: string;
    code: ErrorCode;
    message: string;
    status: number | undefined;
    retryable: boolean;
    said: string | undefined;
    retryAfterMs: number | undefined;
  };
}

/** A `fetch`, as far as it is used here. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What any call can be given. */
export interface CallOptions {
  /** Ends the call, in the middle of a request if need be. The error's `cause` is the signal's reason. */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, in milliseconds: 60,000 by default. */
  timeoutMs?: number | undefined;
  /** How long all of it may take, in milliseconds, repetitions and pauses included: no bound by default. */
  deadlineMs?: number | undefined;
}

/** What holds for all calls of a client. */
export interface ClientOptions extends CallOptions {
  /** Used in place of the runtime's `fetch`. */
  fetch?: Fetch | undefined;
  /** How often a call is repeated at the most: 4 by default. */
  maxRetries?: number | undefined;
  /** Allows a secret in a browser, for pages that nobody opens but its owner. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** A link of an Uptycs list: `rel` is `self`, `parent`, `next` or the name of a resource. */
export interface Link {
  rel: OneOf<"self" | "parent" | "next">;
  href: string;
  title?: string;
}

/** How many rows there are. */
export interface Count {
  value: number;
  /** `false`: there may be more. UTMStack stops counting at 10,000. */
  isExact: boolean;
}

/** A page of rows. */
export interface Page<T> {
  /** The rows, without those that an earlier page has given. */
  items: T[];
  /** The row that the page begins with, from 0. */
  offset: number;
  /** The page's size as the platform has it. */
  limit: number;
  /** The links of the answer (Uptycs). */
  links: Link[];
  /** How many rows there are in all (UTMStack). */
  total?: Count;
}

/**
 * Rows that are read when they are asked for.
 *
 * - `for await (const row of listing)` gives all rows, a page at a time;
 * - `await listing` gives the first page of a list, or all rows of a query;
 * - `listing.pages()` gives the pages.
 *
 * Each loop reads anew. Leaving one early ends the request that is underway. Calls of `next()` may overlap, and after
 * an error `next()` makes the failed request again.
 */
export interface Listing<T, Awaited = Page<T>> extends PromiseLike<Awaited>, AsyncIterable<T> {
  [Symbol.asyncIterator](): AsyncIterableIterator<T>;
  /** The pages, one by one. */
  pages(): AsyncIterableIterator<Page<T>>;
  /** All rows, or the first `max` of them. */
  toArray(options?: { max?: number | undefined }): Promise<T[]>;
  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Awaited | B>;
  finally(settled?: (() => void) | null): Promise<Awaited>;
}

/** The key file as it is downloaded (Configuration, Users, your user, User API key). */
export interface KeyFile {
  key: string;
  secret: string;
  customerId: string;
  /** One label such as `acme`; with {@link KeyFile.baseUrl} it is not needed. */
  domain?: string | undefined;
  /** `.uptycs.io` where it is absent. */
  domainSuffix?: string | undefined;
  /** An address in place of domain and suffix, for a proxy, a gateway or a test server. */
  baseUrl?: string | undefined;
  [field: string]: unknown;
}

/** A key as it is typed. */
export interface KeyAndSecret {
  /** `key#secret`. */
  key: string;
  secret?: undefined;
  /** `acme` or `acme.uptycs.io`, or the address of a test server. */
  domain: string;
  customerId: string;
}

/** The names of resources that are known to exist; any other name is passed on. */
export type UptycsResource = OneOf<
  "alerts" | "assets" | "detections" | "alertRules" | "assetGroups" | "lookupTables" | "threatSources" | "users" | "roles"
>;

/** What a list can be given. */
export interface ListOptions extends CallOptions {
  /** How many rows to give at the most: all by default. */
  limit?: number | undefined;
  /** How many rows a request asks for, 1 to 10,000: 10,000 by default. */
  pageSize?: number | undefined;
  /** The row to begin with, from 0. */
  offset?: number | undefined;
  /** `field:asc` or `field:desc`. */
  sort?: string | undefined;
  /** `{ field: { operator: value } }`, as the platform takes it. */
  filters?: object | undefined;
  /** Further parameters of the query, passed as they are. */
  parameters?: { [name: string]: string | number | boolean } | undefined;
}

/** What a SQL query can be given. */
export interface SqlOptions extends CallOptions {
  /** How many days back the query reads: 1 by default, `null` for no bound but the query's own. */
  days?: number | null | undefined;
  /** How many rows to give at the most: all by default. */
  limit?: number | undefined;
  /** How many rows a request asks for, 1 to 10,000: 10,000 by default. */
  pageSize?: number | undefined;
}

/** What a token can be given. */
export interface TokenOptions {
  /** How long it is good for, in seconds: 300 by default. */
  ttl?: number | undefined;
}

/** An alert of Uptycs; more fields than these come. */
export interface UptycsAlert extends Row {
  id: string;
  code?: string;
  description?: string;
  displayName?: string;
  severity?: OneOf<"low" | "medium" | "high" | "critical">;
  status?: OneOf<"open" | "assigned" | "resolved" | "closed">;
  alertTime?: string;
  createdAt?: string;
  assetId?: string;
}

/** An asset of Uptycs; more fields than these come. */
export interface UptycsAsset extends Row {
  id: string;
  hostName?: string;
  os?: string;
  status?: string;
}

/** A resource that is listed and read in one way. */
export interface Resource<T> {
  /** Lists its rows. */
  list(options?: ListOptions): Listing<T>;
  /** Reads one of them. */
  get(id: string, options?: CallOptions): Promise<T>;
}

/**
 * A connection to an Uptycs tenant.
 *
 * ```js
 * const uptycs = new Uptycs(readFileSync("key.json", "utf8"));
 * for await (const alert of uptycs.alerts.list()) console.log(alert.id);
 * ```
 */
export class Uptycs {
  /** Opens a connection with a key file (its object or its text) or with a key as it is typed. Nothing is sent yet. */
  constructor(key: KeyFile | KeyAndSecret | string, options?: ClientOptions);
  /** Alerts. */
  readonly alerts: Resource<UptycsAlert>;
  /** Assets. */
  readonly assets: Resource<UptycsAsset>;
  /** Lists any resource by its name. */
  list<T = Row>(name: UptycsResource, options?: ListOptions): Listing<T>;
  /** Reads one object of any resource. */
  get<T = Row>(name: UptycsResource, id: string, options?: CallOptions): Promise<T>;
  /**
   * Runs a SQL query as a job, to all its rows. The job is submitted, followed, read and deleted.
   *
   * Awaited it gives the rows; it can be iterated over as well.
   */
  sql<T = Row>(query: string, options?: SqlOptions): Listing<T, T[]>;
  /** Makes a token for other tools, here and now: nothing is sent. */
  token(options?: TokenOptions): string;
}

/** Where a UTMStack instance is, and one way to prove who one is. */
export type UTMStackConnection = { url: string | URL } & (
  | { username: string; password: string; apiKey?: undefined; token?: undefined }
  | { apiKey: string; username?: undefined; password?: undefined; token?: undefined }
  | { token: string; username?: undefined; password?: undefined; apiKey?: undefined }
);

/** One condition; all of a search must hold. */
export interface UtmstackFilter {
  /** Such as `status`, `severity` or `name.keyword`. */
  field: string;
  operator: OneOf<"IS" | "IS_NOT" | "IS_BETWEEN">;
  value: unknown;
}

/** What counting can be given. */
export interface UtmstackCountOptions extends CallOptions {
  /** The first instant: a length of time back from now (`"7d"`, `"24h"`), or an instant. */
  since?: string | Date | undefined;
  /** The last instant: now by default. */
  until?: string | Date | undefined;
  filters?: UtmstackFilter[] | undefined;
}

/** What a search can be given. */
export interface UtmstackListOptions extends UtmstackCountOptions {
  /** How many rows to give at the most: all by default, of which one search reaches 10,000. */
  limit?: number | undefined;
  /** How many rows a request asks for, 1 to 2,000: 2,000 by default. */
  pageSize?: number | undefined;
  /** `field,asc` or `field,desc`, or several of them: newest first by default. */
  sort?: string | string[] | undefined;
}

/** An alert of UTMStack; more fields than these come. */
export interface UtmstackAlert extends Row {
  id: string;
  "@timestamp": string;
  name?: string;
  /** 1 low, 2 medium, 3 high. */
  severity?: number;
  severityLabel?: OneOf<"Low" | "Medium" | "High">;
  /** 1 automatic review, 2 open, 3 in review, 5 completed. */
  status?: number;
  statusLabel?: string;
  dataSource?: string;
  tags?: string[];
}

/** The alerts of a UTMStack instance. */
export interface UtmstackAlerts {
  /** Lists them, newest first. Beyond 10,000 it ends with the error `result_window`. */
  list(options?: UtmstackListOptions): Listing<UtmstackAlert>;
  /** Reads one of them. */
  get(id: string, options?: CallOptions): Promise<UtmstackAlert>;
  /** Counts them: exactly below 10,000. */
  count(options?: UtmstackCountOptions): Promise<Count>;
  /** Counts the open ones that are not tagged as false positives, of all time. */
  countOpen(options?: CallOptions): Promise<number>;
}

/**
 * A connection to a UTMStack instance.
 *
 * ```js
 * const utmstack = new UTMStack({ url: "https://siem.example.org", username, password });
 * for await (const alert of utmstack.alerts.list({ since: "7d" })) console.log(alert.name);
 * ```
 */
export class UTMStack {
  /** Opens a connection. Nothing is sent yet; the first call signs in. */
  constructor(connection: UTMStackConnection, options?: ClientOptions);
  /** Alerts. */
  readonly alerts: UtmstackAlerts;
}
