import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readSafetensors, UserError, type VectorRow, type Vectors } from "@nearfar/formats";
import { flatIndex, openIndex, writeIndex, type OpenIndexOptions, type VectorDtype } from "@nearfar/search";
import { gaussian, matrix, temporaryFolder } from "@nearfar/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { sentenceLike } from "./sentenceLike.ts";

const dtypes: VectorDtype[] = ["float32", "int8", "binary"];
const id = (row: number) => (row % 7 === 0 ? `语言 ${row} 🙂` : row === 3 ? "" : `row-${row}`);

async function* rowsOf({ rows, dimensions, data }: Vectors): AsyncGenerator<VectorRow> {
  for (let row = 0; row < rows; row++)
    yield { id: id(row), vector: data.subarray(row * dimensions, (row + 1) * dimensions) };
}

async function opened(path: string, options?: OpenIndexOptions) {
  const index = await openIndex(path, options);
  onTestFinished(() => index.close());
  return index;
}

describe.each(dtypes)("an index file of %s", (dtype) => {
  it("finds what an index in memory finds, kept or read anew in small blocks, with its ids", async () => {
    for (const dimensions of [1, 20, 64]) {
      const path = join(temporaryFolder(), "vectors.index");
      const vectors = sentenceLike(1, 999, dimensions);
      expect(await writeIndex(path, rowsOf(vectors), { dtype })).toBe(999);
      expect(await readdir(join(path, ".."))).toEqual(["vectors.index"]); // nothing is left beside it
      const queries = sentenceLike(2, 9, dimensions);
      const expected = await flatIndex(vectors, { dtype }).search(queries, 6);
      for (const options of [{}, { cacheBytes: 10_000 }]) {
        const index = await opened(path, options);
        expect(index).toMatchObject({ dtype, rows: 999, dimensions });
        for (let twice = 0; twice < 2; twice++) expect(await index.search(queries, 6)).toEqual(expected);
        expect(await index.ids(expected.indices)).toEqual([...expected.indices].map(id));
        const filter = (row: number) => row > 900;
        const late = await index.search(queries, 6, { filter });
        expect(late).toEqual(await flatIndex(vectors, { dtype }).search(queries, 6, { filter }));
      }
    }
  });

  it("is a safetensors file", async () => {
    const path = join(temporaryFolder(), "vectors.index");
    const vectors = gaussian(1, 10, 20);
    await writeIndex(path, rowsOf(vectors), { dtype });
    const { tensors, metadata } = readSafetensors(readFileSync(path));
    expect(metadata).toMatchObject({ format: "nearfar-index-1", dtype, rows: "10", dimensions: "20" });
    expect(tensors.get("vectors")).toMatchObject({ shape: [10, 20], data: vectors.data });
    expect(tensors.get("codes")?.shape).toEqual({ float32: undefined, int8: [10, 20], binary: [10, 3] }[dtype]);
    expect(Buffer.from(tensors.get("ids")!.data as Uint8Array).toString()).toBe(
      Array.from({ length: 10 }, (_, row) => id(row)).join(""),
    );
  });

  it("has what encodeRow says", async () => {
    const path = join(temporaryFolder(), "vectors.index");
    const { data } = gaussian(1, 10, 20);
    await writeIndex(path, rowsOf({ rows: 10, dimensions: 20, data }), { dtype });
    const { tensors } = readSafetensors(readFileSync(path));
    const codes = (tensors.get("codes") ?? tensors.get("vectors"))!.data as Float32Array | Int8Array | Uint8Array;
    const scales = tensors.get("scales")!.data as Float32Array;
    for (let row = 0; row < 10; row++) {
      const vector = data.subarray(20 * row, 20 * row + 20);
      const most = Math.max(...vector.map(Math.abs));
      const length = Math.hypot(...vector);
      vector.forEach((value, i) => {
        if (dtype === "binary") expect((codes[3 * row + (i >> 3)]! >> (i & 7)) & 1).toBe(value > 0 ? 1 : 0);
        else {
          const bound = dtype === "int8" ? most / 254 : 0;
          const held = codes[20 * row + i]! * scales[row]! * length; // scales are over the length
          expect(Math.abs(held - value)).toBeLessThanOrEqual(bound + 1e-6 * most);
        }
      });
    }
  });

  it("is refused where any end of it is missing, where its header is changed, and where its scales are", async () => {
    const path = join(temporaryFolder(), "vectors.index");
    await writeIndex(path, rowsOf(gaussian(1, 6, 5)), { dtype });
    const whole = readFileSync(path);
    for (const length of [0, 1, 8, 100, 4095, 4096, 4097, whole.length - 1]) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      await expect(openIndex(path)).rejects.toThrow(UserError);
    }
    const used = whole.subarray(0, 4096).toString("latin1").trimEnd().length;
    for (let at = 0; at < used; at += 3) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1;
      writeFileSync(path, changed);
      await expect(openIndex(path)).rejects.toThrow(UserError);
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.of(0)]));
    await expect(openIndex(path)).rejects.toThrow(`the index takes ${whole.length} bytes; got ${whole.length + 1}`);
    const scales = whole.length - idBytes(6) - 8 * 6 - 4 * 6;
    for (const bad of [NaN, -1, Infinity]) {
      const changed = Buffer.from(whole);
      changed.writeFloatLE(bad, scales + 4 * 2);
      writeFileSync(path, changed);
      await expect((await opened(path)).search(gaussian(1, 1, 5), 1)).rejects.toThrow(`row 2 has the scale ${bad}`);
    }
  });

  it("refuses ids that lie outside and numbers that are not finite, and nothing else of a damaged file", async () => {
    const path = join(temporaryFolder(), "vectors.index");
    await writeIndex(path, rowsOf(gaussian(1, 6, 5)), { dtype });
    const whole = readFileSync(path);
    const ends = whole.length - idBytes(6) - 8 * 6;
    for (const end of [2n ** 63n, BigInt(idBytes(6) + 1), 0n]) {
      const changed = Buffer.from(whole);
      changed.writeBigUInt64LE(end, ends + 8 * 1);
      writeFileSync(path, changed);
      const index = await opened(path);
      await expect(index.ids([1])).rejects.toThrow("the id of row 1 goes from byte");
      expect(await index.ids([5, -1])).toEqual(["row-5", ""]);
      await expect(index.ids([6])).rejects.toThrow(RangeError);
    }
    const changed = Buffer.from(whole);
    changed.writeFloatLE(NaN, 4096 + 4 * (5 * 2 + 1));
    writeFileSync(path, changed);
    const index = await opened(path);
    if (dtype === "float32") expect((await index.search(gaussian(1, 1, 5), 6)).indices).not.toContain(2);
    else await expect(index.search(gaussian(1, 1, 5), 6)).rejects.toThrow("row 2 has a number that is not finite");
  });
});

const idBytes = (rows: number) => Buffer.byteLength(Array.from({ length: rows }, (_, row) => id(row)).join(""));

describe("writeIndex", () => {
  const vector = Float32Array.of(1, 2);

  it("refuses no rows, other widths, numbers that are not finite, long ids and folders that are not there", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "vectors.index");
    const write = (...rows: VectorRow[]) => writeIndex(path, rows);
    await expect(write()).rejects.toThrow("at least one row");
    await expect(write({ id: "a", vector }, { id: "b", vector: Float32Array.of(1) })).rejects.toThrow(
      '"b" has 1 numbers, the first 2',
    );
    await expect(write({ id: "a", vector: Float32Array.of(1, NaN) })).rejects.toThrow("not finite");
    await expect(write({ id: "a", vector: new Float32Array(0) })).rejects.toThrow("1 to 65536");
    await expect(write({ id: "a".repeat(70_000), vector })).rejects.toThrow("at most 65536 bytes");
    await expect(writeIndex(join(folder, "none", "x"), [{ id: "a", vector }])).rejects.toThrow(UserError);
    expect(await readdir(folder)).toEqual([]);
  });

  it("leaves the old index where the new one fails", async () => {
    const path = join(temporaryFolder(), "vectors.index");
    await writeIndex(path, [{ id: "old", vector }]);
    await expect(writeIndex(path, [{ id: "new", vector: Float32Array.of(NaN) }])).rejects.toThrow(UserError);
    expect(await (await opened(path)).ids([0])).toEqual(["old"]);
  });
});

describe("openIndex", () => {
  it("refuses a folder, a missing file and what is no index", async () => {
    const folder = temporaryFolder();
    await expect(openIndex(folder)).rejects.toThrow("this is a folder");
    await expect(openIndex(join(folder, "none"))).rejects.toThrow("no such file");
    writeFileSync(join(folder, "text"), "hello ".repeat(1000));
    await expect(openIndex(join(folder, "text"))).rejects.toThrow("no index of nearfar");
  });

  it("names both widths where queries are of another", async () => {
    const path = join(temporaryFolder(), "vectors.index");
    await writeIndex(path, [{ id: "a", vector: Float32Array.of(1, 2, 3) }]);
    await expect((await opened(path)).search(matrix([[1, 2]]), 1)).rejects.toThrow("got 2 and 3");
  });
});
