import { UserError, type VectorRow } from "@nearfar/formats";
import { lanceStore, memoryStore, type LanceDb, type VectorStore } from "@nearfar/search";
import { temporaryFolder } from "@nearfar/testing";
import { describe, expect, it } from "vitest";
import { optionalPackage } from "../../../test/optional/optionalPackage.ts";
import { sentenceLike } from "./sentenceLike.ts";
import { slowNearest } from "./slowNearest.ts";

const lancedb = optionalPackage("@lancedb/lancedb");
const openLance = async (folder: string) => lanceStore(folder, { module: (await lancedb.load()) as LanceDb });
const stores: [string, boolean, () => Promise<VectorStore>][] = [
  ["memoryStore", false, async () => memoryStore()],
  [`lanceStore ${lancedb.reason}`, lancedb.missing, () => openLance(temporaryFolder())],
];

for (const [name, missing, open] of stores)
  describe.skipIf(missing)(name, () => {
    it("finds the nearest by cosine, and all where there are fewer", async () => {
      const store = await open();
      const vectors = sentenceLike(1, 50, 8);
      const rows = Array.from({ length: 50 }, (_, row) => ({
        id: `row ' ${row}`,
        vector: vectors.data.subarray(8 * row, 8 * row + 8),
      }));
      expect(await store.add(rows)).toBe(50);
      const query = sentenceLike(2, 1, 8).data;
      const expected = slowNearest(query, vectors, 50);
      for (const k of [1, 7, 60]) {
        const hits = await store.search(query, k);
        expect(hits.map(({ id }) => id)).toEqual(expected.slice(0, k).map(({ row }) => `row ' ${row}`));
        hits.forEach(({ score }, at) => expect(score).toBeCloseTo(expected[at]!.score, 5));
      }
      await store.close();
    });

    it("is empty at first, replaces a row of the same id, and takes a row of zeros", async () => {
      const store = await open();
      expect(await store.count()).toBe(0);
      expect(await store.search(Float32Array.of(1, 0), 3)).toEqual([]);
      async function* rows(): AsyncGenerator<VectorRow> {
        yield { id: "a", vector: Float32Array.of(1, 0) };
        yield { id: "b", vector: Float32Array.of(3, 4) };
        yield { id: "a", vector: Float32Array.of(-2, 0) };
      }
      expect(await store.add(rows())).toBe(3);
      await store.add([{ id: "zero", vector: Float32Array.of(0, 0) }]);
      expect(await store.count()).toBe(3);
      const hits = await store.search(Float32Array.of(2, 0), 3);
      expect(hits.map(({ id }) => id)).toEqual(["b", "zero", "a"]);
      [0.6, 0, -1].forEach((cosine, at) => expect(hits[at]!.score).toBeCloseTo(cosine, 6)); // (3, 4) / 5 has cosine 3/5
      await store.close();
    });

    it("refuses other widths, numbers that are not finite and a k below 1", async () => {
      const store = await open();
      await store.add([{ id: "a", vector: Float32Array.of(1, 0) }]);
      await expect(store.add([{ id: "b", vector: Float32Array.of(1) }])).rejects.toThrow('2 numbers; "b" has 1');
      await expect(store.add([{ id: "b", vector: Float32Array.of(1, NaN) }])).rejects.toThrow(UserError);
      await expect(store.search(Float32Array.of(1, 2, 3), 1)).rejects.toThrow(UserError);
      await expect(store.search(Float32Array.of(1, 2), 0)).rejects.toThrow(UserError);
      expect(await store.count()).toBe(1);
      await store.close();
    });
  });

describe.skipIf(lancedb.missing)(`lanceStore's folder ${lancedb.reason}`, () => {
  it("keeps what it was given, and a width", async () => {
    const folder = temporaryFolder();
    const before = await openLance(folder);
    await before.add([{ id: "a", vector: Float32Array.of(3, 4) }]);
    await before.close();
    const after = await openLance(folder);
    expect(await after.count()).toBe(1);
    expect((await after.search(Float32Array.of(6, 8), 5))[0]).toMatchObject({ id: "a" });
    await expect(after.add([{ id: "b", vector: Float32Array.of(1) }])).rejects.toThrow("rows have 2 numbers");
    await after.close();
  });
});

describe("lanceStore without LanceDB", () => {
  it("says what to install", async () => {
    await expect(lanceStore(temporaryFolder())).rejects.toThrow("npm install @lancedb/lancedb");
  });
});
