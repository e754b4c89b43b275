/** The module, compressed with gzip, in base64. Generated (scripts/assemble.mjs). */
export const inlined: string;
/** How many bytes it is when inflated. */
export const size: number;
