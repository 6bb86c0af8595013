import { describe, expect, it } from "vitest";
import { parseTask } from "../src/parseTask.ts";

describe("parseTask", () => {
  it("reads a type and a path", () => {
    const parts = { columns: {}, where: {}, header: true };
    expect(parseTask("sts:dev.tsv")).toEqual({ ...parts, spec: "sts:dev.tsv", type: "sts", files: ["dev.tsv"] });
    expect(parseTask("retrieval:C:\\scifact")).toMatchObject({ type: "retrieval", files: ["C:\\scifact"] });
    expect(parseTask("classification:a.tsv,b.tsv")).toMatchObject({ files: ["a.tsv", "b.tsv"] });
    expect(parseTask("pairs:a,b.tsv")).toMatchObject({ files: ["a,b.tsv"] }); // one file, whose name has a comma
  });

  it("tells columns, rows, subsets and the header apart", () => {
    expect(parseTask("sts:x.tsv?split=dev&sentence1=en&subsets=genre&header=yes&year=2012=a")).toMatchObject({
      columns: { sentence1: "en" },
      where: { split: "dev", year: "2012=a" },
      subsets: "genre",
      header: true,
    });
    // A role of another type is a column like any other.
    expect(parseTask("bitext:x.tsv?label=1&header=no")).toMatchObject({
      columns: {},
      where: { label: "1" },
      header: false,
    });
    expect(parseTask("bitext:x.tsv?constructor=1")).toMatchObject({ columns: {}, where: { constructor: "1" } });
  });

  it.each([
    ["stx:dev.tsv", 'unknown task "stx"; nearest: "sts".'],
    ["dev.tsv", "Known: "],
    ["sts:", "sts:FILE was expected."],
    ["sts", "sts:FILE was expected."],
    ["classification:a,b,c", "classification:FILE or classification:TRAIN,TEST was expected."],
    ["classification:a,", "classification:FILE or classification:TRAIN,TEST was expected."],
    ["sts:x?split", 'NAME=VALUE was expected after "?"; got "split".'],
    ["sts:x?a=1&a=2", '"a" is given twice.'],
    ["sts:x?header=maybe", "got header=maybe."],
    ["retrieval:x?header=no", "header=yes or header=no of a table was expected"],
    ["pairs:x?subsets=genre", "only a task of type sts has subsets."],
  ])("refuses %s", (spec, message) => {
    expect(() => parseTask(spec)).toThrow(expect.objectContaining({ name: "UserError", message: expect.stringContaining(message) as string })); // prettier-ignore
  });
});
