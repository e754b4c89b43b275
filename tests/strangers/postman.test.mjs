// UTMStack's own Postman collection, unmodified but for address and login, on a server that does what the vendor's
// documentation says.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import newman from "newman";
import { needed, startDemo } from "./demo.mjs";

/** Sets the login in place of the collection's placeholder. @param {any} collection */
function withLogin(collection) {
  const text = JSON.stringify(collection);
  const placeholders = ['\\"username\\": \\"demo\\"', '\\"password\\": \\"your_password\\"'];
  for (const placeholder of placeholders) {
    assert.ok(text.includes(placeholder), `the collection no longer logs in with ${placeholder}`);
  }
  return JSON.parse(
    text
      .replace(placeholders[0], '\\"username\\": \\"admin\\"')
      .replace(placeholders[1], '\\"password\\": \\"triagekit-demo\\"'),
  );
}

/** @param {object} options @returns {Promise<import("newman").NewmanRunSummary>} */
function runCollection(options) {
  return new Promise((resolve, reject) => {
    newman.run(options, (error, summary) => (error ? reject(error) : resolve(summary)));
  });
}

test("the vendor's Postman collection is green", async (t) => {
  const path = needed("TRIAGEKIT_POSTMAN_COLLECTION", "UTMStack's Postman collection");
  const collection = withLogin(JSON.parse(await readFile(path, "utf8")));
  const demo = await startDemo(["--utmstack", "documented"]);
  t.after(() => demo.stop());
  const summary = await runCollection({
    collection,
    environment: { values: [{ key: "baseUrl", value: demo.url, enabled: true }] },
    reporters: [],
  });
  for (const { item, response, requestError, assertions = [] } of summary.run.executions) {
    await t.test(item.name, () => {
      assert.ifError(requestError);
      assert.ok(response.code < 400, `status ${response.code}: ${response.text().slice(0, 300)}`);
      for (const { assertion, error } of assertions) {
        assert.equal(error, undefined, `${assertion}: ${error?.message}`);
      }
    });
  }
  assert.deepEqual(summary.run.failures.map((failure) => failure.error.message), []);
  assert.ok(summary.run.stats.assertions.total >= 15, "the collection asserts what it always has");
});
