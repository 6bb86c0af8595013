import { threefry2x32 } from "./threefry2x32.ts";

/**
 * A key names a stream of random numbers; it is split and folded, never advanced, so that numbers depend on names and not on order.
 *
 * `key(0).fold("encoder").fold(3)` is the same 64 bits in every thread, process and machine. The design is JAX's
 * (jax.random: "Pseudorandom numbers"), on Threefry-2x32.
 */
export interface Key {
  /** The two 32-bit words, unsigned. */
  readonly words: readonly [number, number];
  /** The key of a name or a number below this one: `fold("crop")`, `fold(step)`. Numbers are whole, from 0 to 2^53 - 1. */
  fold(name: string | number): Key;
  /** Two 32-bit words for a counter (whole, 0 to 2^53 - 1): what every distribution draws from. */
  bits(counter: number): [number, number];
}

/** The root key of a seed. `seed` is whole, from 0 to 2^53 - 1. Throws RangeError otherwise. */
export function key(seed: number): Key {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`key: a seed is a whole number from 0 to 2^53 - 1; got ${seed}.`);
  return of(Math.floor(seed / TWO32), seed >>> 0);
}

const TWO32 = 4294967296;

function of(word0: number, word1: number): Key {
  return {
    words: [word0, word1],
    fold(name) {
      // Numbers, strings and draws live in separate domains of the counter, so that fold(0), fold("0") and bits(0) never meet.
      if (typeof name === "string") return of(...foldString(word0, word1, name));
      if (!Number.isSafeInteger(name) || name < 0)
        throw new RangeError(`Key.fold: a number is whole, from 0 to 2^53 - 1; got ${name}.`);
      return of(...threefry2x32(word0, word1, (Math.floor(name / TWO32) | NUMBERS) >>> 0, name >>> 0));
    },
    bits: (counter) => threefry2x32(word0, word1, Math.floor(counter / TWO32) & 0x1fffff, counter >>> 0),
  };
}

const NUMBERS = 0x40000000;
const STRINGS = 0x80000000;

function foldString(word0: number, word1: number, name: string): [number, number] {
  let words: [number, number] = threefry2x32(word0, word1, STRINGS, name.length);
  for (let i = 0; i < name.length; i += 2)
    words = threefry2x32(words[0], words[1], STRINGS, (name.charCodeAt(i) << 16) | (name.charCodeAt(i + 1) || 0));
  return words;
}
