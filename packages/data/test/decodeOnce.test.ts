import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  decodeOnce,
  openImages,
  pool,
  readSource,
  type Decoded,
  type DecodeRequest,
  type ImageSet,
} from "@nearfar/data";
import { UserError, type Image } from "@nearfar/formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { png, write } from "./tasks/pictures.ts";

const module = new URL("./tasks/tasks.ts", import.meta.url);
let root: string;
let set: ImageSet;
let folders = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "nearfar-data-"));
  set = await openWith(await pictures(90));
});
afterAll(() => rm(root, { recursive: true }));

/** Sizes differ, so that a mistaken order or offset would show. */
async function pictures(count: number): Promise<Record<string, Uint8Array>> {
  const entries = Array.from(
    { length: count },
    async (_, i) => [`${i % 3}/${i}.png`, await png(i, 3 + (i % 5), 2 + (i % 4))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function openWith(files: Record<string, Uint8Array | string>): Promise<ImageSet> {
  return openImages(await write(join(root, `${folders++}`), files));
}

async function decode(
  from: ImageSet,
  { workers = 0, ...options }: { workers?: number; maxSide?: number; maxBytes?: number } = {},
) {
  const decoder = pool<DecodeRequest, readonly Decoded[]>({
    module,
    name: "decoder",
    options: { source: from.source },
    workers,
  });
  try {
    return await decodeOnce(from, decoder, options);
  } finally {
    await decoder.close();
  }
}

const imageOf = async (from: ImageSet, i: number) => (await readSource(from.source, i)) as Image;

describe("decodeOnce", () => {
  it("gives the same pixels for 0, 1 and 2 workers, in the order of the items, readable in a worker", async () => {
    const [none, one, two] = await Promise.all([0, 1, 2].map((workers) => decode(set, { workers })));
    expect(none!.unreadable).toEqual([]);
    expect(none!.set.items).toEqual(set.items);
    expect(none!.set.labels).toEqual(["0", "1", "2"]);
    for (const other of [one!, two!]) expect(other.set).toEqual(none!.set);
    const reader = pool<number, Uint8Array>({
      module,
      name: "reader",
      options: { source: none!.set.source },
      workers: 1,
    });
    for (const [i, { path }] of set.items.entries()) {
      const seed = Number(path.slice(2, -4));
      const image = await imageOf(none!.set, i);
      expect([image.width, image.height]).toEqual([3 + (seed % 5), 2 + (seed % 4)]);
      expect([...image.data]).toEqual(Array.from(image.data, (_, k) => (k * 31 + seed * 57) % 256)); // png() above
      if (i % 30 === 0) expect(await reader.run(i)).toEqual(Uint8Array.from(image.data));
    }
    await reader.close();
  });

  it("leaves out and names what cannot be read, up to a tenth", async () => {
    const mixed = await openWith({
      ...(await pictures(27)),
      "0/bad.png": "no picture",
      "2/cut.png": (await png(1)).subarray(0, 40),
      "9/x.gif": "",
    });
    const decoded = await decode(mixed, { workers: 1 });
    expect(decoded.unreadable.map(({ path }) => path)).toEqual(["0/bad.png", "2/cut.png", "9/x.gif"]);
    expect(decoded.unreadable[0]!.reason).toContain("not a picture");
    expect(decoded.set.items).toEqual(mixed.items.filter(({ path }) => !/bad|cut|x/.test(path)));
    expect(decoded.set.labels).toEqual(["0", "1", "2"]); // the class "9" is gone with its picture
  });

  it("throws past a tenth, with the count and three examples", async () => {
    const mixed = await openWith({
      ...(await pictures(20)),
      ...Object.fromEntries([1, 2, 3, 4].map((i) => [`0/bad${i}.png`, "x"])),
    });
    const error = await decode(mixed).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(
      /^[34] of 24 pictures cannot be read, more than 10 %: 0\/bad1.png \(.*0\/bad2.png.*0\/bad3.png/,
    );
  });

  it("returns a set with large pictures, or too many bytes, or decoded already, as it is", async () => {
    expect((await decode(set, { maxSide: 6 })).set).toBe(set);
    expect((await decode(set, { maxBytes: 1000 })).set).toBe(set);
    const late = await openWith({ ...(await pictures(80)), "z.png": await png(0, 65, 2) });
    expect((await decode(late)).set).toBe(late);
    expect((await decode(late, { maxSide: 65 })).set).not.toBe(late);
    const { set: decoded } = await decode(set);
    expect((await decode(decoded)).set).toBe(decoded);
  });
});
