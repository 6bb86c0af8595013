import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { miniLm } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { glosses } from "./glosses.ts";
import { nearfar } from "./nearfar.ts";
import { refused } from "./refused.ts";
import { succeed } from "./succeed.ts";
import { suiteFolder } from "./suiteFolder.ts";

const folder = suiteFolder();
const at = (...parts: string[]) => join(folder, ...parts);
const texts = glosses(200).map(({ gloss }) => gloss);
const file = async (name: string, content: string | Uint8Array) => {
  await writeFile(at(name), content);
  return at(name);
};
const train = (path: string, ...flags: (string | number)[]) =>
  ["text", "train", path, "--run", at(`run-${Math.random()}`), "--steps", 2, "--batch", 8, "--vocabulary", 200, "--dimensions", 8, ...flags]; // prettier-ignore

beforeAll(async () => {
  await file("texts.txt", texts.join("\n"));
  await succeed("text", "train", at("texts.txt"), "--run", at("run"), "--steps", 2, "--batch", 8, "--vocabulary", 200);
}, 60_000);

describe("text train, given files that are not what they should be", () => {
  it("names file and row of one line and exit code 2", async () => {
    await refused(
      train(await file("one.txt", "a single sentence, and no other one\n")),
      /one\.txt: .*at least 2; got 1/,
    );
    await refused(train(await file("empty.txt", "\n\n\n")), /empty\.txt: .*at least 2; got 0 and 3 blank rows/);
    const broken = Buffer.concat([Buffer.from("a good line of text\n"), Buffer.from([0xff, 0xfe, 0x41, 0x0a])]);
    await refused(train(await file("utf8.txt", broken)), /utf8\.txt:2: .*UTF-8/);
    await refused(train(await file("counts.tsv", "anchor\tpositive\na\tb\nc\td\te\n")), /counts\.tsv:3: /);
    await refused(train(await file("column.tsv", "left\tright\na\tb\n")), /column\.tsv: .*--column/);
    await refused(train(await file("missing.tsv", "text\tid\na b c\t1\n"), "--column", "text=sentence"), /missing\.tsv.*sentence/); // prettier-ignore
    const scores = "sentence1\tsentence2\tscore\na b\tc d\t4.5\na\tb\t7\n";
    await refused(train(await file("scores.tsv", scores)), /scores\.tsv:3: .*score.*7/);
    await refused(train(at("nowhere.txt")), /nowhere\.txt: no such file/);
    await refused(train(await file("image.png", "x")), /image\.png: .*\.txt, \.csv, \.tsv/);
  }, 120_000);

  it("refuses a line of 100 MB, in the memory of a short one", async () => {
    await refused(train(await file("long.txt", Buffer.alloc(100e6, "word "))), /long\.txt:1: .*longer than/);
  }, 60_000);

  it("counts empty lines and duplicates, and trains", async () => {
    const doubled = await file("doubled.txt", [...texts, "", ...texts.slice(0, 50), ""].join("\n"));
    const { stderr, code } = await nearfar(train(doubled));
    expect(stderr).toMatch(/50 duplicates/);
    expect(stderr).toMatch(/[12] blank rows/);
    expect(code).toBe(0);
  }, 60_000);

  it("says which flag is wrong", async () => {
    await refused(train(at("texts.txt"), "--method", "simcce"), /unknown method "simcce"; nearest: "simcse"/);
    await refused(train(at("texts.txt"), "--init", "nowhere"), /--init: static, small or a model folder/);
    await refused(train(at("texts.txt"), "--evaluate", "sts:nowhere.tsv"), /nowhere\.tsv/);
    await refused(train(at("texts.txt"), "--batch", 1), /batch/);
    await refused(train(at("texts.txt"), "--method", "distil"), /--teacher/);
  }, 60_000);
});

describe("a model folder that is not whole", () => {
  it("is refused with the file that is missing, and where it was looked for", async () => {
    for (const missing of ["model.safetensors", "tokenizer.json"]) {
      const model = at(`without-${missing}`);
      await cp(at("run", "model"), model, { recursive: true });
      await rm(join(model, missing));
      const args = ["text", "similar", "a", "b", "--init", model];
      await refused(args, new RegExp(`${missing.replace(".", "\\.")}`));
    }
    await refused(["text", "similar", "a", "b", "--run", folder], /not a run directory/);
    await refused(["text", "similar", "a", "b"], /--run DIR .*--init FOLDER/);
  }, 60_000);

  it.skipIf(miniLm().missing)(
    `is refused with a tokenizer of another model ${miniLm().reason}`,
    async () => {
      const model = at("mixed");
      await cp(at("run", "model"), model, { recursive: true });
      await cp(join(miniLm().path, "tokenizer.json"), join(model, "tokenizer.json"));
      await refused(["text", "similar", "a", "b", "--init", model], /tokenizer.*30522 tokens.*does it belong/);
    },
    60_000,
  );
});
