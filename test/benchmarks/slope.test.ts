import { describe, expect, it } from "vitest";
import { slope } from "./slope.ts";

describe("slope", () => {
  it("of a straight line is the line's, and symmetric noise does not tilt it", () => {
    expect(
      slope([
        [0, 1],
        [1, 3],
        [2, 5],
      ]),
    ).toBeCloseTo(2, 12); // prettier-ignore -- y = 2x + 1
    expect(
      slope([
        [0, 1],
        [1, -1],
        [2, -1],
        [3, 1],
      ]),
    ).toBeCloseTo(0, 12); // prettier-ignore -- even around x = 1.5
  });

  it("refuses points at one place", () => {
    expect(() => slope([[1, 2], [1, 3]])).toThrow(RangeError); // prettier-ignore
    expect(() => slope([])).toThrow(RangeError);
  });
});
