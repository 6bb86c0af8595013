import { UserError } from "@nearfar/formats";
import { optionalPeer } from "./optionalPeer.ts";
import { postgresStore, type PostgresClient, type PostgresStoreOptions } from "./postgresStore.ts";
import type { VectorStore } from "./vectorStore.ts";

/** What is used of the package `pg`. */
export interface Pg {
  readonly Pool: new (options: { connectionString: string }) => PostgresClient & { end(): Promise<void> };
}

export interface OpenPostgresOptions extends PostgresStoreOptions {
  /** `pg` as it was imported; otherwise it is imported here. */
  module?: Pg;
}

/**
 * A `postgresStore` on connections of its own, which `close` ends; `postgres://user:password@host/database`.
 *
 * UserError where `pg` (an optional peer) is not installed and where the server does not answer.
 */
export async function openPostgres(
  connectionString: string,
  { module, ...options }: OpenPostgresOptions = {},
): Promise<VectorStore> {
  const { Pool } = module ?? (await optionalPeer<Pg>("openPostgres", "pg"));
  let pool: InstanceType<Pg["Pool"]>;
  try {
    pool = new Pool({ connectionString });
  } catch {
    throw new UserError("openPostgres: the connection string is postgres://user:password@host:port/database.");
  }
  try {
    await pool.query("SELECT 1", []);
  } catch (error) {
    await pool.end();
    const { code, message } = error as Error & { code?: string };
    throw new UserError(
      `openPostgres: the server cannot be used: ${message || code}. Does it run, and may you log in?`,
    );
  }
  try {
    const store = await postgresStore(pool, options);
    return { ...store, close: () => pool.end() };
  } catch (error) {
    await pool.end();
    throw error;
  }
}
