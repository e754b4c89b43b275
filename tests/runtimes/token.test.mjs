import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Uptycs } from "./support/package.mjs";
import { rejection } from "./support/rejection.mjs";

const KEY = { key: "KEY0123456789", secret: "a+secret/that=looks like base64 and is not, ünïcode", customerId: "c-1", domain: "acme" };

/** @param {string | undefined} part */
function json(part) {
  return JSON.parse(Buffer.from(part ?? "", "base64url").toString("utf8"));
}

test("a token is made at once and verifies with node:crypto", () => {
  const before = Math.floor(Date.now() / 1000);
  const token = new Uptycs(KEY).token({ ttl: 300 });
  const [header, claims, signature, ...rest] = token.split(".");
  assert.deepEqual(rest, []);
  assert.equal(createHmac("sha256", KEY.secret).update(`${header}.${claims}`).digest("base64url"), signature);
  assert.deepEqual(json(header), { alg: "HS256", typ: "JWT" });
  const { iss, iat, exp, ...others } = json(claims);
  assert.deepEqual(others, {});
  assert.equal(iss, KEY.key);
  assert.ok(iat >= before && iat <= before + 5);
  assert.equal(exp, iat + 300);
});

test("a token verifies with jose", async () => {
  const path = createRequire(new URL("../package.json", import.meta.url)).resolve("jose");
  /** @type {typeof import("jose")} */
  const jose = await import(pathToFileURL(path).href);
  const token = new Uptycs(JSON.stringify(KEY)).token({ ttl: 60 });
  const options = { algorithms: ["HS256"], issuer: KEY.key, maxTokenAge: "60 s", requiredClaims: ["exp", "iat", "iss"] };
  const { payload } = await jose.jwtVerify(token, new TextEncoder().encode(KEY.secret), options);
  assert.equal(payload.iss, KEY.key);
  await assert.rejects(jose.jwtVerify(token, new TextEncoder().encode("another secret"), options));
});

test("a key as it is typed makes the same tokens as the file", () => {
  const typed = new Uptycs({ key: `${KEY.key}#${KEY.secret}`, domain: "acme.uptycs.io", customerId: KEY.customerId });
  const [, claims, signature] = typed.token().split(".");
  const header = typed.token().split(".")[0];
  assert.equal(createHmac("sha256", KEY.secret).update(`${header}.${claims}`).digest("base64url"), signature);
  assert.equal(json(claims).exp - json(claims).iat, 300);
});

test("ten thousand tokens are made without waiting, all different from second to second only", () => {
  const uptycs = new Uptycs(KEY);
  const tokens = new Set(Array.from({ length: 10_000 }, () => uptycs.token()));
  assert.ok(tokens.size < 100);
});

for (const ttl of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5m"]) {
  test(`a time to live of ${ttl} is refused`, async () => {
    // @ts-expect-error: text is not what it takes
    const error = await rejection(() => new Uptycs(KEY).token({ ttl }));
    assert.equal(error.code, "invalid_argument");
    assert.match(error.message, /ttl/u);
  });
}
