import { fraction } from "@nearfar/command";
import { describe, expect, it } from "vitest";

describe("fraction", () => {
  it.each([
    ["0", 0],
    ["1", 1],
    ["0.1", 0.1],
    [".5", 0.5],
    ["1.", 1],
    ["1e-3", 0.001],
  ])("reads %s", (text, value) => {
    expect(fraction("--holdout", text)).toBe(value);
  });

  it.each(["", "1.01", "-0.1", "10%", "1e3", "half", "Infinity", "0.1.2", "."])("refuses %j", (text) => {
    expect(() => fraction("--holdout", text)).toThrow(
      expect.objectContaining({
        name: "UserError",
        message: `--holdout: a number from 0 to 1 was expected; got ${JSON.stringify(text)}.`,
      }),
    );
  });
});
