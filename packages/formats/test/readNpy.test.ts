import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readNpy, UserError, writeNpy } from "@nearfar/formats";
import type { NpyData } from "@nearfar/formats";

// Made by make_npy.py with numpy 2.4.6.
const golden = JSON.parse(readFileSync(join(import.meta.dirname, "golden", "npy.json"), "utf8")) as Record<
  string,
  string
>;
const bytesOf = (name: string): Uint8Array => new Uint8Array(Buffer.from(golden[name]!, "base64"));

// The values in make_npy.py.
const matrix = Float32Array.of(1.5, -0.1, 3e38, 0, 1e-45, -2);
const cases: [string, readonly number[], NpyData][] = [
  ["f4", [2, 3], matrix],
  ["f8", [2], Float64Array.of(0.1, -2.5)],
  ["i4", [1, 2, 1], Int32Array.of(-(2 ** 31), 2 ** 31 - 1)],
  ["i8", [2], BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n)],
  ["u1", [5], Uint8Array.of(0, 1, 2, 3, 4)],
  ["scalar", [], Float32Array.of(2.5)],
  ["empty", [0, 3], new Float32Array(0)],
];

describe("readNpy and writeNpy", () => {
  for (const [name, shape, data] of cases) {
    it(`read numpy's ${name} and write its bytes`, () => {
      const read = readNpy(bytesOf(name));
      expect(read.shape).toEqual(shape);
      expect(read.data).toEqual(data);
      expect(Buffer.from(writeNpy(data, shape)).toString("base64")).toBe(golden[name]);
    });
  }

  it("reads versions 2.0 and 3.0", () => {
    for (const name of ["f4 version 2", "f4 version 3"]) expect(readNpy(bytesOf(name)).data).toEqual(matrix);
  });

  for (const [name, message] of [
    ["big-endian", /type ">f4"; known are/],
    ["fortran", /Fortran order; save numpy\.ascontiguousarray/],
    ["record", /not a header of an array/],
    ["text", /type "<U2"/],
  ] as const) {
    it(`refuses ${name}`, () => {
      expect(() => readNpy(bytesOf(name), { where: "x.npy" })).toThrow(message);
      expect(() => readNpy(bytesOf(name), { where: "x.npy" })).toThrow(/^x\.npy: /);
    });
  }

  it("refuses a file that is not as long as its header says, before allocating", () => {
    const bytes = bytesOf("f4");
    expect(() => readNpy(bytes.subarray(0, bytes.length - 1))).toThrow(/F32 \[2, 3\] needs 24 bytes .* got 23/);
    expect(() => readNpy(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow(/needs 24 bytes .* got 25/);
    const huge = Buffer.from(
      Buffer.from(bytes).toString("latin1").replace("(2, 3), }", "(2, 9007199254740993), }"),
      "latin1",
    );
    expect(() => readNpy(huge)).toThrow(UserError);
    const long = Buffer.from(bytesOf("f4 version 2"));
    long.writeUInt32LE(2 ** 32 - 1, 8);
    expect(() => readNpy(long)).toThrow(/the header claims 4294967295 bytes/);
    expect(() => readNpy(Buffer.from("not numpy"))).toThrow(/begins with/);
  });

  it("refuses to write what does not fit", () => {
    expect(() => writeNpy(new Float32Array(5), [2, 3])).toThrow("writeNpy: shape [2, 3] needs 6 elements; got 5");
  });

  it("meet random damage with a UserError or with an array that fits", () => {
    const bytes = bytesOf("f4");
    const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 });
    const length = fc.oneof(fc.nat(bytes.length), fc.constant(bytes.length));
    fc.assert(
      fc.property(flips, length, (flips, length) => {
        const bad = bytes.slice(0, length);
        for (const [at, value] of flips) if (at < length) bad[at] = value;
        try {
          const { shape, data } = readNpy(bad);
          expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
