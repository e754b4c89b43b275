// Prints how large a file is as it is, gzipped and under brotli, as JSON.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("expected the path of a file");
const bytes = readFileSync(path);
const brotli = brotliCompressSync(bytes, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  },
});
const gzip = gzipSync(bytes, { level: 9 });
console.log(JSON.stringify({ raw: bytes.length, gzip: gzip.length, brotli: brotli.length }));
