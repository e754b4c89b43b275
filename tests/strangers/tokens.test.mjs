// Tokens that other libraries made: good ones pass, bad ones do not.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SignJWT, UnsecuredJWT } from "jose";
import jsonwebtoken from "jsonwebtoken";
import { needed, startDemo } from "./demo.mjs";
import { run } from "./run.mjs";

/** @type {Awaited<ReturnType<typeof startDemo>>} */
let demo;
before(async () => (demo = await startDemo()));
after(() => demo?.stop());

const inAMinute = () => Math.floor(Date.now() / 1000) + 60;

/** The status of a request with a token, and why it was refused. @param {string} token */
async function ask(token) {
  const url = `${demo.url}/public/api/customers/${demo.key.customerId}/alerts?limit=1`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const body = await response.json();
  return { status: response.status, detail: body.error?.message?.detail };
}

/** What PyJWT encodes. @param {object} claims @param {{ secret?: string, algorithm?: string }} [how] */
async function pyjwt(claims, { secret = demo.key.secret, algorithm = "HS256" } = {}) {
  const program = "import json, sys, jwt; a = json.load(sys.stdin); print(jwt.encode(*a[:2], algorithm=a[2]))";
  const { code, out, err } = await run(needed("TRIAGEKIT_PYTHON", "a Python with PyJWT"), ["-W", "ignore", "-c", program], {
    input: JSON.stringify([claims, secret, algorithm]),
  });
  assert.equal(code, 0, err);
  return out.trim();
}

/** What jose signs. @param {object} claims @param {{ secret?: string, algorithm?: string }} [how] */
function jose(claims, { secret = demo.key.secret, algorithm = "HS256" } = {}) {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: algorithm }).sign(new TextEncoder().encode(secret));
}

/** What jsonwebtoken signs. @param {object} claims @param {{ secret?: string, algorithm?: any }} [how] */
async function node(claims, { secret = demo.key.secret, algorithm = "HS256" } = {}) {
  return jsonwebtoken.sign(claims, secret, { algorithm, noTimestamp: true });
}

for (const [name, sign] of Object.entries({ PyJWT: pyjwt, jose, jsonwebtoken: node })) {
  test(`a token of ${name} is accepted`, async () => {
    const now = inAMinute() - 60;
    for (const claims of [{ exp: inAMinute() }, { exp: inAMinute(), iat: now }, { exp: inAMinute() + 0.25 }]) {
      assert.equal((await ask(await sign({ iss: demo.key.key, ...claims }))).status, 200, JSON.stringify(claims));
    }
  });

  test(`a token of ${name} that is over is refused`, async () => {
    const { status, detail } = await ask(await sign({ iss: demo.key.key, exp: inAMinute() - 120 }));
    assert.deepEqual({ status, detail }, { status: 401, detail: "jwt expired" });
  });

  test(`a token of ${name} with another secret is refused`, async () => {
    const secret = demo.key.secret.split("").reverse().join("");
    assert.equal((await ask(await sign({ iss: demo.key.key, exp: inAMinute() }, { secret }))).status, 401);
  });

  test(`a token of ${name} with another algorithm is refused, though the secret is right`, async () => {
    for (const algorithm of ["HS384", "HS512"]) {
      assert.equal((await ask(await sign({ iss: demo.key.key, exp: inAMinute() }, { algorithm }))).status, 401, algorithm);
    }
  });

  test(`a token of ${name} without an end or of another issuer is refused`, async () => {
    assert.equal((await ask(await sign({ iss: demo.key.key }))).status, 401);
    assert.equal((await ask(await sign({ iss: "SOMEBODY", exp: inAMinute() }))).status, 401);
  });
}

test("a token without algorithm is refused", async () => {
  const claims = { iss: demo.key.key, exp: inAMinute() };
  const program = "import json, sys, jwt; print(jwt.encode(json.load(sys.stdin), None, algorithm='none'))";
  const python = await run(needed("TRIAGEKIT_PYTHON", "a Python with PyJWT"), ["-c", program], {
    input: JSON.stringify(claims),
  });
  const tokens = [
    new UnsecuredJWT(claims).encode(),
    jsonwebtoken.sign(claims, "", { algorithm: "none", noTimestamp: true }),
    python.out.trim(),
  ];
  for (const token of tokens) {
    assert.match(token, /^[^.]+\.[^.]+\.$/);
    assert.equal((await ask(token)).status, 401, token);
  }
});

test("a token whose claims were changed after it was signed is refused", async () => {
  const [head, , signature] = (await jose({ iss: demo.key.key, exp: inAMinute() })).split(".");
  const claims = Buffer.from(JSON.stringify({ iss: demo.key.key, exp: inAMinute() + 86_400 })).toString("base64url");
  assert.equal((await ask([head, claims, signature].join("."))).status, 401);
});
