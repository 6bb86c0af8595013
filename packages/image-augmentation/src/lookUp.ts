/** Writes `table[source[i]]` to `target[i]`, every byte of a picture through one table of 256 entries. */
export function lookUp(table: Uint8Array, source: Uint8Array, target: Uint8Array): void {
  for (let i = 0; i < source.length; i++) target[i] = table[source[i]!]!;
}
