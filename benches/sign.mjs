// Signs tokens for a second with one of two sides and prints how many it made in one: `sign.mjs triagekit|jose`.
//
// Both sign the same claims with the same key, and every token has another time, as in use.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const KEY = {
  customerId: "bench-customer",
  domain: "bench",
  domainSuffix: ".uptycs.io",
  key: "BENCHKEY0123456789",
  secret: "not-a-secret-of-anyone".repeat(2),
};
const MILLISECONDS = 1000;

/** Sides: each gives a function that makes one token, at once or by a promise. */
const sides = {
  async triagekit() {
    const root = process.env.TRIAGEKIT_PACKAGE_ROOT;
    if (root === undefined) throw new Error("expected TRIAGEKIT_PACKAGE_ROOT: a folder with node_modules/triagekit");
    const resolve = createRequire(join(root, "package.json")).resolve;
    const { Uptycs } = await import(pathToFileURL(resolve("triagekit")).href);
    const uptycs = new Uptycs(JSON.stringify(KEY));
    return () => uptycs.token({ ttl: 300 });
  },
  async jose() {
    const resolve = createRequire(new URL("../tests/package.json", import.meta.url)).resolve;
    const { SignJWT } = await import(pathToFileURL(resolve("jose")).href);
    const secret = new TextEncoder().encode(KEY.secret);
    return () => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ iss: KEY.key, iat: now, exp: now + 300 })
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .sign(secret);
    };
  },
};

const name = process.argv[2] ?? "";
const side = Object.hasOwn(sides, name) ? sides[/** @type {keyof typeof sides} */ (name)] : undefined;
if (side === undefined) throw new Error(`expected one of ${Object.keys(sides).join(", ")}, got "${name}"`);
const token = await side();

/** @param {number} milliseconds */
async function perSecond(milliseconds) {
  const started = performance.now();
  let made = 0;
  let elapsed = 0;
  do {
    for (let i = 0; i < 100; i += 1) {
      const result = token();
      if (typeof result !== "string") await result;
    }
    made += 100;
    elapsed = performance.now() - started;
  } while (elapsed < milliseconds);
  return (made / elapsed) * 1000;
}

await perSecond(MILLISECONDS / 4);
console.log((await perSecond(MILLISECONDS)).toFixed(1));
