/** Spreads repetitions in time; it needs no cryptographic quality. */
export function entropy() {
  return Math.floor(Math.random() * 0x1_0000_0000);
}
