import { key } from "@nearfar/random";
import fc from "fast-check";

/** Any key, and lists of token ids. */
export const keys = fc.nat().map((seed) => key(seed));
export const tokens = (minLength = 0) =>
  fc.array(fc.nat({ max: 30_000 }), { minLength, maxLength: 40 }).map((ids) => Int32Array.from(ids));
