import { describe, expect, it } from "vitest";
import { verdict } from "./verdict.ts";

describe("verdict", () => {
  it("is yes where the whole interval meets the bound, within the noise where the median alone does", () => {
    expect(verdict({ value: 1, low: 0.9, high: 1.1 }, { atMost: 1.2 })).toBe("yes");
    expect(verdict({ value: 1, low: 0.9, high: 1.3 }, { atMost: 1.2 })).toBe("within the noise");
    expect(verdict({ value: 1.3, low: 1.1, high: 1.4 }, { atMost: 1.2 })).toBe("no");
    expect(verdict({ value: 3, low: 2, high: 4 }, { atLeast: 2 })).toBe("yes");
    expect(verdict({ value: 3, low: 1, high: 4 }, { atLeast: 2 })).toBe("within the noise");
    expect(verdict({ value: 1.9, low: 1, high: 2.5 }, { atLeast: 2 })).toBe("no");
  });
});
