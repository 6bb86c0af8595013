import { positiveNumber } from "@nearfar/command";
import { describe, expect, it } from "vitest";

describe("positiveNumber", () => {
  it.each([
    ["1", 1],
    ["0.1", 0.1],
    [".5", 0.5],
    ["1.", 1],
    ["1e-3", 0.001],
    ["2E+2", 200],
  ])("reads %s", (text, value) => {
    expect(positiveNumber("--rate", text)).toBe(value);
  });

  it.each(["", "0", "-0.1", "10%", "1e999", "half", "Infinity", "0.1.2", "."])("refuses %j", (text) => {
    expect(() => positiveNumber("--rate", text)).toThrow(
      expect.objectContaining({
        name: "UserError",
        message: `--rate: a number above 0 was expected; got ${JSON.stringify(text)}.`,
      }),
    );
  });
});
