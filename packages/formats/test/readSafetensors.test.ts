import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  readSafetensors,
  readSafetensorsFile,
  toFloat32,
  UserError,
  writeSafetensors,
  writeSafetensorsFile,
} from "@nearfar/formats";
import type { NamedArray } from "@nearfar/formats";

const golden = join(import.meta.dirname, "golden", "every.safetensors"); // made by make_safetensors.py
const bytes = new Uint8Array(readFileSync(golden));
const halves = JSON.parse(readFileSync(join(import.meta.dirname, "golden", "halves.json"), "utf8")) as {
  f16: string;
  bf16: string;
  every: { f16: number[]; bf16: number[] };
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfar-safetensors-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A file with this header, `data` bytes behind it and, unless told otherwise, its true length in front. */
function file(header: string | Uint8Array, data = 0, length?: bigint): Uint8Array {
  const json = Buffer.from(header as string);
  const front = Buffer.alloc(8);
  front.writeBigUInt64LE(length ?? BigInt(json.length));
  return Buffer.concat([front, json, Buffer.alloc(data)]);
}

const tensor = (offsets: [number, number], shape: unknown = [1], dtype = "U8"): string =>
  JSON.stringify({ dtype, shape, data_offsets: offsets });

describe("readSafetensors", () => {
  it("reads what the reference implementation wrote, every type", () => {
    const { tensors, metadata } = readSafetensors(bytes);
    const plain = (name: string): unknown[] => Array.from(tensors.get(name)!.data as Uint8Array);
    expect(metadata).toEqual({ format: "pt é\t" });
    expect(tensors.size).toBe(19);
    // The values in make_safetensors.py.
    expect(tensors.get("f64")).toEqual({ dtype: "F64", shape: [1, 2], data: Float64Array.of(0.1, -2.5) });
    expect(tensors.get("f32")).toEqual({ dtype: "F32", shape: [2, 2], data: Float32Array.of(1.5, -0.1, 3e38, 1e-45) });
    expect(tensors.get("i64")!.data).toEqual(BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n));
    expect(tensors.get("u64")!.data).toEqual(BigUint64Array.of(2n ** 63n - 1n));
    expect(plain("i32")).toEqual([-(2 ** 31), 2 ** 31 - 1]);
    expect(plain("u32")).toEqual([2 ** 32 - 1]);
    expect(plain("i16")).toEqual([-(2 ** 15), 2 ** 15 - 1]);
    expect(plain("u16")).toEqual([2 ** 16 - 1]);
    expect(plain("i8")).toEqual([-128, 127]);
    expect(plain("u8")).toEqual([0, 255, 7]);
    expect(tensors.get("bool")).toEqual({ dtype: "BOOL", shape: [3], data: Uint8Array.of(1, 0, 1) });
    expect(tensors.get("empty")).toEqual({ dtype: "F32", shape: [0, 3], data: new Float32Array(0) });
    expect(tensors.get("scalar")).toEqual({ dtype: "F32", shape: [], data: Float32Array.of(2.5) });
    expect(tensors.has('quote" \\ \n é 图 \u{1f43b}')).toBe(true);
    expect([...toFloat32(tensors.get("f16")!)]).toEqual(halves.every.f16);
    expect([...toFloat32(tensors.get("bf16")!)]).toEqual(halves.every.bf16);
  });

  it("reads the same from a file, from any offset in memory, and copies", async () => {
    const whole = readSafetensors(bytes);
    expect(await readSafetensorsFile(golden)).toEqual(whole);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    const read = readSafetensors(shifted.subarray(1));
    shifted.fill(0);
    expect(read).toEqual(whole);
  });

  const refused: [string, Uint8Array, RegExp][] = [
    ["nothing", new Uint8Array(0), /at least 8 bytes; got 0/],
    ["less than a length", new Uint8Array(7), /at least 8 bytes; got 7/],
    ["a length over the limit", file("{}", 0, 100_000_001n), /claims 100000001 bytes, over the limit/],
    ["a length of 2^64 - 1", file("{}", 0, 2n ** 64n - 1n), /claims 18446744073709551615 bytes/],
    ["a length over the file's", file("{}", 0, 3n), /claims 3 bytes, and the file has 10/],
    ["an empty header", file(""), /must begin with "\{"; got ""/],
    ["a header that is no object", file("[1]"), /must begin with "\{"; got "\["/],
    ["a blank in front", file(" {}"), /must begin with "\{"; got " "/],
    ["a byte-order mark", file("\ufeff{}"), /must begin with "\{"/],
    ["broken UTF-8", file(Buffer.from('{"\xff":1}', "latin1")), /not valid UTF-8/],
    ["broken JSON", file('{"a":}'), /not valid JSON/],
    ["a name twice", file(`{"a":${tensor([0, 1])},"\\u0061":${tensor([1, 2])}}`, 2), /has "a" twice/],
    ["a field twice", file('{"a":{"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]}}', 1), /"dtype" twice/],
    ["metadata that is a list", file('{"__metadata__":[]}'), /__metadata__ must be an object; got \[\]/],
    ["metadata that is no text", file('{"__metadata__":{"epoch":3}}'), /metadata "epoch" must be a string; got 3/],
    ["a tensor that is null", file('{"a":null}'), /tensor "a" must be an object; got null/],
    ["an unknown type", file(`{"a":${tensor([0, 1], [1], "F7")}}`, 1), /tensor "a" has dtype "F7"; known are/],
    ["a type of the prototype", file(`{"a":${tensor([0, 1], [1], "toString")}}`, 1), /dtype "toString"/],
    ["no shape", file('{"a":{"dtype":"U8","data_offsets":[0,1]}}', 1), /has shape nothing/],
    ["a negative size", file(`{"a":${tensor([0, 1], [-1])}}`, 1), /has shape \[-1\]/],
    ["half a size", file(`{"a":${tensor([0, 1], [0.5])}}`, 1), /has shape \[0.5\]/],
    ["a size as text", file(`{"a":${tensor([0, 1], ["1"])}}`, 1), /has shape \["1"\]/],
    ["a size over 2^53", file(`{"a":${tensor([0, 1], [2 ** 53])}}`, 1), /has shape \[9007199254740992\]/],
    ["a product over 2^53", file(`{"a":${tensor([0, 0], [2 ** 30, 2 ** 30, 0])}}`), /too large/],
    ["three offsets", file('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}', 1), /data_offsets \[0,1,2\]/],
    ["an end before the begin", file(`{"a":${tensor([1, 0])}}`, 1), /ends before it begins/],
    ["a size that does not fit", file(`{"a":${tensor([0, 2])}}`, 2), /U8 \[1\], needs 1 bytes; .* hold 2/],
    [
      "an overlap",
      file(`{"a":${tensor([0, 2], [2])},"b":${tensor([1, 3], [2])}}`, 3),
      /"b" overlaps .* 2 was expected/,
    ],
    ["a hole", file(`{"a":${tensor([0, 1])},"b":${tensor([2, 3])}}`, 3), /"b" leaves a hole before it/],
    ["a hole in front", file(`{"a":${tensor([1, 2])}}`, 2), /"a" leaves a hole/],
    ["trailing bytes", file(`{"a":${tensor([0, 1])}}`, 2), /need 1 bytes after the header; got 2: bytes are left over/],
    [
      "missing bytes",
      file(`{"a":${tensor([0, 9], [9])}}`, 2),
      /need 9 bytes after the header; got 2: was the file cut/,
    ],
    ["a terabyte", file(`{"a":${tensor([0, 2 ** 40], [2 ** 40])}}`, 2), /need 1099511627776 bytes/],
  ];
  for (const [what, bad, message] of refused) {
    it(`refuses ${what}, in memory and in a file`, async () => {
      const read = (): unknown => readSafetensors(bad, { where: "model.safetensors" });
      expect(read).toThrow(UserError);
      expect(read).toThrow(message);
      expect(read).toThrow(/^model\.safetensors: /);
      const path = join(folder, "bad.safetensors");
      await writeFile(path, bad);
      await expect(readSafetensorsFile(path)).rejects.toThrow(message);
      await expect(readSafetensorsFile(path)).rejects.toThrow(UserError);
    });
  }

  it("keeps a name such as __proto__ a name", () => {
    const { tensors, metadata } = readSafetensors(
      file(`{"__metadata__":{"__proto__":"x"},"__proto__":${tensor([0, 1])}}`, 1),
    );
    expect([...tensors.keys()]).toEqual(["__proto__"]);
    expect(Object.keys(metadata)).toEqual(["__proto__"]);
  });

  it("meets random cuts and flips with a UserError or with arrays that fit their shapes", () => {
    const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 6 });
    const length = fc.oneof(fc.nat(bytes.length), fc.constant(bytes.length));
    fc.assert(
      fc.property(flips, length, (flips, length) => {
        const bad = bytes.slice(0, length);
        for (const [at, value] of flips) if (at < length) bad[at] = value;
        try {
          for (const { shape, data } of readSafetensors(bad).tensors.values()) {
            expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
          }
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("writeSafetensors", () => {
  it("writes the reference implementation's bytes, whatever the order", async () => {
    const { tensors, metadata } = readSafetensors(bytes);
    const backwards = new Map([...tensors].reverse());
    expect(Buffer.compare(writeSafetensors(backwards, metadata), bytes)).toBe(0);
    const path = join(folder, "model.safetensors");
    await writeSafetensorsFile(path, backwards, metadata);
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("is undone by readSafetensors", () => {
    const array = fc
      .tuple(fc.array(fc.nat(4), { maxLength: 3 }), fc.constantFrom("F32" as const, "U8" as const))
      .map(([shape, dtype]): NamedArray => {
        const count = shape.reduce((product, size) => product * size, 1);
        const values = Array.from({ length: count }, (_, i) => (i * 37) % 256);
        return { shape, dtype, data: dtype === "F32" ? Float32Array.from(values) : Uint8Array.from(values) };
      });
    const name = fc.string({ unit: "grapheme" }).filter((text) => text !== "__metadata__");
    fc.assert(
      fc.property(fc.dictionary(name, array), fc.dictionary(name, name), (tensors, metadata) => {
        const written = writeSafetensors(new Map(Object.entries(tensors)), metadata);
        const read = readSafetensors(written);
        expect(Object.fromEntries(read.tensors)).toEqual({ ...tensors });
        expect(read.metadata).toEqual({ ...metadata });
      }),
    );
  });

  it("starts the data at a multiple of 8 bytes", () => {
    for (let length = 0; length < 9; length++) {
      const one: NamedArray = { shape: [], dtype: "U8", data: Uint8Array.of(1) };
      expect((writeSafetensors(new Map([["x".repeat(length), one]])).length - 1) % 8).toBe(0);
    }
  });

  it("refuses arrays that do not fit", () => {
    const write = (array: NamedArray, name = "w"): unknown => writeSafetensors(new Map([[name, array]]));
    expect(() => write({ shape: [2], dtype: "F32", data: new Float32Array(3) })).toThrow(/\[2\] needs 2 .* got 3/);
    expect(() => write({ shape: [2], dtype: "F32", data: new Float64Array(2) })).toThrow(
      /Float32Array; got Float64Arr/,
    );
    expect(() => write({ shape: [], dtype: "U8", data: new Uint8Array(1) }, "__metadata__")).toThrow(/keeps for its/);
  });
});

describe("toFloat32", () => {
  const everyBits = Uint16Array.from({ length: 65536 }, (_, i) => i);
  const digest = (values: Float32Array): string => {
    const bits = new Uint32Array(values.buffer);
    values.forEach((value, i) => {
      if (Number.isNaN(value)) bits[i] = 0x7fc00000;
    });
    return createHash("sha256").update(new Uint8Array(bits.buffer)).digest("hex");
  };

  it("widens all 65,536 halves as numpy and torch do (halves.json)", () => {
    expect(digest(toFloat32({ shape: [65536], dtype: "F16", data: everyBits }))).toBe(halves.f16);
    expect(digest(toFloat32({ shape: [65536], dtype: "BF16", data: everyBits }))).toBe(halves.bf16);
  });

  it("hands float32 back as it is, and converts the others", () => {
    const data = Float32Array.of(1.5);
    expect(toFloat32({ shape: [1], dtype: "F32", data })).toBe(data);
    expect(toFloat32({ shape: [1], dtype: "I64", data: BigInt64Array.of(-3n) })).toEqual(Float32Array.of(-3));
    expect(toFloat32({ shape: [1], dtype: "F64", data: Float64Array.of(0.1) })).toEqual(Float32Array.of(0.1));
  });
});
