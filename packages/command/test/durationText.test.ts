import { durationText } from "@nearfar/command";
import { describe, expect, it } from "vitest";

describe("durationText", () => {
  it.each([
    [0, "0s"],
    [59.4, "59s"],
    [59.5, "1m 00s"],
    [200, "3m 20s"],
    [3600, "1h 00m"],
    [7530, "2h 05m"],
    [100_800, "1d 04h"],
    [-1, "0s"],
  ])("tells %d seconds", (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});
