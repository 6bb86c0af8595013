import { key, normals } from "@nearfar/random";

/**
 * Row i of as many made vectors of 256 as are wanted, no two alike below 16,777,216: the sum of two of 4,096 Gaussian ones.
 *
 * Numbers of their own for each would take longer to draw than to index.
 */
export function madeVector(i: number): Float32Array {
  const [a, b] = [(i % COUNT) * WIDTH, (Math.floor(i / COUNT) % COUNT) * WIDTH];
  const vector = new Float32Array(WIDTH);
  for (let k = 0; k < WIDTH; k++) vector[k] = first[a + k]! + second[b + k]!;
  return vector;
}

const [COUNT, WIDTH] = [4096, 256];
const first = normals(key(1), COUNT * WIDTH);
const second = normals(key(2), COUNT * WIDTH);
