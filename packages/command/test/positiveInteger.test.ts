import { nonNegativeInteger, positiveInteger } from "@nearfar/command";
import { describe, expect, it } from "vitest";

describe("positiveInteger", () => {
  it("reads plain digits from 1", () => {
    expect(positiveInteger("--batch", "128")).toBe(128);
    expect(positiveInteger("--batch", "9007199254740991")).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each(["0", "-1", "", " ", "1.5", "1e3", "0x10", "+1", "12 ", "9007199254740993", "NaN", "Infinity", "１"])(
    "refuses %j",
    (text) => {
      expect(() => positiveInteger("--batch", text)).toThrow(
        expect.objectContaining({
          name: "UserError",
          message: `--batch: a whole number from 1 was expected; got ${JSON.stringify(text)}.`,
        }),
      );
    },
  );
});

describe("nonNegativeInteger", () => {
  it("takes 0 too", () => {
    expect(nonNegativeInteger("--seed", "0")).toBe(0);
    expect(() => nonNegativeInteger("--seed", "-1")).toThrow('--seed: a whole number from 0 was expected; got "-1".');
  });
});
