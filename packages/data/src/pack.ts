/** Joins byte arrays into one shared buffer, `offsets` `[n + 1]` saying where each begins; empties `parts` as it goes. */
export function pack(parts: Uint8Array[]): { buffer: SharedArrayBuffer; offsets: Float64Array } {
  const offsets = new Float64Array(parts.length + 1);
  for (const [i, part] of parts.entries()) offsets[i + 1] = offsets[i]! + part.length;
  const buffer = new SharedArrayBuffer(offsets[parts.length]!);
  const all = new Uint8Array(buffer);
  for (const [i, part] of parts.entries()) {
    all.set(part, offsets[i]!);
    // Freed as it is copied: an archive is not held twice in memory.
    parts[i] = EMPTY;
  }
  return { buffer, offsets };
}

const EMPTY = new Uint8Array(0);
