import { gaussian } from "@nearfar/testing";
import type { Vectors } from "@nearfar/formats";

/**
 * Vectors spread as those of sentences are: about 200 topics, of which some are common, directions of which some count more, and a part of
 * each row that is its own.
 */
export function sentenceLike(seed: number, rows: number, dimensions: number): Vectors {
  const topics = gaussian(1, 200, dimensions).data; // the same for every seed
  const chosen = gaussian(seed + 1000, rows, 1).data.map((value) => Math.min(199, Math.floor(70 * Math.abs(value))));
  const data = gaussian(seed, rows, dimensions).data.map((own, at) => {
    const direction = at % dimensions;
    const topic = topics[chosen[Math.floor(at / dimensions)]! * dimensions + direction]!;
    return (1 + direction) ** -0.25 * (topic + own);
  });
  return { rows, dimensions, data };
}
