import { json } from "@nearfar/command";
import { describe, expect, it } from "vitest";

describe("json", () => {
  it("is JSON with a newline, typed arrays as lists", () => {
    expect(json({ a: 1 })).toBe('{\n  "a": 1\n}\n');
    expect(JSON.parse(json({ vector: Float32Array.of(0.5, -1), ids: Int32Array.of(3) }))).toEqual({
      vector: [0.5, -1],
      ids: [3],
    });
  });
});
