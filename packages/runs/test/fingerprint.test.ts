import { createHash } from "node:crypto";
import { fingerprint } from "@nearfar/runs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("fingerprint", () => {
  it("is the sha256 of the sorted items, each quoted on a line", () => {
    const sha256 = createHash("sha256").update('"a.png 1"\n"b.png 2"\n').digest("hex");
    expect(fingerprint(["b.png 2", "a.png 1"])).toEqual({ count: 2, sha256 });
  });

  it("depends on the items and not on their order", () => {
    const items = fc.array(fc.string({ unit: "binary" }), { maxLength: 8 });
    fc.assert(
      fc.property(items, items, (a, b) => {
        expect(fingerprint([...a].reverse())).toEqual(fingerprint(a));
        const equal = JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
        expect(fingerprint(a).sha256 === fingerprint(b).sha256).toBe(equal);
      }),
    );
  });

  it("does not take one item for two", () => {
    expect(fingerprint(["a\nb"]).sha256).not.toBe(fingerprint(["a", "b"]).sha256);
    expect(fingerprint(['a"\n"b']).sha256).not.toBe(fingerprint(["a", "b"]).sha256);
  });
});
