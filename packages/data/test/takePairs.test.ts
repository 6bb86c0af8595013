import { readSource, takePairs, type ImageSource, type PairSet } from "@nearfar/data";
import { describe, expect, it } from "vitest";

const bytes = new Uint8Array(new SharedArrayBuffer(6));
bytes.set([1, 2, 2, 3, 3, 3]);
const offsets = Float64Array.from([0, 1, 3, 6]);

describe("takePairs", () => {
  it("takes pairs in the order that was asked for, each with its own picture", async () => {
    const set = setOf({ kind: "bytes", buffer: bytes.buffer as unknown as SharedArrayBuffer, offsets });
    const taken = takePairs(set, [2, 0]);
    expect(taken.items.map(({ path }) => path)).toEqual(["c.png", "a.png"]);
    expect([...((await readSource(taken.source, 0)) as Uint8Array)]).toEqual([3, 3, 3]);
    expect([...((await readSource(taken.source, 1)) as Uint8Array)]).toEqual([1]);
  });

  it("takes files by their paths", () => {
    const taken = takePairs(setOf({ kind: "files", root: "r", paths: ["a.png", "b.png", "c.png"] }), [1]);
    expect(taken.source).toEqual({ kind: "files", root: "r", paths: ["b.png"] });
  });

  it("keeps the sides of pixels with their pictures", async () => {
    const pixels = new SharedArrayBuffer(9);
    new Uint8Array(pixels).set([1, 1, 1, 2, 2, 2, 2, 2, 2]);
    const sides = { widths: Uint32Array.of(1, 2), heights: Uint32Array.of(1, 1) };
    const source = { kind: "pixels", buffer: pixels, offsets: Float64Array.of(0, 3, 9), ...sides } as const;
    const image = await readSource(takePairs(setOf(source), [1]).source, 0);
    expect(image).toMatchObject({ width: 2, height: 1 });
  });

  it("names an index that is none", () => {
    const set = setOf({ kind: "files", root: "r", paths: ["a.png", "b.png", "c.png"] });
    expect(() => takePairs(set, [3])).toThrow("below 3; got 3");
  });
});

function setOf(source: ImageSource): PairSet {
  const items = ["a", "b", "c"].map((name) => ({ path: `${name}.png`, captions: [name] }));
  return { name: "x", description: "three", items, source, files: [], damaged: {} };
}
