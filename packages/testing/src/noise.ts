/**
 * `size` numbers uniform in [-1, 1) that a name gives, by a formula short enough to be repeated in a golden script's language.
 *
 * The index, moved by a hash of the name, goes through the finalizer of MurmurHash3 (32 bits). In Python with numpy:
 * `packages/methods/test/golden/make.py`.
 */
export function noise(name: string, size: number): Float64Array {
  let seed = 0;
  for (let i = 0; i < name.length; i++) seed = (seed * 31 + name.charCodeAt(i)) % 2 ** 32;
  return Float64Array.from({ length: size }, (_, i) => {
    let x = (i + seed) >>> 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return ((x ^ (x >>> 16)) >>> 0) / 2 ** 31 - 1;
  });
}
