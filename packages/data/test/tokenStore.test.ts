import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSafetensorsFile, UserError } from "@nearfar/formats";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesFingerprint, openTokenStore, saveTokenStore, tokensAt, tokenStore, type TokenStore } from "@nearfar/data";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfar-tokens-"));
});
afterAll(() => rm(folder, { recursive: true }));

const listsOf = (store: TokenStore) =>
  Array.from({ length: store.offsets.length - 1 }, (_, i) => [...tokensAt(store, i)]);

describe("tokenStore", () => {
  it("gives back the lists, from memory that threads share, also after they lay on the disk", async () => {
    const path = join(folder, "tokens.safetensors");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat(99), { maxLength: 9 }), { maxLength: 20 }), async (lists) => {
        const store = await tokenStore(lists.map((list) => Int32Array.from(list)));
        expect(listsOf(store)).toEqual(lists);
        expect(store.ids.buffer).toBeInstanceOf(SharedArrayBuffer);
        expect(structuredClone(store).ids.buffer).toBeInstanceOf(SharedArrayBuffer);
        await saveTokenStore(path, store, "a");
        const opened = (await openTokenStore(path, "a", { vocabulary: 100 }))!;
        expect(listsOf(opened)).toEqual(lists);
        expect(opened.ids.buffer).toBeInstanceOf(SharedArrayBuffer);
      }),
      { numRuns: 30 },
    );
  });

  it("holds lists longer than its pieces, in order", async () => {
    const lengths = [3, 2 ** 20 + 5, 2 ** 20 - 1, 2, 0, 2 ** 19]; // pieces are 2^20 ids
    const store = await tokenStore(lengths.map((length, i) => new Int32Array(length).fill(i)));
    for (const [i, length] of lengths.entries()) {
      const list = tokensAt(store, i);
      expect(list.length).toBe(length);
      expect(list.every((id) => id === i)).toBe(true);
    }
  });

  it("stops at its limit, and knows how many lists it has", async () => {
    const lists = [new Int32Array(4), new Int32Array(4)];
    await expect(tokenStore(lists, { limitBytes: 31 })).rejects.toThrow(UserError);
    const store = await tokenStore(lists, { limitBytes: 32 });
    for (const i of [2, -1, 0.5]) expect(() => tokensAt(store, i)).toThrow(RangeError);
  });
});

describe("openTokenStore", () => {
  it("takes nothing that does not fit", async () => {
    const path = join(folder, "bad.safetensors");
    const write = async (ids: Int32Array | Float32Array, offsets: number[]) =>
      writeSafetensorsFile(
        path,
        new Map([
          ["ids", { dtype: ids instanceof Int32Array ? "I32" : "F32", shape: [ids.length], data: ids }],
          ["offsets", { dtype: "U32", shape: [offsets.length], data: Uint32Array.from(offsets) }],
        ] as const),
        { fingerprint: "a" },
      );
    const open = (fingerprint = "a") => openTokenStore(path, fingerprint, { vocabulary: 10 });
    expect(await open()).toBeUndefined();
    await write(Int32Array.of(1, 9), [0, 1, 2]);
    expect(listsOf((await open())!)).toEqual([[1], [9]]);
    expect(await open("b")).toBeUndefined();
    const whole = await readFile(path);
    for (const [ids, offsets] of [
      [Int32Array.of(1, 10), [0, 1, 2]],
      [Int32Array.of(-1, 1), [0, 1, 2]],
      [Float32Array.of(1, 9), [0, 1, 2]],
      [Int32Array.of(1, 9), []],
      [Int32Array.of(1, 9), [0, 1]],
      [Int32Array.of(1, 9), [1, 2]],
      [Int32Array.of(1, 9), [0, 3, 2]],
      [Int32Array.of(1, 9), [0, 2 ** 32 - 1]],
    ] as const) {
      await write(ids, [...offsets]);
      expect(await open(), `${offsets.join()}`).toBeUndefined();
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = Uint8Array.from(whole);
        bytes[at] = byte;
        await writeFile(path, bytes);
        const store = await open();
        if (store)
          expect(
            listsOf(store)
              .flat()
              .every((id) => id >= 0 && id < 10),
          ).toBe(true);
      }),
    );
  });
});

describe("filesFingerprint", () => {
  it("changes with a file's size, its time and what else is named, and with nothing else", async () => {
    const path = join(folder, "f.txt");
    const at = async (content: string, time: number, parts?: unknown[]) => {
      await writeFile(path, content);
      await utimes(path, time, time);
      return filesFingerprint([path], parts);
    };
    const first = await at("a", 1000);
    expect(await at("b", 1000)).toBe(first);
    const others = [await at("ab", 1000), await at("a", 1001), await at("a", 1000, ["tokenizer"])];
    expect(new Set([first, ...others]).size).toBe(4);
    await expect(filesFingerprint([join(folder, "none.txt")])).rejects.toThrow(UserError);
  });
});
