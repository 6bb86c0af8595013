import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileError, readJsonLines, UserError, writeFileAtomic } from "@nearfar/formats";
import { appendTo } from "./appendTo.ts";
import { checkGraph } from "./checkGraph.ts";
import { checkStoreRow } from "./checkStoreRow.ts";
import { openIndex, type IndexFile } from "./openIndex.ts";
import { writeIndex } from "./writeIndex.ts";
import type { StoreRow } from "./vectorStore.ts";

/** A row but its vector, and its key in the graph. */
export interface GraphRow {
  readonly id: string;
  readonly key: number;
  readonly fields: NonNullable<StoreRow["fields"]>;
}

/** A store as it lies on disk. */
export interface HnswFolder {
  readonly generation: number;
  readonly connectivity: number;
  /** Row i's vector is row i of `vectors`. */
  readonly rows: readonly GraphRow[];
  readonly vectors: IndexFile;
  readonly graph: string;
}

/**
 * A store's folder: `store.json` names the generation of `graph-N.usearch`, `vectors-N.index` (float32, see `writeIndex`) and `rows-N.jsonl`
 * (`id`, `key`, `fields`), and is written last, so that the three are always of one time.
 */
export const hnswFolder = {
  /** Opens and checks all files; undefined where there is no store yet. UserError for what is no whole store. */
  async open(folder: string): Promise<HnswFolder | undefined> {
    const path = join(folder, "store.json");
    if (!existsSync(path)) return undefined;
    const { generation, connectivity } = await readRecord(path);
    const [graph, vectorsPath, rowsPath] = names(folder, generation);
    const vectors = await openIndex(vectorsPath);
    try {
      const rows: GraphRow[] = [];
      for await (const value of readJsonLines(rowsPath)) rows.push(parseRow(value, rowsPath, rows.length + 1));
      const different = [rows.map(({ id }) => id), rows.map(({ key }) => key)].map((all) => new Set<unknown>(all).size);
      if (vectors.rows !== rows.length || different.some((size) => size !== rows.length))
        throw new UserError(`${rowsPath}: each of ${vectors.rows} rows has an id and a key of its own; got others.`);
      await checkGraph(graph, { dimensions: vectors.dimensions, connectivity, rows: rows.length });
      return { generation, connectivity, rows, vectors, graph };
    } catch (error) {
      await vectors.close();
      throw error;
    }
  },

  /** Writes a generation: `saveGraph` to the path it is given, and the rows with their vectors; then removes all others. */
  async write(
    folder: string,
    { generation, connectivity }: Pick<HnswFolder, "generation" | "connectivity">,
    rows: readonly GraphRow[],
    { saveGraph, vector }: { saveGraph(path: string): void; vector(row: GraphRow): Promise<Float32Array> },
  ): Promise<void> {
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw fileError(folder, error);
    });
    const [graph, vectorsPath, rowsPath] = names(folder, generation);
    if (rows.length > 0) {
      const each = async function* () {
        for (const row of rows) yield { id: row.id, vector: await vector(row) };
      };
      await writeIndex(vectorsPath, each());
      await writeFileAtomic(rowsPath, async (handle) => {
        const append = appendTo(handle);
        for (const { id, key, fields } of rows) await append(Buffer.from(`${JSON.stringify({ id, key, fields })}\n`));
        await append();
      });
      saveGraph(graph);
      const record = { format: FORMAT, generation, connectivity };
      await writeFileAtomic(join(folder, "store.json"), Buffer.from(`${JSON.stringify(record)}\n`));
    } else await rm(join(folder, "store.json"), { force: true });
    for (const name of await readdir(folder)) {
      const [, of] = /^(?:graph|vectors|rows)-(\d+)\.(?:usearch|index|jsonl)$/.exec(name) ?? [];
      // What is still mapped cannot be removed on Windows; the next generation removes it.
      if (of !== undefined && (rows.length === 0 || of !== `${generation}`))
        await rm(join(folder, name), { force: true }).catch(() => {});
    }
  },
};

const FORMAT = "nearfar-hnsw-1";

const names = (folder: string, generation: number) =>
  [`graph-${generation}.usearch`, `vectors-${generation}.index`, `rows-${generation}.jsonl`].map((name) =>
    join(folder, name),
  ) as [string, string, string];

async function readRecord(path: string): Promise<{ generation: number; connectivity: number }> {
  let record: Partial<Record<string, unknown>> = {};
  try {
    record = JSON.parse(await readFile(path, "utf8")) as typeof record;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw fileError(path, error);
  }
  const { format, generation, connectivity } = record ?? {};
  const whole = (value: unknown, most: number): value is number =>
    Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= most;
  if (format !== FORMAT || !whole(generation, Number.MAX_SAFE_INTEGER) || !whole(connectivity, MOST_CONNECTIVITY))
    throw new UserError(`${path}: this is no store of hnswStore, or it is damaged. Make it again.`);
  return { generation, connectivity };
}

/** Far above any use: what follows from it is read from a file. */
const MOST_CONNECTIVITY = 1024;

function parseRow(value: unknown, path: string, line: number): GraphRow {
  const { id, key, fields } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (typeof id !== "string" || !Number.isSafeInteger(key) || (key as number) < 0 || !isRecord(fields))
    throw new UserError(`${path}:${line}: a row has an id, a key and fields. The file is damaged.`);
  checkStoreRow(`${path}:${line}`, { id, vector: Float32Array.of(0), fields } as StoreRow);
  return { id, key: key as number, fields: fields as GraphRow["fields"] };
}

const isRecord = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
