import { uniforms, type Key } from "@nearfar/random";

/** Numbers uniform in [0, 1), one at each call: for a library that wants a generator. */
export function seededNumbers(key: Key): () => number {
  let block: Float32Array = new Float32Array();
  let blocks = 0;
  let at = 0;
  return () => {
    if (at === block.length) {
      block = uniforms(key.fold(blocks++), BLOCK);
      at = 0;
    }
    return block[at++]!;
  };
}

const BLOCK = 4096;
