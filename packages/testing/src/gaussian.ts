import { key, normals } from "@nearfar/random";
import type { Vectors } from "@nearfar/formats";

/** Rows from N(0, 1), by a seed. */
export function gaussian(seed: number, rows: number, dimensions: number): Vectors {
  return { rows, dimensions, data: normals(key(seed), rows * dimensions) };
}
