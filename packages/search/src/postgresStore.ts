import { UserError } from "@nearfar/formats";
import { checkStoreQuery } from "./checkStoreQuery.ts";
import { rowLength } from "./rowLength.ts";
import { storeHit } from "./storeHit.ts";
import type { Field, StoreRow, VectorStore } from "./vectorStore.ts";
import { writeInParts } from "./writeInParts.ts";

/** What a store needs of a client: `pg`'s `Client` and `Pool` and PGlite have it. */
export interface PostgresClient {
  query(text: string, values: string[]): Promise<{ rows: unknown[] }>;
}

export interface PostgresStoreOptions {
  /** The table, found in the search path or made there: lower-case letters, digits and _. */
  table?: string;
  /** Whether a table that is made gets an HNSW index; it is used for searches without `where`, which are approximate then. */
  hnsw?: boolean;
}

/**
 * A store in a table of Postgres with pgvector (https://github.com/pgvector/pgvector, 0.5 or newer), searched exactly unless the table has
 * an index.
 *
 * The table has the columns `id` (text, its key), `embedding` (vector of the first row's width) and `fields` (jsonb); it and the extension
 * are made by the first row. Vectors are stored with length 1, for which pgvector's distance `<#>` is minus the cosine, of a row of zeros too
 * (its `<=>` is NaN there and orders others alike). Values are parameters without exception. `close` leaves the client open.
 * UserError for a name that is none, for a table of another form, where the extension is missing, and for more than 16,000 dimensions.
 */
export async function postgresStore(
  client: PostgresClient,
  { table = "nearfar_vectors", hnsw = false }: PostgresStoreOptions = {},
): Promise<VectorStore> {
  if (!/^[a-z_][a-z0-9_]{0,54}$/.test(table))
    throw new UserError(
      `postgresStore: a table's name is at most 55 of a to z, 0 to 9 and _, no digit first; got ${JSON.stringify(table)}.`,
    );
  const name = `"${table}"`;
  const ask = async <Row>(text: string, ...values: string[]) => (await client.query(text, values)).rows as Row[];
  const form = await formOf(ask, table);
  let width = form?.width;
  let indexed = form?.indexed ?? false;

  const make = async (dimensions: number): Promise<void> => {
    const most = hnsw ? 2000 : 16_000; // pgvector's README, "What's the maximum number of dimensions?" and "HNSW"
    if (dimensions > most)
      throw new UserError(
        `postgresStore: pgvector holds ${most} dimensions${hnsw ? " with an index" : ""}; got ${dimensions}.`,
      );
    await ask("CREATE EXTENSION IF NOT EXISTS vector").catch((error: unknown) => {
      const reason = (error as Error).message;
      throw new UserError(`postgresStore: Postgres has no extension "vector": ${reason}. Install pgvector there.`);
    });
    const columns = `id text PRIMARY KEY, embedding vector(${dimensions}) NOT NULL, fields jsonb NOT NULL`;
    await ask(`CREATE TABLE IF NOT EXISTS ${name} (${columns})`);
    if (hnsw) await ask(`CREATE INDEX IF NOT EXISTS "${table}_hnsw" ON ${name} USING hnsw (embedding vector_ip_ops)`);
    indexed = hnsw;
    width = dimensions;
  };
  const write = async (rows: Map<string, StoreRow>): Promise<void> => {
    if (rows.size === 0) return;
    const records = Array.from(rows.values(), ({ id, vector, fields = {} }) => [id, text(vector), fields]);
    await ask(
      `INSERT INTO ${name} (id, embedding, fields)
       SELECT one->>0, (one->>1)::vector, one->2 FROM jsonb_array_elements($1::text::jsonb) AS one
       ON CONFLICT (id) DO UPDATE SET embedding = excluded.embedding, fields = excluded.fields`,
      JSON.stringify(records),
    );
    rows.clear();
  };
  const nearest = (vector: Float32Array, k: number, where: [string, unknown][], exact: boolean) => {
    // A condition's name and values are two parameters; jsonb compares 1 with 1.0 but not with "1".
    const conditions = where.map(
      (_, at) => `fields -> $${2 * at + 3} IN (SELECT jsonb_array_elements($${2 * at + 4}::text::jsonb))`,
    );
    return ask<{ id: string; distance: number; fields: Record<string, Field> }>(
      `SELECT id, (embedding <#> $1::text::vector) AS distance, fields FROM ${name}
       ${conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : ""}
       ORDER BY (embedding <#> $1::text::vector) ${exact ? "+ 0" : ""} LIMIT $2::text::int`, // + 0: no index has that order
      ...[text(vector), `${k}`],
      ...where.flatMap(([field, wanted]) => [field, JSON.stringify([wanted].flat())]),
    );
  };
  return {
    add: (rows) => writeInParts("postgresStore", rows, { width: () => width, begin: make, most: ROWS, write }),
    async remove(ids) {
      if (width === undefined) return 0;
      const [found] = await ask<{ count: number }>(
        `WITH gone AS (DELETE FROM ${name} WHERE id IN (SELECT jsonb_array_elements_text($1::text::jsonb)) RETURNING 1)
         SELECT count(*)::int AS count FROM gone`,
        JSON.stringify(ids),
      );
      return found!.count;
    },
    async search(vector, k, { where = {} } = {}) {
      checkStoreQuery("postgresStore", vector, k, width);
      if (width === undefined) return [];
      const limit = Math.min(k, MOST);
      const conditions = Object.entries(where);
      // An index looks at hnsw.ef_search rows, and at a condition afterwards: what it leaves too short is searched exactly.
      const approximate = indexed && conditions.length === 0 && limit <= EF_SEARCH;
      const some = approximate ? await nearest(vector, limit, [], false) : [];
      const rows = some.length === limit ? some : await nearest(vector, limit, conditions, true);
      return rows.map(({ id, distance, fields }) => storeHit(id, 0 - distance, fields));
    },
    async count() {
      if (width === undefined) return 0;
      return (await ask<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`))[0]!.count;
    },
    async close() {},
  };
}

/** Rows that are written at once. */
const ROWS = 1000;
/** The largest int of Postgres. */
const MOST = 2 ** 31 - 1;
/** pgvector's default of `hnsw.ef_search`. */
const EF_SEARCH = 40;

async function formOf(
  ask: <Row>(text: string, ...values: string[]) => Promise<Row[]>,
  table: string,
): Promise<{ width: number; indexed: boolean } | undefined> {
  const columns = await ask<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    `"${table}"`,
  );
  if (columns.length === 0) return undefined;
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
  const width = Number(/^vector\((\d+)\)$/.exec(types.embedding ?? "")?.[1]);
  if (!width || types.id !== "text" || types.fields !== "jsonb")
    throw new UserError(
      `postgresStore: the table ${table} has id text, embedding vector(n) and fields jsonb; got ${columns.map(({ name, type }) => `${name} ${type}`).join(", ")}. Name another table.`,
    );
  const indices = await ask<{ one: number }>(
    `SELECT 1 AS one FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
     WHERE indrelid = to_regclass($1) AND amname IN ('hnsw', 'ivfflat')`,
    `"${table}"`,
  );
  return { width, indexed: indices.length > 0 };
}

/** A vector of length 1 as pgvector reads it. */
function text(vector: Float32Array): string {
  const length = rowLength(vector, 0, vector.length);
  return `[${Array.from(vector, (value) => Math.fround(value / length)).join(",")}]`;
}
