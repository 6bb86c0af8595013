import { join } from "node:path";
import { hnswStore, lanceStore, memoryStore, postgresStore } from "@nearfar/search";
import type { LanceDb, PostgresClient, Usearch } from "@nearfar/search";
import { temporaryFolder } from "@nearfar/testing";
import { afterAll } from "vitest";
import { vectorStoreContract } from "../../../test/contracts/vectorStore.ts";
import { optionalPackage } from "../../../test/optional/optionalPackage.ts";
import { pglite } from "./pglite.ts";

const lancedb = optionalPackage("@lancedb/lancedb");
const usearch = optionalPackage("usearch");

vectorStoreContract("memoryStore", () => ({ open: async () => memoryStore() }));

vectorStoreContract("memoryStore of int8", () => ({ open: async () => memoryStore({ dtype: "int8" }) }));

vectorStoreContract(
  `hnswStore ${usearch.reason}`,
  () => {
    const folder = join(temporaryFolder(), "store");
    return { open: async () => hnswStore(folder, { module: (await usearch.load()) as Usearch }) };
  },
  { kept: true, missing: usearch.missing },
);

vectorStoreContract(
  `lanceStore ${lancedb.reason}`,
  () => {
    const folder = temporaryFolder();
    return { open: async () => lanceStore(folder, { module: (await lancedb.load()) as LanceDb }) };
  },
  { kept: true, missing: lancedb.missing },
);

for (const hnsw of [false, true]) {
  let tables = 0;
  vectorStoreContract(
    `postgresStore ${hnsw ? "with an index " : ""}${pglite.reason}`,
    async () => {
      const client: PostgresClient = await pglite.open();
      const table = `${hnsw ? "indexed" : "plain"}_${tables++}`;
      return { open: () => postgresStore(client, { table, hnsw }) };
    },
    { kept: true, missing: pglite.missing },
  );
}

afterAll(() => pglite.close());
