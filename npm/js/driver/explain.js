/** Codes that say for certain that nothing has reached the server. */
const BEFORE_SENDING = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
  "FailedToOpenSocket",
]);

/** How the codes of OpenSSL begin, for certificates that are not trusted. */
const CERTIFICATE = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/u;

/**
 * Why `fetch` rejected, as the core wants to know it: what certainly did not arrive may be repeated whatever it does.
 *
 * @param {unknown} cause
 * @param {boolean} hasAnswered whether the response had begun
 * @param {string} method
 * @returns {{ kind: "unreachable" | "interrupted", words: string }}
 */
export function explain(cause, hasAnswered, method) {
  const { words, code } = innermost(cause);
  if (hasAnswered) {
    return { kind: "interrupted", words };
  }
  if (code !== undefined) {
    const isBefore = BEFORE_SENDING.has(code) || CERTIFICATE.test(code);
    return { kind: isBefore ? "unreachable" : "interrupted", words };
  }
  // Browsers tell nothing. A read may be repeated anyway, so that the likelier cause is named.
  return { kind: method === "GET" ? "unreachable" : "interrupted", words };
}

/**
 * The words and the code of the error at the bottom: `fetch` itself says no more than "fetch failed".
 *
 * @param {unknown} error
 * @returns {{ words: string, code: string | undefined }}
 */
function innermost(error) {
  let found = error;
  for (let depth = 0; depth < 5; depth += 1) {
    const inner = innerOf(found);
    if (inner === undefined) {
      break;
    }
    found = inner;
  }
  const words = found instanceof Error ? found.message : typeof found === "string" ? found : "no reason was given";
  const code = typeof found === "object" && found !== null && "code" in found ? found.code : undefined;
  const text = words === "" && typeof code === "string" ? code : words;
  return { words: text.replace(/\s+/gu, " ").slice(0, 200), code: typeof code === "string" ? code : undefined };
}

/** @param {unknown} error */
function innerOf(error) {
  if (typeof error !== "object" || error === null) {
    return undefined;
  }
  // A host with several addresses gives one error for each.
  if ("errors" in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return error.errors[0];
  }
  return "cause" in error && error.cause instanceof Error ? error.cause : undefined;
}
