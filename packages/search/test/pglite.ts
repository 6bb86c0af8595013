import type { PostgresClient } from "@nearfar/search";
import { optionalPackage } from "../../../test/optional/optionalPackage.ts";

interface PGlite extends PostgresClient {
  close(): Promise<void>;
}

const packages = [optionalPackage("@electric-sql/pglite"), optionalPackage("@electric-sql/pglite-pgvector")] as const;
let database: Promise<PGlite> | undefined;

/** Postgres with pgvector in this process (PGlite): one for a file of tests, since starting it takes seconds. */
export const pglite = {
  missing: packages.some(({ missing }) => missing),
  reason: packages.map(({ reason }) => reason).find((reason) => reason) ?? "",
  open: (): Promise<PGlite> => (database ??= start()),
  close: async (): Promise<void> => void (await (await database)?.close()),
};

async function start(): Promise<PGlite> {
  const [{ PGlite }, { vector }] = (await Promise.all(packages.map((one) => one.load()))) as [
    { PGlite: { create(options: { extensions: Record<string, unknown> }): Promise<PGlite> } },
    { vector: unknown },
  ];
  return PGlite.create({ extensions: { vector } });
}
