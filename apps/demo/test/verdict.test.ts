import { describe, expect, it } from "vitest";
import { verdict } from "../src/verdict.ts";

const questions = (hits: number, all = 1000) => Array.from({ length: all }, (_, i) => i < hits);

describe("verdict", () => {
  it("says what was gained or lost, where so many questions can tell", () => {
    expect(verdict(questions(540), questions(500))).toBe("+4.0 points, worth its time");
    expect(verdict(questions(500), questions(540))).toBe("-4.0 points, not worth its time");
  });

  it("claims nothing for a difference as large as chance", () => {
    // 3 gained and 0 lost: z = 3 / √3 = 1.73; 4 gained: z = 2.
    expect(verdict(questions(503), questions(500))).toBe("+0.3 points, which 1000 questions cannot tell from chance");
    expect(verdict(questions(504), questions(500))).toBe("+0.4 points, worth its time");
    // 104 gained and 100 lost: z = 4 / √204 = .28, though the points are the same.
    const other = questions(1000).map((_, i) => i >= 104 && i < 204);
    expect(verdict(questions(104), other)).toBe("+0.4 points, which 1000 questions cannot tell from chance");
    expect(verdict(questions(10), questions(10))).toBe("+0.0 points, which 1000 questions cannot tell from chance");
  });
});
