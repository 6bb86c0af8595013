import { table } from "@nearfar/command";
import { describe, expect, it } from "vitest";

describe("table", () => {
  it("aligns words left and numbers right, and leaves empty what a row lacks", () => {
    const rows = [
      { features: "trained", "k-NN": "47.98", linear: "55.05" },
      { features: "raw pixels", "k-NN": "9.10" },
      { features: "chance", note: "1 / 10" },
    ];
    expect(table(rows)).toBe(
      [
        "features     k-NN  linear  note",
        "trained     47.98   55.05",
        "raw pixels   9.10",
        "chance                     1 / 10",
        "",
      ].join("\n"),
    );
  });

  it("takes numbers as they are", () => {
    expect(table([{ n: 1 }, { n: -12.5 }])).toBe("    n\n    1\n-12.5\n");
  });
});
