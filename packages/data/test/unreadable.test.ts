import { unreadable } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { describe, expect, it } from "vitest";

const failure = (i: number) => ({ path: `cat/${i}.jpg`, reason: "cut off" });
const failures = (count: number) => Array.from({ length: count }, (_, i) => failure(i));

describe("unreadable", () => {
  it("reports each path once, sorted, with its first reason, as plain JSON", () => {
    const counter = unreadable(1000);
    counter.record(100, [failure(2), failure(1)]);
    counter.record(100, [{ path: "cat/2.jpg", reason: "another" }]);
    const report = { tried: 200, unreadable: [failure(1), failure(2)] };
    expect(counter.report()).toEqual(report);
    expect(JSON.parse(JSON.stringify(counter.report()))).toEqual(report);
  });

  it("allows a tenth of the pictures tried and no more", () => {
    expect(() => unreadable(1000).record(100, failures(10))).not.toThrow();
    const record = () => unreadable(1000).record(100, failures(11));
    expect(record).toThrow(UserError);
    expect(record).toThrow(
      "11 of 100 pictures cannot be read, more than 10 %: cat/0.jpg (cut off); cat/1.jpg (cut off); cat/10.jpg (cut off).",
    );
  });

  it("does not judge before 20 were tried, or all of fewer", () => {
    const counter = unreadable(1000);
    counter.record(19, failures(10));
    expect(() => counter.record(1, [])).toThrow("10 of 20");
    expect(() => unreadable(8).record(8, failures(1))).toThrow("1 of 8");
  });

  it("does not count the tries of later epochs", () => {
    const counter = unreadable(30);
    for (let epoch = 0; epoch < 9; epoch++) counter.record(30, failures(3));
    expect(counter.report().tried).toBe(30);
    expect(() => counter.record(30, [failure(3)])).toThrow("4 of 30");
  });

  it("goes on from the report of the run that it resumes", () => {
    const first = unreadable(100);
    first.record(40, failures(2));
    const second = unreadable(100, { from: JSON.parse(JSON.stringify(first.report())) });
    second.record(10, [failure(5)]);
    expect(second.report()).toEqual({ tried: 50, unreadable: [failure(0), failure(1), failure(5)] });
  });
});
