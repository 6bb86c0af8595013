import { copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@nearfar/formats";
import { hnswStore, openIndex, type HnswStoreOptions, type StoreRow, type Usearch } from "@nearfar/search";
import { temporaryFolder } from "@nearfar/testing";
import { describe, expect, it } from "vitest";
import { optionalPackage } from "../../../test/optional/optionalPackage.ts";
import { sentenceLike } from "./sentenceLike.ts";
import { slowNearest } from "./slowNearest.ts";

const usearch = optionalPackage("usearch");
const open = async (folder: string, options: HnswStoreOptions = {}) =>
  hnswStore(folder, { module: (await usearch.load()) as Usearch, ...options });
const WIDTH = 32;
const vectors = sentenceLike(1, 5000, WIDTH);
const rows: StoreRow[] = Array.from({ length: vectors.rows }, (_, at) => ({
  id: `row ${at}`,
  vector: vectors.data.subarray(WIDTH * at, WIDTH * at + WIDTH),
  fields: { rare: at % 500 === 7, common: at % 2 === 0 },
}));
const queries = Array.from({ length: 50 }, (_, at) => sentenceLike(100 + at, 1, WIDTH).data);

describe.skipIf(usearch.missing)(`hnswStore ${usearch.reason}`, () => {
  it("finds nearly all of the true ten, more with a larger expansion, also from disk", async () => {
    const shares: number[] = [];
    for (const expansionSearch of [2, 256]) {
      const folder = temporaryFolder();
      const store = await open(folder, { expansionSearch });
      await store.add(rows);
      await store.close();
      const after = await open(folder, { expansionSearch });
      let found = 0;
      for (const query of queries) {
        const ids = new Set((await after.search(query, 10)).map(({ id }) => id));
        found += slowNearest(query, vectors, 10).filter(({ row }) => ids.has(`row ${row}`)).length;
      }
      shares.push(found / (10 * queries.length));
      await after.close();
    }
    expect(shares[1]).toBeGreaterThan(0.98);
    expect(shares[1]).toBeGreaterThan(shares[0]!);
  });

  it("searches exactly among the rows that pass where too few of those fetched do, in memory and from disk", async () => {
    const folder = temporaryFolder();
    let store = await open(folder);
    await store.add(rows.slice(0, 4000));
    await store.close();
    store = await open(folder);
    await store.add(rows.slice(4000)); // a part is in the file, a part came since
    await store.remove(["row 7", "row 4507"]);
    for (const query of queries.slice(0, 10)) {
      const expected = slowNearest(query, vectors, vectors.rows).filter(
        ({ row }) => row % 500 === 7 && row !== 7 && row !== 4507,
      );
      const hits = await store.search(query, 5, { where: { rare: true } });
      expect(hits.map(({ id }) => id)).toEqual(expected.slice(0, 5).map(({ row }) => `row ${row}`));
      const common = await store.search(query, 5, { where: { common: true } });
      expect(common.every(({ fields }) => fields!.common === true)).toBe(true);
      expect(common).toHaveLength(5);
    }
    await store.close();
  });

  it("keeps one generation of files, whose vectors are an index of their own, and none when it is empty", async () => {
    const folder = join(temporaryFolder(), "new", "store");
    const store = await open(folder);
    await store.close();
    expect(existsSync(folder)).toBe(false);
    const again = await open(folder);
    await again.add(rows.slice(0, 5));
    await again.save();
    expect(readdirSync(folder).sort()).toEqual(["graph-1.usearch", "rows-1.jsonl", "store.json", "vectors-1.index"]);
    await again.save(); // nothing changed
    await again.add(rows.slice(5, 10));
    await again.save();
    expect(readdirSync(folder).sort()).toEqual(["graph-2.usearch", "rows-2.jsonl", "store.json", "vectors-2.index"]);
    const index = await openIndex(join(folder, "vectors-2.index"));
    expect(await index.ids([9])).toEqual(["row 9"]);
    expect([...(await index.vector(9))]).toEqual([...rows[9]!.vector]);
    await expect(index.vector(10)).rejects.toThrow(RangeError);
    await index.close();
    await again.remove(rows.slice(0, 10).map(({ id }) => id));
    await again.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses every file that is cut, and a graph that points outside itself", async () => {
    const folder = temporaryFolder();
    const store = await open(folder, { connectivity: 2 });
    await store.add(rows.slice(0, 300));
    await store.close();
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const bytes = readFileSync(path);
      for (const length of [0, 7, 100, bytes.length >> 1, bytes.length - 2].filter((one) => one < bytes.length)) {
        truncateSync(path, length);
        await expect(open(folder), `${name} cut to ${length}`).rejects.toThrow(UserError);
        writeFileSync(path, bytes);
      }
    }
    const graph = join(folder, "graph-1.usearch");
    const bytes = readFileSync(graph);
    // Each part that is followed or counted: sizes, kinds, the first node, levels, and of the first node key's level, count, neighbour.
    const head = 8 + 300 * 2 * WIDTH;
    const levels = head + 64 + 40;
    const node = levels + 2 * 300;
    const places = {
      nodes: 0,
      width: 4,
      magic: head,
      version: head + 7,
      kind: head + 14,
      rows: head + 17,
      multi: head + 41,
    };
    const fixed = { size: head + 64, connectivity: head + 72, base: head + 80, highest: head + 88, first: head + 96 };
    const inside = { level: levels + 20, own: node + 8, count: node + 10, neighbour: node + 14 };
    for (const [part, at] of Object.entries({ ...places, ...fixed, ...inside })) {
      const damaged = Buffer.from(bytes);
      damaged.fill(0xff, at, at + 2);
      if (part === "neighbour") damaged.writeUInt32LE(300, at);
      writeFileSync(graph, damaged);
      await expect(open(folder), part).rejects.toThrow(UserError);
    }
    writeFileSync(graph, bytes);
    const other = temporaryFolder();
    const another = await open(other, { connectivity: 2 });
    await another.add(rows.slice(0, 200));
    await another.close();
    copyFileSync(join(other, "graph-1.usearch"), graph);
    await expect(open(folder)).rejects.toThrow("there are 300 rows of 32 numbers; got 200 of 32");
    writeFileSync(graph, bytes);
    const kept = await open(folder);
    expect(await kept.count()).toBe(300);
    await kept.close();
  });

  it("refuses rows on disk whose ids or keys are not their own, and a record of something else", async () => {
    const folder = temporaryFolder();
    const store = await open(folder);
    await store.add(rows.slice(0, 3));
    await store.close();
    for (const [name, text] of [
      ["rows-1.jsonl", '{"id":"a","key":0,"fields":{}}\n'.repeat(3)],
      ["rows-1.jsonl", '{"id":"a","key":-1,"fields":{}}\n'],
      ["rows-1.jsonl", '{"id":"a","key":0,"fields":{"x":[1]}}\n'],
      ["rows-1.jsonl", "null\n"],
      ["store.json", "null"],
      ["store.json", '{"format":"nearfar-hnsw-1","generation":"../1","connectivity":32}'],
      ["store.json", '{"format":"nearfar-hnsw-1","generation":1,"connectivity":1e9}'],
      ["store.json", '{"format":"nearfar-hnsw-1","generation":2,"connectivity":32}'],
    ] as const) {
      const before = readFileSync(join(folder, name));
      writeFileSync(join(folder, name), text);
      await expect(open(folder), text).rejects.toThrow(UserError);
      writeFileSync(join(folder, name), before);
    }
    expect(await (await open(folder)).count()).toBe(3);
  });

  it("refuses options that are no numbers of nodes", async () => {
    for (const options of [{ connectivity: 1 }, { expansionAdd: 1.5 }, { expansionSearch: 5000 }])
      await expect(open(temporaryFolder(), options)).rejects.toThrow("from 2 to 1,024");
  });
});

describe("hnswStore without usearch", () => {
  it("says what to install", async () => {
    await expect(hnswStore(temporaryFolder())).rejects.toThrow("npm install usearch");
  });
});
