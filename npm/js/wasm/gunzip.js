// What DEFLATE (RFC 1951) needs to be read at once: `DecompressionStream` is asynchronous, and absent in some runtimes.

/** For each length symbol: the shortest length, and how many further bits. */
const LENGTHS = table(29, 3, (symbol) => (symbol < 8 || symbol === 28 ? 0 : (symbol >> 2) - 1), 28);
/** For each distance symbol: the shortest distance, and how many further bits. */
const DISTANCES = table(30, 1, (symbol) => (symbol < 4 ? 0 : (symbol >> 1) - 1));
/** The order in which the lengths of the code for code lengths are written. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * @typedef {{ counts: Uint16Array, symbols: Uint16Array }} Code a canonical Huffman code
 * @typedef {{ bytes: Uint8Array, at: number, bits: number, held: number }} Reader
 */

/**
 * Unpacks what gzip made of our own module: one member, without a name, checked when it was built.
 *
 * @param {Uint8Array} packed
 * @param {number} size how many bytes come out
 */
export function gunzip(packed, size) {
  const out = new Uint8Array(size);
  /** @type {Reader} */
  const reader = { bytes: packed, at: 10, bits: 0, held: 0 };
  let filled = 0;
  for (let isLast = false; !isLast; ) {
    isLast = take(reader, 1) === 1;
    const kind = take(reader, 2);
    if (kind === 0) {
      filled = copyStored(reader, out, filled);
    } else {
      const [literals, distances] = kind === 1 ? fixedCodes() : readCodes(reader);
      filled = inflateBlock(reader, out, filled, literals, distances);
    }
  }
  if (filled !== size) {
    throw new Error(`the inlined module unpacks to ${filled} bytes instead of ${size}`);
  }
  return out;
}

/**
 * @param {Reader} reader
 * @param {number} count
 */
function take(reader, count) {
  while (reader.held < count) {
    reader.bits |= /** @type {number} */ (reader.bytes[reader.at]) << reader.held;
    reader.at += 1;
    reader.held += 8;
  }
  const value = reader.bits & ((1 << count) - 1);
  reader.bits >>>= count;
  reader.held -= count;
  return value;
}

/**
 * @param {Reader} reader
 * @param {Uint8Array} out
 * @param {number} filled
 */
function copyStored(reader, out, filled) {
  const start = reader.at - (reader.held >> 3);
  const { bytes } = reader;
  const length = /** @type {number} */ (bytes[start]) | (/** @type {number} */ (bytes[start + 1]) << 8);
  out.set(bytes.subarray(start + 4, start + 4 + length), filled);
  reader.at = start + 4 + length;
  reader.bits = 0;
  reader.held = 0;
  return filled + length;
}

/**
 * @param {Reader} reader
 * @param {Uint8Array} out
 * @param {number} filled
 * @param {Code} literals
 * @param {Code} distances
 */
function inflateBlock(reader, out, filled, literals, distances) {
  let at = filled;
  for (;;) {
    const symbol = decode(reader, literals);
    if (symbol === 256) {
      return at;
    }
    if (symbol < 256) {
      out[at] = symbol;
      at += 1;
      continue;
    }
    const length = extended(reader, LENGTHS, symbol - 257);
    const distance = extended(reader, DISTANCES, decode(reader, distances));
    for (const end = at + length; at < end; at += 1) {
      out[at] = /** @type {number} */ (out[at - distance]);
    }
  }
}

/**
 * @param {Reader} reader
 * @param {{ least: number, further: number }[]} symbols
 * @param {number} symbol
 */
function extended(reader, symbols, symbol) {
  const entry = symbols[symbol];
  if (entry === undefined) {
    throw new Error("the inlined module is damaged");
  }
  return entry.least + take(reader, entry.further);
}

/**
 * Reads one symbol, a bit at a time: codes of one length are consecutive numbers.
 *
 * @param {Reader} reader
 * @param {Code} code
 */
function decode(reader, { counts, symbols }) {
  let value = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length < 16; length += 1) {
    value |= take(reader, 1);
    const count = /** @type {number} */ (counts[length]);
    if (value - first < count) {
      return /** @type {number} */ (symbols[index + value - first]);
    }
    index += count;
    first = (first + count) << 1;
    value <<= 1;
  }
  throw new Error("the inlined module is damaged");
}

/**
 * @param {Reader} reader
 * @returns {[Code, Code]}
 */
function readCodes(reader) {
  const literals = take(reader, 5) + 257;
  const distances = take(reader, 5) + 1;
  const count = take(reader, 4) + 4;
  const short = new Uint8Array(19);
  for (const symbol of ORDER.slice(0, count)) {
    short[symbol] = take(reader, 3);
  }
  const code = codeOf(short);
  const lengths = new Uint8Array(literals + distances);
  for (let at = 0; at < lengths.length; ) {
    const symbol = decode(reader, code);
    if (symbol < 16) {
      lengths[at] = symbol;
      at += 1;
      continue;
    }
    const repeated = symbol === 16 ? /** @type {number} */ (lengths[at - 1]) : 0;
    const times = symbol === 16 ? 3 + take(reader, 2) : symbol === 17 ? 3 + take(reader, 3) : 11 + take(reader, 7);
    lengths.fill(repeated, at, at + times);
    at += times;
  }
  return [codeOf(lengths.subarray(0, literals)), codeOf(lengths.subarray(literals))];
}

/** @returns {[Code, Code]} */
function fixedCodes() {
  const literals = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280);
  return [codeOf(literals), codeOf(new Uint8Array(30).fill(5))];
}

/**
 * The code in which each symbol has the given length.
 *
 * @param {Uint8Array} lengths
 * @returns {Code}
 */
function codeOf(lengths) {
  const counts = new Uint16Array(16);
  for (const length of lengths) {
    counts[length] = /** @type {number} */ (counts[length]) + 1;
  }
  counts[0] = 0;
  const next = new Uint16Array(16);
  for (let length = 1; length < 16; length += 1) {
    next[length] = /** @type {number} */ (next[length - 1]) + /** @type {number} */ (counts[length - 1]);
  }
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length > 0) {
      const at = /** @type {number} */ (next[length]);
      symbols[at] = symbol;
      next[length] = at + 1;
    }
  });
  return { counts, symbols };
}

/**
 * The ranges that symbols stand for: each begins where the one before ends.
 *
 * @param {number} count
 * @param {number} start
 * @param {(symbol: number) => number} furtherOf
 * @param {number} [last] a symbol that stands for the greatest length alone
 */
function table(count, start, furtherOf, last) {
  let least = start;
  return Array.from({ length: count }, (_, symbol) => {
    const further = furtherOf(symbol);
    const entry = { least: symbol === last ? least - 1 : least, further };
    least += 1 << further;
    return entry;
  });
}
