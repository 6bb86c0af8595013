import { ifGiven, trainingLength, trainingText } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { describe, expect, it } from "vitest";

describe("trainingLength", () => {
  it("reads the one flag that is given, or none", () => {
    expect(trainingLength({})).toBeUndefined();
    expect(trainingLength({ epochs: "3" })).toEqual({ epochs: 3 });
    expect(trainingLength({ steps: "400" })).toEqual({ steps: 400 });
    expect(trainingLength({ budget: "10m" })).toEqual({ seconds: 600 });
  });

  it("refuses two, and what is no length", () => {
    expect(() => trainingLength({ epochs: "1", steps: "1" })).toThrow(UserError);
    expect(() => trainingLength({ steps: "0" })).toThrow(/--steps/);
  });
});

describe("trainingText", () => {
  it("tells steps, time and how the budget was missed", () => {
    expect(trainingText({ steps: 400, seconds: 200 })).toBe("400 steps in 3m 20s");
    expect(trainingText({ steps: 1, seconds: 9, missed: 0.021 })).toBe("1 steps in 9s, 2.1 % over the budget");
    expect(trainingText({ steps: 1, seconds: 9, missed: -0.363 })).toBe("1 steps in 9s, 36.3 % under the budget");
  });
});

describe("ifGiven", () => {
  it("reads what is given", () => {
    expect(ifGiven("7", Number)).toBe(7);
    expect(ifGiven(undefined, Number)).toBeUndefined();
  });
});
