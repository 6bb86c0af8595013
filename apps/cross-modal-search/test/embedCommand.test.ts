import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readVectors } from "@nearfar/formats";
import { embedCommand } from "../src/embedCommand.ts";
import { drawnFolder } from "./drawnFolder.ts";
import { programOutput } from "./programOutput.ts";
import { stubTowers } from "./serve/stubTowers.ts";

const run = programOutput();
const embed = (...args: string[]) =>
  run(
    embedCommand(async () => stubTowers()),
    ...args,
    "--init",
    "x",
  );

async function rowsOf(file: string, idName?: string) {
  const rows = [];
  for await (const row of readVectors(file, idName === undefined ? {} : { idName })) rows.push(row);
  return rows;
}

describe("nearfar pairs embed", () => {
  it.each(["jsonl", "parquet", "npy"])("writes a vector per picture, by path, as %s", async (ending) => {
    const { pictures, folder } = await drawnFolder();
    const out = join(folder, `vectors.${ending}`);
    const { code, stdout, stderr } = await embed(pictures, "--out", out);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain(`64 vectors of 19 numbers in ${out}.`);
    const rows = await rowsOf(out);
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toSorted());
    const { data } = await stubTowers().encodePictures([readFileSync(join(pictures, rows[5]!.id))]);
    data.forEach((value, j) => expect(rows[5]!.vector[j]).toBeCloseTo(value, 6));
  });

  it("writes a vector per text of a file or of a table's column", async () => {
    const { folder, table } = await drawnFolder();
    writeFileSync(join(folder, "words.txt"), "red\n\nblue\n");
    const out = join(folder, "vectors.jsonl");
    const first = await embed(join(folder, "words.txt"), "--out", out);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/1 blank texts were passed over\.[^]*2 vectors of 19 numbers/);
    const { data } = await stubTowers().texts.encode(["red", "blue"]);
    const rows = await rowsOf(out, "text");
    expect(rows.map(({ id }) => id)).toEqual(["red", "blue"]);
    rows.flatMap(({ vector }) => [...vector]).forEach((value, i) => expect(value).toBeCloseTo(data[i]!, 6));
    expect((await embed(table, "--column", "caption2", "--out", out)).code).toBe(0);
    expect((await rowsOf(out, "text"))[0]!.id).toBe("a red circle on white");
  });

  it("leaves a damaged picture out, and names it", async () => {
    const { pictures, folder } = await drawnFolder();
    writeFileSync(join(pictures, "red/star.png"), "no picture");
    const { code, stderr } = await embed(pictures, "--out", join(folder, "vectors.npy"));
    expect(code).toBe(0);
    expect(stderr).toMatch(/1 of 64 pictures cannot be read and are left out: red\/star\.png[^]*63 vectors of 19/);
  });

  it("refuses another ending, a folder that is not there and a column of pictures in a line, with exit code 2", async () => {
    const { pictures, folder } = await drawnFolder();
    for (const [args, message] of [
      [[pictures, "--out", join(folder, "vectors.csv")], /vectors\.csv/],
      [[pictures, "--out", join(folder, "gone", "vectors.npy")], /gone/],
      [[join(folder, "gone"), "--out", join(folder, "vectors.npy")], /no such file or folder/],
      [[join(folder, "gone.txt"), "--out", join(folder, "vectors.npy")], /gone\.txt/],
      [[pictures, "--column", "a", "--out", join(folder, "vectors.npy")], /^--column a: pictures have no columns/],
      [[pictures], /--out/],
    ] as const) {
      const { code, stderr } = await embed(...args);
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd()).not.toContain("\n");
    }
    expect(existsSync(join(folder, "vectors.npy"))).toBe(false);
  });
});
