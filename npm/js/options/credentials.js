import { invalid } from "../error.js";
import { described, text } from "./readers.js";

/** What a header field may hold; `fetch` would put anything else into its own error, secret and all. */
const VISIBLE = /^[\u0021-\u007e]+$/u;

const KNOWN = ["url", "username", "password", "apiKey", "token"];
const EXPECTED = "UTMStack is opened with { url } and one of: username and password; apiKey; token.";

/**
 * Reads `{ url, username, password | apiKey | token }`.
 *
 * @param {unknown} connection
 */
export function connectionOf(connection) {
  if (typeof connection !== "object" || connection === null || Array.isArray(connection)) {
    throw invalid(`${EXPECTED} What came is ${described(connection)}.`);
  }
  const given = /** @type {Record<string, unknown>} */ (connection);
  const unknown = Object.keys(given).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    throw invalid(`${EXPECTED} It does not know ${JSON.stringify(unknown.slice(0, 40))}.`);
  }
  if (given["url"] === undefined) {
    throw invalid(`${EXPECTED} There is no url.`);
  }
  const url = text(given["url"] instanceof URL ? given["url"].href : given["url"], "url");
  const ways = ["password", "apiKey", "token"].filter((name) => given[name] !== undefined);
  const [way] = ways;
  if (way === undefined || ways.length > 1) {
    const came = way === undefined ? "none of them" : ways.join(" and ");
    throw invalid(`${EXPECTED} What came is ${came}.`);
  }
  const secret = text(given[way], way);
  if (way === "password") {
    return { url, credentials: { username: text(given["username"], "username"), password: secret } };
  }
  if (given["username"] !== undefined) {
    throw invalid(`${EXPECTED} A username goes with a password, and what came is a username with ${way}.`);
  }
  if (!VISIBLE.test(secret)) {
    throw invalid(`${way} holds spaces, line breaks or other characters that no ${way} has. Check how it was copied.`);
  }
  return { url, credentials: { [way]: secret } };
}
