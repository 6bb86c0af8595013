import { UserError } from "@nearfar/formats";
import type { Field, StoreHit, StoreRow, StoreSearch, VectorStore } from "@nearfar/search";
import { gaussian } from "@nearfar/testing";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";

/** A place for one store, empty at first; each `open` opens what lies there. */
export interface StorePlace {
  open(): Promise<VectorStore>;
}

export interface StoreContractOptions {
  /** Whether what was closed is there when the place is opened again. */
  readonly kept?: boolean;
  /** Skips the suite; the reason stands in its name. */
  readonly missing?: boolean;
}

/** What every vector store does. Stores here are so small that approximate ones are exact. */
export function vectorStoreContract(
  name: string,
  place: () => StorePlace | Promise<StorePlace>,
  { kept = false, missing = false }: StoreContractOptions = {},
): void {
  describe.skipIf(missing)(`${name} keeps the contract of a vector store`, () => {
    const opened: VectorStore[] = [];
    const open = async (at?: StorePlace): Promise<VectorStore> => {
      const store = await (at ?? (await place())).open();
      opened.push(store);
      return store;
    };
    afterEach(async () => void (await Promise.all(opened.splice(0).map((store) => store.close().catch(() => {})))));

    it("finds the nearest by cosine, and all where there are fewer", async () => {
      const store = await open();
      const rows = rowsOf(50, 8);
      expect(await store.add(rows)).toBe(50);
      const query = gaussian(2, 1, 8).data;
      for (const k of [1, 7, 50, 60, 3000]) expectHits(await store.search(query, k), nearest(rows, query, k));
    });

    it("is empty at first, replaces a row of the same id, and takes a row of zeros", async () => {
      const store = await open();
      expect(await store.count()).toBe(0);
      expect(await store.remove(["a"])).toBe(0);
      expect(await store.search(Float32Array.of(1, 0), 3)).toEqual([]);
      async function* rows(): AsyncGenerator<StoreRow> {
        yield { id: "a", vector: Float32Array.of(1, 0), fields: { colour: "red" } };
        yield { id: "b", vector: Float32Array.of(3, 4) };
        yield { id: "a", vector: Float32Array.of(-2, 0) };
      }
      expect(await store.add(rows())).toBe(3);
      expect(await store.add([{ id: "zero", vector: Float32Array.of(0, 0) }])).toBe(1);
      expect(await store.count()).toBe(3);
      // (3, 4) / 5 has cosine 3/5; a row of zeros has 0 to all.
      const found = [hit("b", 0.6), hit("zero", 0), hit("a", -1)];
      expectHits(await store.search(Float32Array.of(2, 0), 3), found);
      expect(await store.add([])).toBe(0);
    });

    it("does not keep the vectors and fields that it was given, but copies", async () => {
      const store = await open();
      const [vector, fields] = [Float32Array.of(1, 0), { colour: "red" }];
      await store.add([{ id: "a", vector, fields }]);
      vector[0] = -1;
      fields.colour = "blue";
      expectHits(await store.search(Float32Array.of(1, 0), 1), [hit("a", 1, { colour: "red" })]);
    });

    it("takes rows out, counts those that were there, and takes them back", async () => {
      const store = await open();
      const rows = rowsOf(30, 4);
      await store.add(rows);
      const query = gaussian(3, 1, 4).data;
      await store.search(query, 1);
      expect(await store.remove(["row 3", "row 4", "row 4", "nobody"])).toBe(2);
      expect(await store.remove(["row 3"])).toBe(0);
      expect(await store.count()).toBe(28);
      const left = rows.filter(({ id }) => id !== "row 3" && id !== "row 4");
      expectHits(await store.search(query, 40), nearest(left, query, 40));
      await store.add([rows[3]!]);
      expectHits(await store.search(query, 40), nearest([...left, rows[3]!], query, 40));
      expect(await store.remove(rows.map(({ id }) => id))).toBe(29);
      expect(await store.search(query, 5)).toEqual([]);
      await expect(store.add([{ id: "other", vector: Float32Array.of(1) }])).rejects.toThrow("rows have 4 numbers");
      expect(await store.add(rows)).toBe(30);
      expectHits(await store.search(query, 2), nearest(rows, query, 2));
    });

    it("filters by a value or any of several, of each type, and by several fields at once", async () => {
      const store = await open();
      const rows: StoreRow[] = rowsOf(40, 4).map((row, at) => ({
        ...row,
        fields: {
          colour: ["red", "green", "blue"][at % 3]!,
          size: at % 5,
          big: at % 2 === 0,
          ...(at > 30 ? { late: at } : {}),
        },
      }));
      await store.add([...rows, { id: "bare", vector: Float32Array.of(1, 1, 1, 1) }]);
      const query = gaussian(4, 1, 4).data;
      const conditions: NonNullable<StoreSearch["where"]>[] = [
        { colour: "red" },
        { colour: ["red", "blue"] },
        { size: 3 },
        { size: [0, 4], big: true },
        { big: false, colour: "green" },
        { late: [35, 36, 999] },
      ];
      for (const where of conditions) {
        const wanted = rows.filter(({ fields }) =>
          Object.entries(where).every(([name, value]) => [value].flat().includes(fields![name]!)),
        );
        expect(wanted.length, JSON.stringify(where)).toBeGreaterThan(0);
        for (const k of [1, 3, 100]) expectHits(await store.search(query, k, { where }), nearest(wanted, query, k));
      }
      expect(await store.search(query, 9, { where: {} })).toHaveLength(9);
      const unlike: typeof conditions = [
        { size: "3" },
        { big: "true" },
        { big: 1 },
        { colour: [] },
        { nothing: "red" },
        { toString: "red" },
      ];
      for (const where of unlike) expect(await store.search(query, 5, { where }), JSON.stringify(where)).toEqual([]);
    });

    it("keeps any text as an id, a name and a value of a field, and takes none of it for a query", async () => {
      const store = await open();
      const rows = HOSTILE.map((text, at) => ({
        id: text,
        vector: Float32Array.of(1, at / 10),
        fields: { [text]: `${text}${text}`, kind: text },
      }));
      expect(await store.add(rows)).toBe(HOSTILE.length);
      expect(await store.count()).toBe(HOSTILE.length);
      const query = Float32Array.of(1, 0.2);
      for (const [at, text] of HOSTILE.entries()) {
        const [own] = nearest([rows[at]!], query, 1);
        for (const where of [{ kind: text }, { [text]: `${text}${text}` }, { kind: ["no such", text] }])
          expectHits(await store.search(query, 5, { where }), [own!]);
      }
      for (const [at, text] of HOSTILE.entries()) {
        expect(await store.remove([text]), JSON.stringify(text)).toBe(1);
        expect(await store.count()).toBe(HOSTILE.length - at - 1);
      }
    });

    it("refuses other widths, numbers that are not finite, a k below 1, and what is neither text nor a field", async () => {
      const store = await open();
      const vector = Float32Array.of(1, 0);
      await store.add([{ id: "a", vector }]);
      const refused = async (row: StoreRow, message: string) => {
        await expect(store.add([row])).rejects.toThrow(message);
        await expect(store.add([row])).rejects.toThrow(UserError);
      };
      await refused({ id: "b", vector: Float32Array.of(1) }, '2 numbers; "b" has 1');
      await refused({ id: "b", vector: Float32Array.of(1, NaN) }, "not finite");
      await refused({ id: "b", vector: Float32Array.of(1, -Infinity) }, "not finite");
      await refused({ id: "b\0", vector }, "whole Unicode text");
      await refused({ id: "\ufeffb", vector }, "whole Unicode text");
      await refused({ id: "\ud800", vector }, "whole Unicode text");
      for (const value of [NaN, Infinity, "\0", "\udfff", null, undefined, ["x"], { x: 1 }])
        await refused({ id: "b", vector, fields: { x: value as Field } }, '"b" has "x"');
      await refused({ id: "b", vector, fields: { "x\0": 1 } }, "under a name");
      for (const bad of [Float32Array.of(1, 2, 3), Float32Array.of(), Float32Array.of(1, NaN)])
        await expect(store.search(bad, 1)).rejects.toThrow(UserError);
      for (const k of [0, -1, 1.5, NaN, Infinity]) await expect(store.search(vector, k)).rejects.toThrow(`got ${k}`);
      expect(await store.count()).toBe(1);
      expectHits(await store.search(vector, 3), [hit("a", 1)]); // and goes on
    });

    it("equals a plain map for any sequence of additions and removals", async () => {
      const row = fc.record({ id: fc.integer({ min: 0, max: 12 }), at: fc.integer({ min: 0, max: 99 }) });
      const step = fc.oneof(
        fc.record({ add: fc.array(row, { maxLength: 6 }) }),
        fc.record({ remove: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }) }),
        fc.record({ where: fc.option(fc.integer({ min: 0, max: 2 })) }),
      );
      // A vector of its own for each id: which of two equals comes first a store need not say, and an approximate index does not.
      const vectors = gaussian(5, 1300, 6).data;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
          const store = await open();
          const model = new Map<string, StoreRow>();
          for (const one of steps) {
            if ("add" in one) {
              const rows = one.add.map(({ id, at }) => ({
                id: `${id}`,
                vector: vectors.subarray(6 * (100 * id + at), 6 * (100 * id + at) + 6),
                fields: { group: at % 3 },
              }));
              expect(await store.add(rows)).toBe(rows.length);
              for (const each of rows) model.set(each.id, each);
            } else if ("remove" in one) {
              const gone = one.remove.filter((id) => model.delete(`${id}`)).length;
              expect(await store.remove(one.remove.map(String))).toBe(gone);
            } else {
              const query = gaussian(6, 1, 6).data;
              const wanted = [...model.values()].filter(
                (each) => one.where === null || each.fields!.group === one.where,
              );
              const options = one.where === null ? {} : { where: { group: one.where } };
              expectHits(await store.search(query, 4, options), nearest(wanted, query, 4));
            }
            expect(await store.count()).toBe(model.size);
          }
          await store.close();
        }),
        { numRuns: 15 },
      );
    });

    if (kept)
      it("is there again when its place is opened anew, for searches and changes", async () => {
        const at = await place();
        const before = await open(at);
        expect(await before.count()).toBe(0);
        const rows: StoreRow[] = rowsOf(20, 4).map((row, i) => ({ ...row, fields: { even: i % 2 === 0 } }));
        await before.add(rows);
        await before.remove(["row 7"]);
        await before.close();
        let expected = rows.filter(({ id }) => id !== "row 7");
        const query = gaussian(7, 1, 4).data;
        for (let round = 0; round < 3; round++) {
          const after = await open(at);
          expect(await after.count()).toBe(expected.length);
          expectHits(await after.search(query, 30), nearest(expected, query, 30));
          const even = expected.filter(({ fields }) => fields?.even);
          expectHits(await after.search(query, 30, { where: { even: true } }), nearest(even, query, 30));
          await expect(after.add([{ id: "b", vector: Float32Array.of(1) }])).rejects.toThrow("rows have 4 numbers");
          const more = [
            { id: `more ${round}`, vector: gaussian(8 + round, 1, 4).data },
            { ...rows[round]!, fields: { even: true } },
          ];
          await after.add(more);
          await after.remove([`row ${10 + round}`]);
          expected = expected.filter(({ id }) => id !== `row ${10 + round}` && id !== rows[round]!.id);
          expected.push(...more);
          expectHits(await after.search(query, 30), nearest(expected, query, 30));
          await after.close();
        }
      });
  });
}

/** Ids, names and values that have a meaning in some language of queries, or in none. */
const HOSTILE = [
  "'", "''", '"', "\\", "\\'", "' OR 1=1 --", "'; DROP TABLE vectors; --", "a') OR ('1'='1", "%", "_", "$1", "?", ":id",
  "`id`", "NULL", "true", "0", "-1", "{}", "[1,2]", '{"a":1}', "a,b", "a b", " ", "", "\n", "\t", "\r\n", "../../etc/passwd",
  "é", "e\u0301", "日本語", "ß", "SS", "😀", "👩‍👩‍👧", "\u202egnp.exe", "\u2028", "a\ufeff", "__proto__", "constructor", "x".repeat(3000),
]; // prettier-ignore

function rowsOf(count: number, width: number): StoreRow[] {
  const { data } = gaussian(1, count, width);
  return Array.from({ length: count }, (_, at) => ({
    id: `row ${at}`,
    vector: data.subarray(at * width, (at + 1) * width),
  }));
}

function hit(id: string, score: number, fields?: StoreRow["fields"]): StoreHit {
  return fields && Object.keys(fields).length > 0 ? { id, score, fields } : { id, score };
}

/** What a search finds by the definition: cosines in float64. */
function nearest(rows: readonly StoreRow[], query: Float32Array, k: number): StoreHit[] {
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return rows
    .map(({ id, vector, fields }) =>
      hit(id, dot(vector, query) / Math.sqrt(dot(vector, vector) * dot(query, query)), fields),
    )
    .sort((a, b) => b.score - a.score)
    .slice(0, k);
}

function expectHits(found: readonly StoreHit[], expected: readonly StoreHit[]): void {
  expect(found.map(({ score: _, ...rest }) => rest)).toEqual(expected.map(({ score: _, ...rest }) => rest));
  found.forEach(({ score }, at) => expect(score).toBeCloseTo(expected[at]!.score, 5)); // vectors of length 1 have 24 bits: 6e-8
}
