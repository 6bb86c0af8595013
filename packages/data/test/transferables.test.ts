import { describe, expect, it } from "vitest";
import { transferables } from "../src/transferables.ts";

describe("transferables", () => {
  it("finds each buffer once, through arrays and plain objects", () => {
    const one = new Uint8Array(4);
    const two = new Float32Array(2);
    const value = { views: [one, { data: one.subarray(1) }], two, buffer: two.buffer, none: null, text: "x" };
    expect(transferables(value)).toEqual([one.buffer, two.buffer]);
  });

  it("leaves shared memory, Node's own buffers and instances of classes alone, and ends on a cycle", () => {
    const cycle: unknown[] = [
      new Uint8Array(new SharedArrayBuffer(4)),
      Buffer.from("pooled"),
      new Map([[1, new Uint8Array(1)]]),
    ];
    cycle.push(cycle);
    expect(transferables(cycle)).toEqual([]);
  });
});
