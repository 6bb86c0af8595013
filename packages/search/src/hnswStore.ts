import { UserError } from "@nearfar/formats";
import { bestOf, type Candidate } from "./bestOf.ts";
import { checkStoreQuery } from "./checkStoreQuery.ts";
import { cosine } from "./cosine.ts";
import { hnswFolder, type GraphRow } from "./hnswFolder.ts";
import { oneAtATime } from "./oneAtATime.ts";
import { optionalPeer } from "./optionalPeer.ts";
import { passes } from "./passes.ts";
import { storeHit } from "./storeHit.ts";
import type { IndexFile } from "./openIndex.ts";
import type { Usearch, UsearchGraph } from "./usearch.ts";
import type { StoreRow, VectorStore } from "./vectorStore.ts";
import { writeInParts } from "./writeInParts.ts";

export interface HnswStoreOptions {
  /** Neighbours of a node (twice as many at the lowest level): more find more, in more memory. Kept by the folder. */
  connectivity?: number;
  /** Nodes that adding a row looks at. */
  expansionAdd?: number;
  /** Nodes that a search looks at: more find more, in more time. */
  expansionSearch?: number;
  /** `usearch` as it was imported; otherwise it is imported here. */
  module?: Usearch;
}

/** A store that is on disk after `save`, and after `close`. */
export interface HnswStore extends VectorStore {
  save(): Promise<void>;
}

/**
 * A store of approximate neighbours in a folder: a graph of usearch (https://github.com/unum-cloud/usearch, an optional peer) over vectors
 * in bfloat16, whose best `2 k` have their cosines computed in full from the rows as they were given.
 *
 * Opening checks the graph and maps it without reading its vectors; the first change reads it. With `where`, for which usearch has no
 * predicate here, eight times as many are fetched; where fewer than k of them pass, all rows that pass are compared, exactly. So are all rows
 * where the graph gives fewer than k. Malkov and Yashunin 2018, algorithms 1 and 5: `connectivity` is M, the expansions are ef.
 * UserError where the package is not installed, and for a folder that holds no whole store.
 */
export async function hnswStore(
  folder: string,
  { connectivity: wanted = 32, expansionAdd = 128, expansionSearch = 128, module }: HnswStoreOptions = {},
): Promise<HnswStore> {
  for (const [name, value] of Object.entries({ connectivity: wanted, expansionAdd, expansionSearch }))
    if (!Number.isInteger(value) || value < 2 || value > 1024)
      throw new UserError(`hnswStore: ${name} is a whole number from 2 to 1,024; got ${value}.`);
  const { Index } = module ?? (await optionalPeer<Usearch>("hnswStore", "usearch"));
  const opened = await hnswFolder.open(folder);
  const connectivity = opened?.connectivity ?? wanted;
  const rows = new Map<string, KeptRow>();
  const byKey = new Map<number, KeptRow>();
  const inFile: KeptRow[] = [];
  let file: IndexFile | undefined = opened?.vectors;
  let generation = opened?.generation ?? 0;
  let width = file?.dimensions;
  let graph: UsearchGraph | undefined;
  let viewed = false;
  let changed = false;
  let nextKey = 0;

  const makeGraph = (dimensions: number): UsearchGraph =>
    new Index({
      ...{ dimensions, metric: "cos", quantization: "bf16", connectivity, multi: false },
      ...{ expansion_add: expansionAdd, expansion_search: expansionSearch },
    });
  const put = (row: KeptRow): void => {
    rows.set(row.id, row);
    byKey.set(row.key, row);
    nextKey = Math.max(nextKey, row.key + 1);
  };
  if (opened) {
    opened.rows.forEach((row, place) => {
      inFile.push({ ...row, place });
      put(inFile[place]!);
    });
    graph = makeGraph(opened.vectors.dimensions);
    graph.view(opened.graph);
    viewed = true;
  }

  const vectorOf = async (row: KeptRow): Promise<Float32Array> => row.vector ?? file!.vector(row.place!);
  /** The graph, ready for changes: what is mapped from a file cannot be changed. */
  const forChanges = (dimensions: number): UsearchGraph => {
    graph ??= makeGraph(dimensions);
    if (viewed) graph.load(opened!.graph);
    viewed = false;
    changed = true;
    return graph;
  };
  const take = (ids: readonly string[]): number => {
    const gone = [...new Set(ids)].flatMap((id) => rows.get(id) ?? []);
    if (gone.length === 0) return 0;
    forChanges(width!).remove(BigUint64Array.from(gone, ({ key }) => BigInt(key)));
    for (const { id, key } of gone) {
      rows.delete(id);
      byKey.delete(key);
    }
    return gone.length;
  };
  const write = (held: Map<string, StoreRow>): void => {
    const all = [...held.values()];
    held.clear();
    if (all.length === 0) return;
    take(all.map(({ id }) => id));
    const keys = all.map((_, at) => nextKey + at);
    const matrix = new Float32Array(all.length * width!);
    all.forEach(({ vector }, at) => matrix.set(vector, at * width!));
    forChanges(width!).add(BigUint64Array.from(keys, BigInt), matrix, 0);
    all.forEach(({ id, fields }, at) => {
      const vector = matrix.subarray(at * width!, (at + 1) * width!);
      put({ id, key: keys[at]!, fields: { ...fields }, vector });
    });
  };
  const save = async (): Promise<void> => {
    if (!changed) return;
    const all = [...rows.values()];
    generation++;
    await hnswFolder.write(folder, { generation, connectivity }, all, {
      saveGraph: (path) => graph!.save(path),
      vector: (row) => vectorOf(rows.get(row.id)!),
    });
    changed = false;
  };
  /** Compares all rows that pass: those of the file by its scan, those that came since one by one. */
  const exact = async (vector: Float32Array, k: number, pass: (row: KeptRow) => boolean): Promise<Candidate[]> => {
    let best: Candidate[] = [];
    for (const row of rows.values()) {
      if (row.vector && pass(row)) best.push({ row: row.key, score: cosine(vector, row.vector) });
      if (best.length > 2 * k + 1000) best = bestOf(best, k);
    }
    if (file) {
      const query = { rows: 1, dimensions: vector.length, data: vector };
      const filter = (place: number) => rows.get(inFile[place]!.id) === inFile[place] && pass(inFile[place]!);
      const { indices, scores } = await file.search(query, Math.min(k, file.rows), { filter });
      indices.forEach((place, at) => place !== -1 && best.push({ row: inFile[place]!.key, score: scores[at]! }));
    }
    return bestOf(best, k);
  };
  const change = oneAtATime((task: () => Promise<number>) => task());
  return {
    add: (given) =>
      change(() =>
        writeInParts("hnswStore", given, {
          width: () => width,
          begin: (first) => void (width = first),
          most: ROWS,
          write,
        }),
      ),
    remove: (ids) => change(async () => take(ids)),
    async search(vector, k, { where } = {}) {
      checkStoreQuery("hnswStore", vector, k, width);
      if (!graph || rows.size === 0) return [];
      const pass = (row: KeptRow) => passes(row.fields, where);
      const fetched = graph.search(vector, Math.min(rows.size, (where ? 8 : 2) * k), 1);
      const candidates = Array.from(fetched.keys, (key) => byKey.get(Number(key))).filter((row) => row && pass(row));
      const best =
        candidates.length < Math.min(k, rows.size)
          ? await exact(vector, k, pass)
          : bestOf(
              await Promise.all(
                candidates.map(async (row) => ({ row: row!.key, score: cosine(vector, await vectorOf(row!)) })),
              ),
              k,
            );
      return best.flatMap(({ row, score }) => {
        const { id, fields } = byKey.get(row) ?? {}; // none where it was removed meanwhile
        return id === undefined ? [] : [storeHit(id, score, fields)];
      });
    },
    count: async () => rows.size,
    save: async () => void (await change(async () => (await save(), 0))),
    async close() {
      await change(async () => (await save(), 0));
      await file?.close();
      file = graph = undefined;
    },
  };
}

/** Rows that are added at once, on all cores. */
const ROWS = 1024;

/** A row with its vector, or its place in the file. */
interface KeptRow extends GraphRow {
  readonly vector?: Float32Array;
  readonly place?: number;
}
