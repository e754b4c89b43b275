import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A folder in which the packed tarball is installed. */
export const root = needed("TRIAGEKIT_PACKAGE_ROOT", "a folder with node_modules/triagekit");

/** The file of the package that `import "triagekit"` means there. */
export const entry = createRequire(join(root, "package.json")).resolve("triagekit");

/** @type {typeof import("../../../npm/types/index.js")} */
const triagekit = await import(pathToFileURL(entry).href);
export const { TriagekitError, Uptycs, UTMStack } = triagekit;

/**
 * @param {string} name
 * @param {string} expected
 */
export function needed(name, expected) {
  const value = process.env[name];
  if (value === undefined || value === "") {
    throw new Error(`the environment has no ${name}, where ${expected} is expected; cargo xtask test npm sets it`);
  }
  return value;
}
