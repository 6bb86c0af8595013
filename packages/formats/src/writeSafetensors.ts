import type { NamedArray } from "./namedArray.ts";
import { safetensorsParts } from "./safetensorsParts.ts";

/**
 * The bytes of a safetensors file with these tensors, equal to the reference implementation's: largest element type
 * first, then by name, the header padded with blanks to a multiple of 8 bytes.
 * Throws if an array's data does not fit its shape or type.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, NamedArray>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const parts = safetensorsParts(tensors, metadata);
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
