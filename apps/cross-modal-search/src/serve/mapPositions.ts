import type { Vectors } from "@nearfar/formats";
import { permutation, type Key } from "@nearfar/random";
import { UMAP } from "umap-js";
import { principalComponents } from "./principalComponents.ts";
import { seededNumbers } from "./seededNumbers.ts";

export interface MapPositionsOptions {
  /** Rows that UMAP places; the others lie among those that they are nearest to. */
  readonly landmarks?: number;
}

/**
 * Rows on a plane, the like near each other: `[n, d] -> [n, 2]`, in [-1, 1], the same for the same key.
 *
 * At most 32 principal components, then UMAP (McInnes et al. 2018) with the exact 15 nearest rows of up to `landmarks` rows; each other row
 * lies at the mean of the three landmarks nearest to it, weighted by 1 / distance. Fewer than 20 rows are placed by two principal components alone.
 */
export function mapPositions(
  key: Key,
  vectors: Vectors,
  { landmarks = 2_000 }: MapPositionsOptions = {},
): Float32Array {
  const { rows, dimensions } = vectors;
  if (rows < FEWEST) return fitted(principalComponents(key.fold("components"), vectors, 2).data);
  const parts = principalComponents(key.fold("components"), vectors, Math.min(32, dimensions));
  const row = (i: number) => parts.data.subarray(i * parts.dimensions, (i + 1) * parts.dimensions);
  const chosen =
    rows <= landmarks
      ? Array.from({ length: rows }, (_, i) => i)
      : [...permutation(key.fold("landmarks"), rows)].slice(0, landmarks);
  const places = chosen.map(row);
  const near = places.map((place) => nearestOf(place, places, NEIGHBOURS));
  const umap = new UMAP({
    nNeighbors: NEIGHBOURS,
    minDist: 0.15,
    nEpochs: 300,
    random: seededNumbers(key.fold("umap")),
  });
  umap.setPrecomputedKNN(
    near.map((list) => list.map(({ index }) => index)),
    near.map((list) => list.map(({ distance }) => distance)),
  );
  const layout = umap.fit(places.map((place) => [...place])); // [landmarks, 2]
  const positions = new Float32Array(2 * rows);
  const placed = new Set(chosen);
  chosen.forEach((i, at) => positions.set(layout[at]!, 2 * i));
  for (let i = 0; i < rows; i++) if (!placed.has(i)) positions.set(among(nearestOf(row(i), places, 3), layout), 2 * i);
  // Turned so that the map is wider than high, as screens are.
  return fitted(principalComponents(key.fold("turned"), { rows, dimensions: 2, data: positions }, 2).data);
}

const FEWEST = 20;
const NEIGHBOURS = 15;

interface Near {
  readonly index: number;
  readonly distance: number;
}

/** The k places nearest to one, nearest first; of equal ones, those that stand first. */
function nearestOf(place: Float32Array, places: readonly Float32Array[], k: number): Near[] {
  const best: Near[] = [];
  places.forEach((other, index) => {
    let sum = 0;
    for (let j = 0; j < place.length; j++) sum += (place[j]! - other[j]!) ** 2;
    if (best.length === k && sum >= best[k - 1]!.distance) return;
    let at = best.length;
    while (at > 0 && best[at - 1]!.distance > sum) at--;
    best.splice(at, 0, { index, distance: sum });
    best.length = Math.min(best.length, k);
  });
  return best.map(({ index, distance }) => ({ index, distance: Math.sqrt(distance) }));
}

function among(near: readonly Near[], layout: readonly number[][]): [number, number] {
  let [x, y, total] = [0, 0, 0];
  for (const { index, distance } of near) {
    const weight = 1 / (distance + 1e-6);
    x += weight * layout[index]![0]!;
    y += weight * layout[index]![1]!;
    total += weight;
  }
  return [x / total, y / total];
}

/** Moved and scaled alike along both axes into [-1, 1]. */
function fitted(positions: Float32Array): Float32Array {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  positions.forEach((value, i) => {
    low[i % 2] = Math.min(low[i % 2]!, value);
    high[i % 2] = Math.max(high[i % 2]!, value);
  });
  const half = Math.max(high[0]! - low[0]!, high[1]! - low[1]!) / 2 || 1;
  return positions.map((value, i) => (value - (low[i % 2]! + high[i % 2]!) / 2) / half);
}
