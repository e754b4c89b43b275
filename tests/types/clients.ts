import { TriagekitError, UTMStack, Uptycs, type ClientOptions, type ErrorCode, type KeyFile } from "triagekit";

declare const key: KeyFile;

const options: ClientOptions = {
  fetch: (url, init) => fetch(url, init),
  timeoutMs: 1,
  deadlineMs: 1,
  maxRetries: 0,
  signal: new AbortController().signal,
  dangerouslyAllowBrowser: true,
};

export const clients = [
  new Uptycs(key, options),
  new Uptycs("{}"),
  new Uptycs({ key: "k#s", domain: "acme", customerId: "c" }),
  new UTMStack({ url: "https://siem.example.org", username: "u", password: "p" }, options),
  new UTMStack({ url: new URL("https://siem.example.org"), apiKey: "k" }),
  new UTMStack({ url: "https://siem.example.org", token: "t" }),
  // The runtime's own fetch is one of those that are taken.
  new Uptycs(key, { fetch }),
];

// @ts-expect-error: one way to prove who one is
new UTMStack({ url: "https://siem.example.org" });
// @ts-expect-error: and no second one
new UTMStack({ url: "https://siem.example.org", apiKey: "k", token: "t" });
// @ts-expect-error: a password goes with a user
new UTMStack({ url: "https://siem.example.org", password: "p" });
// @ts-expect-error: not an option
new Uptycs(key, { retries: 3 });
// @ts-expect-error: errors are made by the package alone
new TriagekitError({ code: "internal", message: "" });

export function explain(error: unknown): string {
  if (error instanceof TriagekitError) {
    const code: ErrorCode = error.code;
    const known: "rate_limited" extends ErrorCode ? true : never = true;
    const wait: number | undefined = error.retryAfterMs;
    // @ts-expect-error: facts do not change
    error.code = "forbidden";
    return [code, known, wait, error.status, error.said, error.retryable, error.toJSON().message, error.cause].join(" ");
  }
  return "";
}
