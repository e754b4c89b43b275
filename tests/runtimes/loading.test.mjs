import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root } from "./support/package.mjs";
import { run } from "./support/program.mjs";

const PROGRAM = `
  import { Uptycs } from "triagekit";
  const key = { key: "K", secret: "s", customerId: "c", domain: "acme" };
  console.log(new Uptycs(key).token().split(".").length, import.meta.resolve("triagekit"));
`;

/** @type {string} */
let folder;

before(async () => {
  folder = await mkdtemp(join(root, "user-"));
  await writeFile(join(folder, "program.mjs"), PROGRAM);
});
after(() => rm(folder, { recursive: true, force: true }));

for (const [condition, file] of [["node", "node.js"], ["browser", "default.js"], ["deno", "node.js"]]) {
  test(`under the condition "${condition}" the package loads by itself from ${file}`, async () => {
    const given = condition === "node" ? [] : ["--conditions", String(condition)];
    const { code, stdout, stderr } = await run([...given, "program.mjs"], { cwd: folder });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, new RegExp(`^3 file:.*/js/entry/${file}\\n$`, "u"));
  });
}

test("a new client costs no WebAssembly that an import alone would not", async () => {
  const program = `
    let made = 0;
    const Module = WebAssembly.Module;
    WebAssembly.Module = class extends Module { constructor(...given) { super(...given); made += 1; } };
    const { Uptycs } = await import("triagekit");
    const before = made;
    new Uptycs({ key: "K", secret: "s", customerId: "c", domain: "acme" });
    new Uptycs({ key: "K", secret: "s", customerId: "c", domain: "acme" });
    console.log(before, made);
  `;
  await writeFile(join(folder, "lazy.mjs"), program);
  const { stdout, stderr } = await run(["lazy.mjs"], { cwd: folder });
  assert.deepEqual([stdout, stderr], ["0 1\n", ""]);
});

test("the module is in the package as a file too, and Node compiles it", async () => {
  const path = createRequire(join(root, "package.json")).resolve("triagekit/wasm");
  assert.ok(WebAssembly.validate(await readFile(path)));
});

test("the package has no dependencies and runs no scripts", async () => {
  const folderOf = join(root, "node_modules/triagekit");
  const manifest = JSON.parse(await readFile(join(folderOf, "package.json"), "utf8"));
  assert.deepEqual([manifest.dependencies, manifest.scripts], [undefined, undefined]);
});
