import assert from "node:assert/strict";
import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { USER, startDemo } from "./support/demo.mjs";
import { root } from "./support/package.mjs";
import { run } from "./support/program.mjs";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** @type {import("./support/demo.mjs").Demo} */
let demo;
/** @type {string} A folder of a user, below the one in which the package is installed. */
let folder;

before(async () => {
  demo = await startDemo({ alerts: 200 });
  folder = await mkdtemp(join(root, "user-"));
});
after(async () => {
  await demo.stop();
  await rm(folder, { recursive: true, force: true });
});

/**
 * The blocks of JavaScript in a document that import the package.
 *
 * @param {string} name
 */
async function programsOf(name) {
  const text = await readFile(join(REPOSITORY, name), "utf8");
  const blocks = [...text.matchAll(/^```js\n(.*?)^```$/gmsu)].map(([, block]) => block ?? "");
  return blocks.filter((block) => block.includes('from "triagekit"'));
}

/**
 * Runs what a user copies, with the places of this test in place of those of the demo that `cargo xtask demo` starts.
 *
 * @param {string} program
 */
async function runCopied(program) {
  const here = join(folder, "copied");
  await mkdir(join(here, "target/demo"), { recursive: true });
  await writeFile(join(here, "target/demo/uptycs-key.json"), demo.keyText);
  await writeFile(join(here, "copied.mjs"), program.replaceAll("http://127.0.0.1:7700", demo.url));
  return run(["copied.mjs"], { cwd: here });
}

test("the lines for Node in README, copied into a file, print alerts of both vendors", async () => {
  const [program, ...others] = await programsOf("README.md");
  assert.ok(program !== undefined, "README.md has no block of JavaScript that imports triagekit");
  assert.deepEqual(others, []);
  const { code, stdout, stderr } = await runCopied(program);
  assert.deepEqual([code, stderr], [0, ""]);
  const ids = { uptycs: await newest("uptycs"), utmstack: await newest("utmstack") };
  assert.match(stdout, /Uptycs/u);
  assert.match(stdout, /UTMStack/u);
  assert.ok(stdout.includes(ids.uptycs), `${ids.uptycs} is not in ${stdout}`);
  assert.ok(stdout.includes(ids.utmstack), `${ids.utmstack} is not in ${stdout}`);
});

test("every program in the package's own README runs", async () => {
  const programs = await programsOf("npm/README.md");
  assert.ok(programs.length >= 3, `only ${programs.length} programs`);
  for (const program of programs) {
    const { code, stdout, stderr } = await runCopied(program);
    assert.deepEqual([code, stderr], [0, ""], program);
    assert.notEqual(stdout, "", program);
  }
});

test("every example runs", async () => {
  const names = (await readdir(join(REPOSITORY, "examples"))).filter((name) => name.endsWith(".mjs"));
  assert.ok(names.includes("node-list.mjs"));
  for (const name of names) {
    await writeFile(join(folder, name), await readFile(join(REPOSITORY, "examples", name)));
    const env = {
      UPTYCS_KEY_FILE: demo.keyPath,
      UTMSTACK_URL: demo.url,
      UTMSTACK_USERNAME: USER.username,
      UTMSTACK_PASSWORD: USER.password,
    };
    const { code, stdout, stderr } = await run([name], { cwd: folder, env });
    assert.deepEqual([code, stderr], [0, ""], name);
    assert.match(stdout, /^uptycs /mu);
    assert.match(stdout, /^utmstack /mu);
  }
});

/**
 * A text that every print of a list's first row has: its instant.
 *
 * @param {"uptycs" | "utmstack"} vendor
 */
async function newest(vendor) {
  if (vendor === "uptycs") {
    const [alert] = (await demo.uptycs().alerts.list({ limit: 1 })).items;
    return String(alert?.createdAt);
  }
  const [alert] = (await demo.utmstack().alerts.list({ limit: 1 })).items;
  return String(alert?.["@timestamp"]);
}
