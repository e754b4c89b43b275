// Puts the package together: what is written by hand, the generated glue, and the module, as a file and inlined.
//
//   node npm/scripts/assemble.mjs --bindgen target/npm/bindgen --out target/npm/package

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync, constants } from "node:zlib";

const { values } = parseArgs({ options: { bindgen: { type: "string" }, out: { type: "string" } } });
if (values.bindgen === undefined || values.out === undefined) {
  throw new Error("usage: node npm/scripts/assemble.mjs --bindgen DIR --out DIR");
}
const source = dirname(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname));
const root = dirname(source);
const bindgen = resolve(values.bindgen);
const out = resolve(values.out);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const name of ["package.json", "README.md", "js", "types"]) {
  cpSync(join(source, name), join(out, name), { recursive: true, filter: (file) => !/\/js\/.*\.d\.(wasm\.)?ts$/u.test(file) });
}
for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"]) {
  cpSync(join(root, name), join(out, name));
}

const module = readFileSync(join(bindgen, "triagekit_bg.wasm"));
const packed = gzipSync(module, { level: constants.Z_BEST_COMPRESSION });
writeFileSync(join(out, "js/wasm/triagekit.wasm"), module);
writeFileSync(
  join(out, "js/wasm/inlined.js"),
  `// triagekit.wasm, compressed with gzip, in base64: a file beside the code is lost by too many bundlers.\n` +
    `export const inlined =\n  "${packed.toString("base64")}";\nexport const size = ${module.length};\n`,
);
cpSync(join(bindgen, "triagekit.js"), join(out, "js/wasm/glue.js"));
