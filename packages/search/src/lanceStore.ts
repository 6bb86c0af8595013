import { UserError } from "@nearfar/formats";
import { checkStoreQuery } from "./checkStoreQuery.ts";
import { lanceTag } from "./lanceTag.ts";
import { optionalPeer } from "./optionalPeer.ts";
import { rowLength } from "./rowLength.ts";
import { storeHit } from "./storeHit.ts";
import type { LanceDb, LanceTable } from "./lanceDb.ts";
import type { Field, StoreRow, StoreSearch, VectorStore } from "./vectorStore.ts";
import { writeInParts } from "./writeInParts.ts";

export interface LanceStoreOptions {
  /** `@lancedb/lancedb` as it was imported; otherwise it is imported here. */
  module?: LanceDb;
}

/**
 * A store in a table "vectors" of a folder of LanceDB (https://lancedb.com, an optional peer), searched exactly unless the table was given
 * an index. What is added or removed is on disk when the call returns.
 *
 * The table has the columns `id`, `vector`, `fields` (JSON) and `tags` (see `lanceTag`; a table without the last two gets them with the
 * next rows). Vectors are stored with length 1, so that LanceDB's distance `1 - <x, y>` is 1 less the cosine, of a row of zeros too.
 * UserError where the package is not installed or the folder's table is none of this form.
 */
export async function lanceStore(folder: string, { module }: LanceStoreOptions = {}): Promise<VectorStore> {
  const connection = await (module ?? (await optionalPeer<LanceDb>("lanceStore", "@lancedb/lancedb"))).connect(folder);
  let table = (await connection.tableNames()).includes(NAME) ? await connection.openTable(NAME) : undefined;
  let { width, hasFields } = table ? await formOf(table, folder) : { width: undefined, hasFields: true };
  const write = async (rows: Map<string, StoreRow>): Promise<void> => {
    if (rows.size === 0) return;
    const records = Array.from(rows.values(), ({ id, vector, fields = {} }) => ({
      ...{ id, vector: Array.from(unit(vector)), fields: JSON.stringify(fields) },
      tags: ` ${Object.entries(fields).map(lanceTag).join(" ")} `,
    }));
    if (table && !hasFields) {
      await table.addColumns([
        { name: "fields", valueSql: "'{}'" },
        { name: "tags", valueSql: "' '" },
      ]);
      hasFields = true;
    }
    if (table) await table.mergeInsert("id").whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(records);
    else table = await connection.createTable(NAME, records);
    rows.clear();
  };
  return {
    add: (rows) =>
      writeInParts("lanceStore", rows, {
        width: () => width,
        begin: (first) => void (width = first),
        most: ROWS,
        write,
      }),
    async remove(ids) {
      let count = 0;
      for (let from = 0; table && from < ids.length; from += NAMES) {
        // SQL without parameters: a quote within text is doubled, and nothing else has a meaning there.
        const names = ids.slice(from, from + NAMES).map((id) => `'${id.replaceAll("'", "''")}'`);
        count += (await table.delete(`id IN (${names.join(", ")})`)).numDeletedRows;
      }
      return count;
    },
    async search(vector, k, { where = {} } = {}) {
      checkStoreQuery("lanceStore", vector, k, width);
      const wanted = predicate(where);
      if (!table || (wanted && !hasFields)) return [];
      let query = table.query().nearestTo(unit(vector)).distanceType("dot");
      if (wanted) query = query.where(wanted);
      const columns = ["id", "_distance", ...(hasFields ? ["fields"] : [])];
      const hits = await query.select(columns).limit(k).toArray();
      return hits.map(({ id, _distance, fields = "{}" }) =>
        storeHit(id, 1 - _distance, JSON.parse(fields) as Record<string, Field>),
      );
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
/** Ids that are named in one statement. */
const NAMES = 1000;

function predicate(where: NonNullable<StoreSearch["where"]>): string {
  const one = ([name, wanted]: [string, Field | readonly Field[]]) => {
    const any = [wanted].flat().map((value) => `tags LIKE '% ${lanceTag([name, value])} %'`);
    return `(${any.join(" OR ") || "false"})`;
  };
  return Object.entries(where).map(one).join(" AND ");
}

async function formOf(table: LanceTable, folder: string): Promise<{ width: number; hasFields: boolean }> {
  const { fields } = await table.schema();
  const names = fields.map(({ name }) => name);
  const width = fields.find(({ name }) => name === "vector")?.type.listSize;
  if (width === undefined || !names.includes("id"))
    throw new UserError(
      `${folder}: the table "${NAME}" has columns id and vector, of one width; got ${names.join(", ")}.`,
    );
  return { width, hasFields: names.includes("fields") && names.includes("tags") };
}

function unit(vector: Float32Array): Float32Array {
  const length = rowLength(vector, 0, vector.length);
  return vector.map((value) => value / length);
}
