import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SentenceEncoder } from "@nearfar/encoders";
import { openEncoder, trainTexts, type Settings, type TrainTextsOptions } from "@nearfar/sentence-embedding";
import { loadEngine } from "@nearfar/tensor";
import { runDigest, temporaryFolder, tensorCount } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { defaults } from "../src/defaults.ts";

beforeAll(() => void loadEngine());

const subjects = ["the old sailor", "a young doctor", "my tired neighbour", "the village baker", "her little sister"];
const verbs = ["paints", "repairs", "carries", "forgets", "sells"];
const objects = ["a wooden boat", "the garden fence", "two heavy baskets", "an iron kettle", "some yellow flowers"];
/** 125 sentences that share words. */
const sentences = subjects.flatMap((s) => verbs.flatMap((v) => objects.map((o) => `${s} ${v} ${o} in the morning`)));
/** A file of a folder. */
function write(folder: string, name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}
const tsv = (rows: readonly (readonly (string | number)[])[]) => `${rows.map((row) => row.join("\t")).join("\n")}\n`;

const small = (kind: Parameters<typeof defaults>[1], changes: Partial<Settings> = {}): Settings => ({
  ...defaults("static", kind),
  init: "static",
  seed: 0,
  dimensions: 16,
  vocabulary: 120,
  batch: 16,
  length: { steps: 12 },
  ...changes,
});

async function trained(content: string, name: string, settings: Settings, options: TrainTextsOptions = {}) {
  const folder = temporaryFolder();
  const file = write(folder, name, content);
  const lines: string[] = [];
  const dir = join(folder, "run");
  const report = await trainTexts([file], dir, settings, { say: (line) => lines.push(line), ...options });
  return { dir, file, report, lines };
}

describe("trainTexts", () => {
  it("says what it reads and what follows, trains, and writes a model that others open", async () => {
    const { dir, report, lines } = await trained(
      `${sentences.join("\n")}\n\nshort\n`,
      "texts.txt",
      small("unlabelled"),
    );
    expect(lines[0]).toMatch(/texts\.txt: text -> texts alone/);
    expect(lines[1]).toMatch(/^parts from static, \d+ tokens, 16 dimensions, batch 16: 125 examples, 1 blank rows passed over, 1 too short/); // prettier-ignore
    expect(report).toMatchObject({ steps: 12, examples: 125, blank: 1, short: 1, duplicates: 0, seen: 192 });
    for (const file of ["modules.json", "model.safetensors", "tokenizer.json"])
      expect(existsSync(join(dir, "model", file)), file).toBe(true);
    const model = await openEncoder({ run: dir });
    const { rows, dimensions, data } = await model.encode(["the old sailor paints"]);
    expect([rows, dimensions]).toEqual([1, 16]);
    expect(Math.hypot(...data)).toBeCloseTo(1, 5);
    model.dispose();
  });

  it.each<[string, string, Parameters<typeof defaults>[1], Partial<Settings>]>([
    ["pairs", tsv([["anchor", "positive"], ...sentences.map((text, i) => [text, `${text} again ${i}`])]), "pairs", {}],
    ["triplets", tsv([["anchor", "positive", "negative"], ...sentences.map((text, i) => [text, `${text} ${i}`, `no ${i} ${text}`])]), "triplets", { hardWeight: 0.5 }], // prettier-ignore
    ["scored", tsv([["sentence1", "sentence2", "score"], ...sentences.map((text, i) => [text, sentences[(i * 7) % 125]!, i % 6])]), "scored", {}], // prettier-ignore
    ["labelled", tsv([["text", "label"], ...sentences.map((text, i) => [`${text} ${i}`, `l${i % 8}`])]), "labelled", {}], // prettier-ignore
    ["matryoshka", tsv([["anchor", "positive"], ...sentences.map((text, i) => [text, `${text} ${i}`])]), "pairs", { matryoshka: [4, 16] }], // prettier-ignore
  ])("trains on %s", async (_, content, kind, changes) => {
    const { dir, report } = await trained(content, "data.tsv", small(kind, changes));
    expect(report).toMatchObject({ steps: 12, taken: 12 });
    expect(Number.isFinite(report.loss)).toBe(true);
    expect(existsSync(join(dir, "model"))).toBe(true);
  });

  it.each([
    ["simcse", "transformer"],
    ["declutr", "transformer"],
    ["parts", "transformer"],
  ] as const)("trains %s on a new small transformer", async (method, start) => {
    const settings = { ...small("unlabelled"), ...defaults(start, "unlabelled"), method, init: "small", seed: 0, dimensions: 32, vocabulary: 120, batch: 8, length: { steps: 3 } }; // prettier-ignore
    const { dir, report } = await trained(sentences.join("\n"), "texts.txt", settings);
    expect(report).toMatchObject({ steps: 3 });
    const model = await openEncoder({ run: dir });
    expect(model.dimensions).toBe(32);
    model.dispose();
  });

  it("adds masked language modelling and SimCSE's head, which the model that is kept does not have", async () => {
    const settings = { ...small("unlabelled"), ...defaults("transformer", "unlabelled"), method: "simcse", init: "small", seed: 0, head: true, mlm: 0.1, dimensions: 32, vocabulary: 120, batch: 8, length: { steps: 3 } } as const; // prettier-ignore
    const { dir, report } = await trained(sentences.join("\n"), "texts.txt", settings);
    expect(report).toMatchObject({ steps: 3 });
    const model = await openEncoder({ run: dir });
    expect(Object.keys(model.params)).not.toContain("head");
    model.dispose();
    await expect(trained(sentences.join("\n"), "texts.txt", small("unlabelled", { mlm: 0.1 }))).rejects.toThrow(/mlm: needs a transformer/); // prettier-ignore
  });

  it.each(["proportional", "round-robin"] as const)("lets files take turns, %s", async (mix) => {
    const folder = temporaryFolder();
    const [first, second] = [sentences.slice(0, 90), sentences.slice(90)];
    const files = [write(folder, "a.txt", first.join("\n")), write(folder, "b.txt", second.join("\n"))];
    const report = await trainTexts(files, join(folder, "run"), small("unlabelled", { mix, length: { epochs: 2 } }));
    // a has 5 batches of 16 and b 2: an epoch takes all of both, or as many of each as the smaller has
    expect(report).toMatchObject({ steps: 2 * (mix === "proportional" ? 7 : 4), examples: 125 });
  });

  it("goes on from a model folder, and distils one", async () => {
    const first = await trained(sentences.join("\n"), "texts.txt", small("unlabelled"));
    const folder = join(first.dir, "model");
    const again = await trained(sentences.join("\n"), "texts.txt", { ...small("unlabelled"), ...defaults("folder", "unlabelled"), method: "parts", init: folder, seed: 0, batch: 16, length: { steps: 3 } }); // prettier-ignore
    expect(again.report).toMatchObject({ steps: 3 });
    const teacher = await openEncoder({ init: folder });
    const student = await trained(sentences.join("\n"), "texts.txt", small("unlabelled", { method: "distil" }), {
      teacher,
    });
    expect(student.report).toMatchObject({ steps: 12 });
    teacher.dispose();
  });

  it("is the same after a pause, byte for byte, with the vocabulary that it had", async () => {
    const folder = temporaryFolder();
    const file = write(folder, "texts.txt", sentences.join("\n"));
    const [whole, paused] = [join(folder, "whole"), join(folder, "paused")];
    await trainTexts([file], whole, small("unlabelled"));
    await expect(trainTexts([file], paused, small("unlabelled"), { pauseAt: 5 })).rejects.toThrow(/--resume/);
    await trainTexts([file], paused, small("unlabelled"), { resume: true });
    expect(runDigest(paused)).toEqual(runDigest(whole));
    const model = (dir: string) => readFileSync(join(dir, "model", "model.safetensors"));
    expect(model(paused).equals(model(whole))).toBe(true);
  });

  it("keeps the weights that are best by the dev set, not the last, and leaves no tensor of them", async () => {
    const scores = [1, 5, 3, 2, 4, 0, 1, 2, 3, 1];
    const looked: number[] = [];
    const evaluate = async (model: SentenceEncoder) => {
      const { data } = await model.encode(["the old sailor"]);
      looked.push(data[0]!);
      return { score: scores[looked.length - 1]!, metrics: { dev: scores[looked.length - 1]! } };
    };
    await trained(sentences.join("\n"), "texts.txt", small("unlabelled"));
    const before = tensorCount();
    const { dir } = await trained(sentences.join("\n"), "texts.txt", small("unlabelled", { length: { steps: 20 } }), { evaluate }); // prettier-ignore
    expect(tensorCount()).toBe(before);
    expect(JSON.parse(readFileSync(join(dir, "best.json"), "utf8"))).toEqual({ step: 4, score: 5 }); // every 2 of 20 steps
    const model = await openEncoder({ run: dir });
    expect((await model.encode(["the old sailor"])).data[0]).toBeCloseTo(looked[1]!, 6);
    model.dispose();
  });

  it("streams what is larger than the memory given, and needs steps then", async () => {
    const many = Array.from({ length: 2000 }, (_, i) => `${sentences[i % 125]} number ${i}`).join("\n");
    const options = { limitBytes: 10_000 };
    const { report, lines } = await trained(many, "texts.txt", small("unlabelled"), options);
    expect(lines[1]).toMatch(/examples streamed from the files/);
    expect(report).toMatchObject({ steps: 12 });
    expect(report).not.toHaveProperty("examples");
    await expect(trained(many, "texts.txt", small("unlabelled", { length: { epochs: 1 } }), options)).rejects.toThrow(
      /say --steps or --budget/,
    );
  });

  it("learns from Chinese as from English", async () => {
    const chinese = Array.from({ length: 60 }, (_, i) => `老水手在早上画一艘木船${i}，然后回家吃饭。`).join("\n");
    const { report } = await trained(chinese, "texts.txt", small("unlabelled"));
    expect(report).toMatchObject({ steps: 12, short: 0 });
  });

  it("refuses one sentence, and texts that are all too short", async () => {
    await expect(trained("only one sentence stands here\n", "one.txt", small("unlabelled"))).rejects.toThrow(/at least 2; got 1/); // prettier-ignore
    await expect(trained("one\ntwo\nthree\n", "short.txt", small("unlabelled"))).rejects.toThrow(/6 tokens or more/);
  });
});
