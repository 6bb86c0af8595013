/**
 * MPNet's buckets of relative positions, for t tokens: `[t * t]`, row is the query, column the key.
 *
 * Half of the buckets are for keys behind the query; of each half, half are single distances, the others grow by powers up to 128.
 * In float32, as there. Source: transformers `modeling_mpnet.py` `relative_position_bucket` (T5's).
 */
export function relativeBuckets(t: number, buckets: number): Int32Array {
  const half = Math.floor(buckets / 2);
  const single = Math.floor(half / 2);
  const near = (distance: number): number => {
    if (distance < single) return distance;
    const power = f(f(f(Math.log(f(distance / single))) / f(Math.log(128 / single))) * (half - single));
    return Math.min(single + Math.trunc(power), half - 1);
  };
  const all = new Int32Array(t * t);
  for (let query = 0; query < t; query++)
    for (let key = 0; key < t; key++) all[query * t + key] = near(Math.abs(key - query)) + (key > query ? half : 0);
  return all;
}

const f = Math.fround;
