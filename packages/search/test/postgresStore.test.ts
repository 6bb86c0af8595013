import { UserError } from "@nearfar/formats";
import { openPostgres, postgresStore, type Pg, type PostgresClient } from "@nearfar/search";
import { afterAll, describe, expect, it } from "vitest";
import { pglite } from "./pglite.ts";
import { sentenceLike } from "./sentenceLike.ts";
import { slowNearest } from "./slowNearest.ts";

afterAll(() => pglite.close());

describe.skipIf(pglite.missing)(`postgresStore ${pglite.reason}`, () => {
  it("has every value as a parameter, and the table's name alone in its text", async () => {
    const client = await pglite.open();
    const texts: string[] = [];
    const watched: PostgresClient = {
      query: (text, values) => {
        texts.push(text);
        return client.query(text, values);
      },
    };
    const store = await postgresStore(watched, { table: "watched" });
    const marked = "MARK'; DROP TABLE watched; --";
    await store.add([{ id: marked, vector: Float32Array.of(0.125, 1), fields: { [marked]: marked } }]);
    expect(await store.search(Float32Array.of(0.125, 1), 3, { where: { [marked]: [marked, "MARK"] } })).toHaveLength(1);
    expect(await store.remove([marked])).toBe(1);
    expect(texts.filter((text) => /MARK|0\.1/.test(text))).toEqual([]);
    expect(texts.some((text) => text.includes('"watched"'))).toBe(true);
  });

  it("searches by its index, exactly with a condition, with more rows than the index looks at, and where it finds too few", async () => {
    const client = await pglite.open();
    const asked: string[] = [];
    const watched: PostgresClient = {
      query: (text, values) => {
        if (text.includes("ORDER BY")) asked.push(text.includes("+ 0") ? "exact" : "index");
        return client.query(text, values);
      },
    };
    const store = await postgresStore(watched, { table: "large", hnsw: true });
    const vectors = sentenceLike(1, 1500, 16);
    await store.add(
      Array.from({ length: 1500 }, (_, at) => ({
        id: `${at}`,
        vector: vectors.data.subarray(16 * at, 16 * at + 16),
        fields: { rare: at % 300 === 0 },
      })),
    );
    const query = sentenceLike(2, 1, 16).data;
    const expected = slowNearest(query, vectors, 1500).map(({ row }) => `${row}`);
    const ids = async (k: number, where?: Record<string, boolean>) =>
      (await store.search(query, k, where ? { where } : {})).map(({ id }) => id);
    const ten = await ids(10);
    expect(ten.filter((id) => expected.slice(0, 10).includes(id)).length).toBeGreaterThanOrEqual(9);
    expect(await ids(100)).toEqual(expected.slice(0, 100));
    expect(await ids(9, { rare: true })).toEqual(expected.filter((id) => Number(id) % 300 === 0));
    expect(asked).toEqual(["index", "exact", "exact"]);
    await store.remove(expected.slice(0, 1490)); // the index still holds them, until it is vacuumed
    expect(await ids(10)).toEqual(expected.slice(1490));
  });

  it("opens the table of another that has its form, and refuses one that has not", async () => {
    const client = await pglite.open();
    await client.query("CREATE TABLE strange (id int, embedding text)", []);
    await expect(postgresStore(client, { table: "strange" })).rejects.toThrow("got id integer, embedding text");
  });

  it("refuses names that are none, and more dimensions than pgvector has", async () => {
    const client = await pglite.open();
    for (const table of ["", "A", "a b", 'a"; DROP TABLE x; --', "1a", "a".repeat(56), "public.a"])
      await expect(postgresStore(client, { table }), table).rejects.toThrow(UserError);
    for (const [hnsw, most] of [
      [true, 2000],
      [false, 16_000],
    ] as const) {
      // prettier-ignore
      const store = await postgresStore(client, { table: "wide", hnsw });
      await expect(store.add([{ id: "a", vector: new Float32Array(most + 1).fill(1) }])).rejects.toThrow(`${most} dim`);
      expect(await store.count()).toBe(0);
    }
  });
});

describe("postgresStore", () => {
  it("says that pgvector is missing", async () => {
    const client: PostgresClient = {
      query: async (text) => {
        if (text.includes("EXTENSION")) throw new Error('extension "vector" is not available');
        return { rows: [] };
      },
    };
    const store = await postgresStore(client);
    await expect(store.add([{ id: "a", vector: Float32Array.of(1) }])).rejects.toThrow("Install pgvector");
  });
});

describe("openPostgres", () => {
  const pool = (query: PostgresClient["query"], ended: string[] = []): Pg => ({
    Pool: class {
      query = query;
      end = async () => void ended.push("ended");
    },
  });

  it("says what to install, without pg", async () => {
    await expect(openPostgres("postgres://localhost/x")).rejects.toThrow("npm install pg");
  });

  it("tells why a server cannot be used, without the password, and ends its connections", async () => {
    const ended: string[] = [];
    const module = pool(() => Promise.reject(new Error("password authentication failed")), ended);
    const failing = openPostgres("postgres://me:secret@localhost/x", { module });
    await expect(failing).rejects.toThrow("openPostgres: the server cannot be used: password authentication failed");
    await expect(failing).rejects.not.toThrow("secret");
    expect(ended).toEqual(["ended"]);
  });

  it("ends its connections when it is closed, and when the table is none of this form", async () => {
    const ended: string[] = [];
    const store = await openPostgres("postgres://localhost/x", { module: pool(async () => ({ rows: [] }), ended) });
    expect(await store.count()).toBe(0);
    await store.close();
    expect(ended).toEqual(["ended"]);
    const module = pool(async () => ({ rows: [] }), ended);
    await expect(openPostgres("postgres://localhost/x", { module, table: "no name" })).rejects.toThrow(UserError);
    expect(ended).toEqual(["ended", "ended"]);
  });
});
