/** The ArrayBuffers under a value that may be moved to another thread: reached through arrays and plain objects, not shared, not Node's own. */
export function transferables(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  const seen = new Set<unknown>();
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null || seen.has(part)) return;
    seen.add(part);
    if (part instanceof ArrayBuffer) found.add(part);
    else if (ArrayBuffer.isView(part)) {
      // A Buffer may be a slice of the pool that Node shares among all small Buffers.
      if (part.buffer instanceof ArrayBuffer && !Buffer.isBuffer(part)) found.add(part.buffer);
    } else if (Array.isArray(part)) part.forEach(visit);
    else if (Object.getPrototypeOf(part) === Object.prototype) Object.values(part).forEach(visit);
  };
  visit(value);
  return [...found];
}
