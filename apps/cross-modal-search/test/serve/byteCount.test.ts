import { UserError } from "@nearfar/formats";
import { describe, expect, it } from "vitest";
import { byteCount } from "../../src/serve/byteCount.ts";

describe("byteCount", () => {
  it("reads a size with its unit, a thousand bytes a kilobyte", () => {
    expect(["1", "512kb", "10mb", "1.5MB", "2gb"].map((text) => byteCount("--limit-body", text))).toEqual([
      1, 512e3, 10e6, 1.5e6, 2e9,
    ]);
  });

  it("names the flag of what is none", () => {
    for (const text of ["", "0", "ten", "-1mb", "10tb", "3gb", "1 mb", "mb", "NaN", "1e9gb"])
      expect(() => byteCount("--limit-body", text), text).toThrow(UserError);
    expect(() => byteCount("--limit-body", "ten")).toThrow(
      '--limit-body: a size from 1 byte to 2gb was expected, such as 10mb; got "ten".',
    );
  });
});
