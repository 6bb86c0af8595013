import { startWorker, type Vectors } from "@nearfar/formats";
import { key, permutation } from "@nearfar/random";
import type { MapWorker } from "./mapWorker.ts";

/** Where pictures lie on the map: picture `ids[i]` at `x[i]`, `y[i]`, in [-1, 1]. */
export interface PictureMap {
  readonly ids: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * The map of pictures by their vectors, `[n, d]`: made once, when it is first asked for, in a thread of its own, the same every time.
 *
 * Above 20,000 pictures, that many of them, drawn evenly, are on it.
 */
export function pictureMap(vectors: Vectors, { seed = 0, most = 20_000 } = {}): () => Promise<PictureMap> {
  let made: Promise<PictureMap> | undefined;
  return () => {
    made ??= make(vectors, seed, most).catch((error: unknown) => {
      made = undefined; // the next one who asks may have more luck
      throw error;
    });
    return made;
  };
}

async function make({ rows, dimensions, data }: Vectors, seed: number, most: number): Promise<PictureMap> {
  const ids = Array.from({ length: rows }, (_, id) => id);
  const shown =
    rows <= most ? ids : [...permutation(key(seed).fold("shown"), rows)].slice(0, most).sort((a, b) => a - b);
  const part = new Float32Array(shown.length * dimensions);
  shown.forEach((id, at) => part.set(data.subarray(id * dimensions, (id + 1) * dimensions), at * dimensions));
  const positions = await inThread({ seed, vectors: { rows: shown.length, dimensions, data: part } });
  const along = (axis: number) => shown.map((_, at) => Math.round(1e4 * positions[2 * at + axis]!) / 1e4);
  return { ids: shown, x: along(0), y: along(1) };
}

/** The thread does not keep the process alive: a server that stops does not wait for a map. */
function inThread(data: MapWorker["data"]): Promise<MapWorker["answer"]> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(new URL("./mapWorker.ts", import.meta.url), {
      workerData: data,
      transferList: [data.vectors.data.buffer as ArrayBuffer],
    });
    worker.once("online", () => worker.unref());
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("pictureMap: the thread ended without a map.")));
  });
}
