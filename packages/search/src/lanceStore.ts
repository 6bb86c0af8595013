import { UserError, type VectorRow } from "@nearfar/formats";
import { checkStoreRow } from "./checkStoreRow.ts";
import { rowLength } from "./rowLength.ts";
import type { LanceDb, LanceTable } from "./lanceDb.ts";
import type { VectorStore } from "./vectorStore.ts";

export interface LanceStoreOptions {
  /** `@lancedb/lancedb` as it was imported; otherwise it is imported here. */
  module?: LanceDb;
}

/**
 * A store in a table "vectors" of a folder of LanceDB (https://lancedb.com, an optional peer), searched exactly unless the table was given
 * an index.
 *
 * The table has the columns `id` and `vector`; vectors are stored with length 1, so that LanceDB's distance `1 - <x, y>` is 1 less the
 * cosine, of a row of zeros too. UserError where the package is not installed or the folder's table is none of this form.
 */
export async function lanceStore(folder: string, { module }: LanceStoreOptions = {}): Promise<VectorStore> {
  const connection = await (module ?? (await load())).connect(folder);
  let table = (await connection.tableNames()).includes(NAME) ? await connection.openTable(NAME) : undefined;
  let width = table && (await widthOf(table, folder));
  const write = async (rows: Map<string, VectorRow>): Promise<void> => {
    if (rows.size === 0) return;
    const records = Array.from(rows.values(), ({ id, vector }) => ({ id, vector: Array.from(unit(vector)) }));
    if (table) await table.mergeInsert("id").whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(records);
    else table = await connection.createTable(NAME, records);
    rows.clear();
  };
  return {
    async add(rows) {
      const held = new Map<string, VectorRow>();
      let count = 0;
      for await (const row of rows) {
        checkStoreRow("lanceStore", row, width);
        width = row.vector.length;
        held.set(row.id, row);
        count++;
        if (held.size === ROWS) await write(held);
      }
      await write(held);
      return count;
    },
    async search(vector, k) {
      if (!Number.isInteger(k) || k < 1) throw new UserError(`lanceStore: k is a whole number from 1; got ${k}.`);
      if (!table) return [];
      checkStoreRow("lanceStore", { id: "the query", vector }, width);
      const query = table.query().nearestTo(unit(vector)).distanceType("dot").select(["id", "_distance"]).limit(k);
      return (await query.toArray()).map(({ id, _distance }) => ({ id, score: 1 - _distance }));
    },
    count: async () => (await table?.countRows()) ?? 0,
    async close() {
      table?.close();
      connection.close();
    },
  };
}

const NAME = "vectors";
/** Rows that are written at once: LanceDB makes a file of them. */
const ROWS = 16_384;

async function widthOf(table: LanceTable, folder: string): Promise<number> {
  const { fields } = await table.schema();
  const width = fields.find(({ name }) => name === "vector")?.type.listSize;
  if (width === undefined || !fields.some(({ name }) => name === "id"))
    throw new UserError(
      `${folder}: the table "${NAME}" has columns id and vector, of one width; got ${fields.map(({ name }) => name).join(", ")}.`,
    );
  return width;
}

function unit(vector: Float32Array): Float32Array {
  const length = rowLength(vector, 0, vector.length);
  return vector.map((value) => value / length);
}

async function load(): Promise<LanceDb> {
  const name = "@lancedb/lancedb"; // not a literal: its types are there only where it is installed
  try {
    return (await import(name)) as LanceDb;
  } catch (error) {
    const reason = String((error as Error).message).split("\n")[0];
    throw new UserError(`lanceStore: ${name} does not load: ${reason}. Run \`npm install ${name}\`.`);
  }
}
