import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evaluateCommand } from "../src/evaluateCommand.ts";
import { drawnFolder } from "./drawnFolder.ts";
import { programOutput } from "./programOutput.ts";
import { stubTowers } from "./serve/stubTowers.ts";

const run = programOutput();
const evaluate = (...args: string[]) => run(evaluateCommand(async () => stubTowers()), ...args); // prettier-ignore

interface Found {
  retrieval: Record<"textToImage" | "imageToText", { recall: Record<string, number> }>;
  gap: { points?: unknown };
  judgements: { tau: number }[];
}

describe("nearfar pairs evaluate", () => {
  it("prints both directions beside chance and the gap, draws it, and keeps what it found in the run", async () => {
    const { pictures, table, run: dir, folder } = await drawnFolder();
    const gap = join(folder, "gap.svg");
    const { code, stdout } = await evaluate(table, "--images", pictures, "--run", dir, "--gap", gap);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^64 pictures, 128 captions, 19 dimensions\n/);
    // k of 64; and 1 - C(126, k) / C(128, k) of two captions.
    expect(stdout).toMatch(/text to image +chance +1\.56 +7\.81 +15\.63/);
    expect(stdout).toMatch(/image to text +chance +1\.56 +7\.69 +15\.07/);
    expect(stdout).toMatch(/Modality gap 0\.\d{3} \(cosines: /);
    expect(readFileSync(gap, "utf8")).toMatch(/^<svg [^]*captions\.tsv/);
    const kept = JSON.parse(readFileSync(join(dir, "evaluation.json"), "utf8")) as Found;
    // The stub knows colours and not shapes, eight of each: the eight pictures of a colour tie for its texts, which count against.
    expect(kept.retrieval.textToImage.recall["recall@10"]).toBeGreaterThan(0.9);
    expect(kept.retrieval.textToImage.recall["recall@1"]).toBeLessThan(0.2);
    expect(kept.gap.points).toBeUndefined();
  });

  it("takes some rows by --where, and prints JSON alone", async () => {
    const { pictures, table } = await drawnFolder();
    const { code, stdout } = await evaluate(
      table,
      "--images",
      pictures,
      "--init",
      "x",
      "--where",
      "split=test",
      "--json",
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ model: "x", pictures: 32, captions: 64, unreadable: 0 });
  });

  it("counts and names pictures that are damaged, and leaves them out", async () => {
    const { pictures, table } = await drawnFolder();
    const whole = readFileSync(join(pictures, "red/circle.png"));
    writeFileSync(join(pictures, "red/circle.png"), whole.subarray(0, 60)); // a PNG by its first bytes
    writeFileSync(join(pictures, "red/star.png"), "no picture");
    const { code, stdout, stderr } = await evaluate(table, "--images", pictures, "--init", "x", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      pictures: 62,
      captions: 124,
      unreadable: 1,
      damaged: { "picture unreadable": 1 },
    });
    expect(stderr).toMatch(/1 of 63 pictures cannot be read and are left out: red\/circle\.png/);
    expect(stderr).toMatch(/red\/star\.png/);
  });

  it("evaluates one pair", async () => {
    const { pictures, folder } = await drawnFolder();
    const table = join(folder, "one.tsv");
    writeFileSync(table, "image\tcaption\nred/circle.png\ta red circle\n");
    const { code, stdout } = await evaluate(table, "--images", pictures, "--init", "x");
    expect(code).toBe(0);
    expect(stdout).toMatch(/text to image +x +100\.00 +100\.00 +100\.00 +1\.0 +1\.0/);
    expect(stdout).toMatch(/cosines: - among pictures, - among texts/);
  });

  it("correlates with judgements: of experts without a picture's own captions, and of a crowd", async () => {
    const { pictures, table, folder } = await drawnFolder();
    const [expert, crowd] = [join(folder, "expert.txt"), join(folder, "crowd.tsv")];
    // The right colour is right.
    const names = ["red", "blue", "green"];
    const rows = names.flatMap((a) => names.map((b) => ({ a, b, right: a === b })));
    writeFileSync(
      expert,
      [
        ...rows.map(({ a, b, right }) => `${a}/star.png\t${b}/moon.png#1\t${right ? "4\t4\t3" : "1\t2\t1"}`),
        "red/star.png\tred/star.png#0\t4\t4\t4",
        "gone.png\tred/star.png#0\t4\t4\t4",
        "red/star.png\tred/moon.png#7\t4\t4\t4",
      ].join("\n"),
    );
    writeFileSync(
      crowd,
      ["image\tcaption_id\tpct_yes\tn_yes\tn_no", ...rows.map(({ a, b, right }) => `${a}/star.png\t${b}/moon.png#0\t${right ? 1 : 0}\t3\t0`)].join("\n"), // prettier-ignore
    );
    const flags = ["--images", pictures, "--init", "x", "--judgements", `expert:${expert}`];
    const { stdout } = await evaluate(table, ...flags, "--judgements", `crowd:${crowd}`, "--json");
    const { judgements } = JSON.parse(stdout) as Found;
    expect(judgements[0]).toMatchObject({ kind: "expert", variant: "c", pairs: 9, ratings: 27, own: 1, missing: 2 });
    expect(judgements[0]!.tau).toBeGreaterThan(0.5);
    expect(judgements[1]).toMatchObject({ kind: "crowd", variant: "b", pairs: 9, ratings: 9, own: 0, missing: 0 });
    // All three right pairs stand above the six wrong ones, and no cosine is tied: (P - Q) / sqrt((N - T_a)(N - T_b)) = 18 / sqrt(36 * 18).
    expect(judgements[1]!.tau).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it.each([
    ["no model", [], /^Which model\? Give --run DIR .* or --init FOLDER/],
    ["two models", ["--run", "a", "--init", "b"], /^Which model\?/],
    ["a drawing that is no SVG", ["--init", "x", "--gap", "gap.png"], /^--gap gap\.png: the drawing is an SVG/],
    ["a malformed --where", ["--init", "x", "--where", "test"], /^--where: NAME=VALUE was expected; got "test"/],
    ["a --where that no row has", ["--init", "x", "--where", "split=tset"], /"split" = "tset"/],
    ["an unknown role", ["--init", "x", "--column", "captoin=c1"], /unknown role "captoin"; nearest: "caption"/],
    [
      "judgements of no kind",
      ["--init", "x", "--judgements", "experts.tsv"],
      /^--judgements: expert:FILE or crowd:FILE/,
    ],
    ["judgements that are not there", ["--init", "x", "--judgements", "crowd:gone.tsv"], /gone\.tsv/],
  ])("refuses %s in a line, with exit code 2", async (_, flags, message) => {
    const { pictures, table } = await drawnFolder();
    const { code, stdout, stderr } = await evaluate(table, "--images", pictures, ...flags);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain("\n");
  });

  it("refuses judgements of other pictures, of other columns, and damaged ones", async () => {
    const { pictures, table, folder } = await drawnFolder();
    const file = join(folder, "judged.tsv");
    for (const [text, message] of [
      ["image\tcaption_id\te1\te2\te3\na.png\tb.png#0\t1\t1\t1", /only 0 of its 1 judged pairs are among the pictures/],
      ["image\tcaption\te1\te2\te3\na.png\tb.png#0\t1\t1\t1", /caption_id is not among image, caption, e1/],
      [
        "image\tcaption_id\te1\te2\te3\na.png\tb.png\t1\t1\t1",
        /judged\.tsv:2: a judgement is a picture, a caption such as/,
      ],
      ["image\tcaption_id\te1\te2\te3\na.png\tb.png#0\t1\t\t1", /judged\.tsv:2: /],
      ["image\tcaption_id\te1\te2\te3\n", /judged\.tsv/],
    ] as const) {
      writeFileSync(file, text);
      const { code, stderr } = await evaluate(
        table,
        "--images",
        pictures,
        "--init",
        "x",
        "--judgements",
        `expert:${file}`,
      );
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
    }
    expect(existsSync(join(folder, "evaluation.json"))).toBe(false);
  });
});
