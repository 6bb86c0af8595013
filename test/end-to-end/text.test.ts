import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readVectors } from "@nearfar/formats";
import { load, readReport } from "@nearfar/runs";
import { beforeAll, describe, expect, it } from "vitest";
import { glosses } from "./glosses.ts";
import { succeed } from "./succeed.ts";
import { suiteFolder } from "./suiteFolder.ts";

const folder = suiteFolder();
const [pairs, texts, run, alone] = ["pairs.tsv", "texts.txt", "run", "alone"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
  string,
];
const all = glosses(2200);
const [train, test] = [all.slice(0, 2000), all.slice(2000)];
const lines = (rows: readonly string[]) => `${rows.join("\n")}\n`;

/** The share of anchors whose own positive is the nearest by cosine of all. */
function recall(anchors: readonly Float32Array[], positives: readonly Float32Array[]): number {
  const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const hits = anchors.filter((anchor, i) => {
    const own = cosine(anchor, positives[i]!);
    return positives.every((other, j) => j === i || cosine(anchor, other) < own);
  });
  return hits.length / anchors.length;
}

describe("nearfar text on the glosses of WordNet, from training to search", () => {
  beforeAll(async () => {
    // Halves of a gloss belong together: real pairs without a data set.
    const halves = train.map(({ gloss }) => {
      const words = gloss.split(" ");
      const middle = Math.floor(words.length / 2);
      return `${words.slice(0, middle).join(" ")}\t${words.slice(middle).join(" ")}`;
    });
    await writeFile(pairs, lines(["anchor\tpositive", ...halves]));
    await writeFile(texts, lines(train.map(({ gloss }) => gloss)));
    const small = ["--dimensions", 64, "--vocabulary", 2000, "--batch", 256, "--steps", 60];
    await succeed("text", "train", pairs, "--run", run, ...small);
    await succeed("text", "train", texts, "--run", alone, ...small);
  }, 120_000);

  it("says what the columns are and what follows, before it trains, and records what was trained", async () => {
    const { configuration } = await load(run);
    expect(configuration).toMatchObject({ method: "pairs", encoder: "static", batch: 256, steps: 60, seed: 0 });
    expect((await load(alone)).configuration).toMatchObject({ method: "parts" });
    expect(await readReport({ dir: run })).toMatchObject({ steps: 60, examples: 2000, blank: 0 });
    const log = (await readFile(join(run, "log.jsonl"), "utf8")).trim().split("\n");
    const losses = log.map((line) => (JSON.parse(line) as { loss: number }).loss);
    expect(losses.at(-1)!).toBeLessThan(Math.log(256)); // chance, for 256 candidates
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
  });

  it("embeds from the library as from the program: one vector per line, in order, blank lines too, in each format", async () => {
    const file = join(folder, "some.txt");
    const some = [test[0]!.gloss, "", "a word", test[1]!.gloss];
    await writeFile(file, lines(some));
    const vectors = await (await load(run)).embed(some);
    const of = async (ending: string) => {
      const out = join(folder, `vectors.${ending}`);
      await succeed("text", "embed", file, "--run", run, "--out", out);
      const rows: { id: string; vector: number[] }[] = [];
      for await (const { id, vector } of readVectors(out, { idName: "text" })) rows.push({ id, vector: [...vector] });
      return rows;
    };
    const jsonl = await of("jsonl");
    expect(jsonl.map(({ id }) => id)).toEqual(some);
    jsonl.forEach(({ vector }, i) => vector.forEach((value, k) => expect(value).toBeCloseTo(vectors[i]![k]!, 6)));
    expect(await of("parquet")).toEqual(jsonl);
    expect(await of("npy")).toEqual(jsonl);
    const [first] = (await readFile(join(folder, "vectors.jsonl"), "utf8")).split("\n");
    expect(Object.keys(JSON.parse(first!) as object)).toEqual(["text", "vector"]);
  });

  it("finds the other half of glosses that it never saw, better than chance by far", async () => {
    const encoder = await load(run);
    const halves = test.map(({ gloss }) => {
      const words = gloss.split(" ");
      const middle = Math.floor(words.length / 2);
      return [words.slice(0, middle).join(" "), words.slice(middle).join(" ")] as const;
    });
    const found = recall(
      await encoder.embed(halves.map(([left]) => left)),
      await encoder.embed(halves.map(([, right]) => right)),
    );
    // Chance is 1 of 200; its standard deviation over 200 is .005, and .02 is four of them above it.
    expect(found).toBeGreaterThan(1 / 200 + 0.02);
  });

  it("searches a file by meaning and by words", async () => {
    const corpus = join(folder, "corpus.txt");
    await writeFile(corpus, lines(test.map(({ gloss }) => gloss)));
    const query = test[7]!.gloss;
    for (const how of [["--run", run], ["--bm25"]]) {
      const { stdout } = await succeed("text", "search", corpus, ...how, "--query", query, "--top", 3);
      expect(stdout).toContain(query.slice(0, 40));
    }
  });
});
