import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readNpy, readVectors, UserError, writeNpy, writeVectors } from "@nearfar/formats";
import type { VectorOptions, VectorRow } from "@nearfar/formats";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfar-vectors-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function all(path: string, options?: VectorOptions): Promise<VectorRow[]> {
  const rows: VectorRow[] = [];
  for await (const row of readVectors(path, options)) rows.push(row);
  return rows;
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const rows: VectorRow[] = [
  { id: "a.png", vector: Float32Array.of(0.5, -0.1, 3e38) },
  { id: '图/"b".png', vector: Float32Array.of(0, 1e-45, -2) },
];
async function* streamed(): AsyncGenerator<VectorRow> {
  yield* rows;
}

describe("writeVectors and readVectors", () => {
  for (const extension of ["jsonl", "parquet", "npy"]) {
    it(`give back the same float32 by ${extension}, for any number of rows`, async () => {
      const path = join(folder, `v.${extension}`);
      expect(await writeVectors(path, streamed())).toBe(2);
      expect(await all(path)).toEqual(rows);
      expect(await writeVectors(path, rows, { idName: "id" })).toBe(2);
      expect(await all(path, { idName: "id" })).toEqual(rows);
      await expect(all(path)).rejects.toThrow(/has no (text|column) "path"; it has id/);
      expect(await writeVectors(path, [])).toBe(0);
      expect(await all(path)).toEqual([]);
      const value = fc.float({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0); // -0 becomes 0 in JSON
      const many = fc.array(fc.tuple(fc.string({ unit: "binary" }), fc.tuple(value, value)), { maxLength: 20 });
      await fc.assert(
        fc.asyncProperty(many, async (many) => {
          const given = many.map(([id, pair]) => ({ id, vector: Float32Array.from(pair) }));
          await writeVectors(path, given);
          expect(await all(path)).toEqual(given);
        }),
        { numRuns: 30 },
      );
    });

    it(`refuse uneven and infinite vectors and leave no ${extension}`, async () => {
      const path = join(folder, `bad.${extension}`);
      const short = [...rows, { id: "c", vector: Float32Array.of(1) }];
      await expect(writeVectors(path, short)).rejects.toThrow(
        'writeVectors: "c" has 1 numbers, and the first vector 3',
      );
      const infinite = [{ id: "c", vector: Float32Array.of(NaN) }];
      await expect(writeVectors(path, infinite)).rejects.toThrow('"c" has a number that is not finite');
      expect((await readdir(folder)).filter((name) => name.includes("bad."))).toEqual([]);
    });
  }

  for (const extension of ["jsonl", "npy"]) {
    it(`meet damage of a ${extension} with a UserError or with rows`, async () => {
      const path = join(folder, `damaged.${extension}`);
      await writeVectors(path, rows);
      const bytes = readFileSync(path);
      const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(flips, fc.oneof(fc.nat(bytes.length), fc.constant(bytes.length)), async (flips, length) => {
          const bad = Buffer.from(bytes.subarray(0, length));
          for (const [at, value] of flips) if (at < length) bad[at] = value;
          await writeFile(path, bad);
          await all(path).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
        }),
        { numRuns: 100 },
      );
    });
  }

  it("refuse a parquet cut anywhere", async () => {
    // Cuts only: what a flipped byte of a page makes hyparquet do has no bound (see readParquetColumns).
    const path = join(folder, "cut.parquet");
    await writeVectors(path, rows);
    const bytes = readFileSync(path);
    for (let length = 0; length < bytes.length; length++) {
      await writeFile(path, bytes.subarray(0, length));
      await expect(all(path), `${length}`).rejects.toThrow(UserError);
    }
  });

  it("write exactly the promised line", async () => {
    const path = join(folder, "line.jsonl");
    await writeVectors(path, [{ id: "a.png", vector: Float32Array.of(0.1, 1, -2.5e-8) }]);
    expect(readFileSync(path, "utf8")).toBe('{"path":"a.png","vector":[0.100000001,1,-2.50000003e-8]}\n');
  });

  it("write a matrix that readNpy reads, with its ids beside it", async () => {
    const path = join(folder, "m.npy");
    await writeVectors(path, rows);
    const { shape, data } = readNpy(readFileSync(path));
    expect(shape).toEqual([2, 3]);
    expect(data).toEqual(Float32Array.of(...rows.flatMap(({ vector }) => [...vector])));
    expect(readFileSync(join(folder, "m.ids.jsonl"), "utf8")).toBe('{"path":"a.png"}\n{"path":"图/\\"b\\".png"}\n');
    await file("m.ids.jsonl", '{"path":"a.png"}\n');
    await expect(all(path)).rejects.toThrow(/m\.ids\.jsonl has 1 ids for the 2 rows/);
    await file("m.ids.jsonl", '{"path":"a"}\n{"path":"b"}\n{"path":"c"}\n');
    await expect(all(path)).rejects.toThrow(/m\.ids\.jsonl has more ids than the 2 rows/);
    await expect(all(await file("flat.npy", writeNpy(new Float32Array(3), [3])))).rejects.toThrow(/got F32 \[3\]/);
  });

  it("read a table that pyarrow wrote", async () => {
    // The values in make_parquet.py.
    expect(await all(join(import.meta.dirname, "golden", "vectors.parquet"))).toEqual([
      { id: "a.png", vector: Float32Array.of(1.5, -0.1) },
      { id: "图/b.png", vector: Float32Array.of(0, 3e38) },
      { id: "c.png", vector: Float32Array.of(2, 1e-45) },
    ]);
  });

  it("tell a user's mistakes", async () => {
    await expect(writeVectors("v.csv", [])).rejects.toThrow(
      new UserError(`v.csv: vectors are kept as .jsonl, .parquet or .npy; got ".csv"`),
    );
    await expect(all(join(folder, "missing.parquet"))).rejects.toThrow(/no such file/);
    await expect(all(await file("x.parquet", "PAR1"))).rejects.toThrow(/x\.parquet: not a parquet file/);
    await expect(all(await file("n.jsonl", '{"path":"a","vector":[1,"2"]}'))).rejects.toThrow(
      /row 1: "vector" must be/,
    );
    await expect(all(await file("n.jsonl", '{"path":"a","vector":[1]}\n{"path":"b","vector":[]}'))).rejects.toThrow(
      /row 2 has 0 numbers, and the first 1/,
    );
  });
});
