import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "@nearfar/testing";
import { classifyCommand } from "../src/classifyCommand.ts";
import { drawnFolder } from "./drawnFolder.ts";
import { programOutput } from "./programOutput.ts";
import { drawnPictures } from "./serve/drawnPictures.ts";
import { stubTowers } from "./serve/stubTowers.ts";

const run = programOutput();
const classify = (...args: string[]) =>
  run(
    classifyCommand(async () => stubTowers()),
    ...args,
    "--init",
    "x",
  );
const colours = "red,orange,yellow,green,teal,blue,violet,pink";

/** Two pictures that lie in no folder. */
async function flat(): Promise<string> {
  const folder = temporaryFolder();
  for (const { path, bytes } of await drawnPictures())
    if (/(red|blue)\/star/.test(path)) writeFileSync(join(folder, path.replace("/", "-")), bytes);
  return folder;
}

interface Found {
  pictures: { path: string; classes: { name: string; probability: number }[] }[];
  accuracy?: { top1: number; top5: number };
}

describe("nearfar pairs classify", () => {
  it("prints the accuracy beside chance where each picture lies in the folder of its class", async () => {
    const { pictures } = await drawnFolder();
    const { code, stdout } = await classify(pictures, "--classes", colours.toUpperCase().replace("RED", "Red"));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^pictures +classes +top 1 +top 5 +chance\n +64 +8 +100\.00 % +100\.00 % +12\.50 %\n$/);
  });

  it("prints the likeliest classes of each picture, whose probabilities are softmax(scale cos)", async () => {
    const folder = await flat();
    const { stdout } = await classify(folder, "--classes", "red,blue,green", "--top", "2");
    expect(stdout).toMatch(
      /^picture +class +probability +class 2 +probability 2\nblue-star\.png +blue +[01]\.\d{3} +green +0\.\d{3}\n/,
    );
    const { pictures } = JSON.parse((await classify(folder, "--classes", "red,blue,green", "--json")).stdout) as Found;
    expect(pictures.map(({ path, classes }) => [path, classes[0]!.name])).toEqual([
      ["blue-star.png", "blue"],
      ["red-star.png", "red"],
    ]);
    const towers = stubTowers();
    const star = (await drawnPictures()).find(({ path }) => path === "red/star.png")!;
    const { data: picture } = await towers.encodePictures([star.bytes]);
    const { data: names } = await towers.texts.encode(["red", "blue", "green"]);
    const weights = [0, 1, 2].map((c) =>
      Math.exp(10 * picture.reduce((sum, value, j) => sum + value * names[c * 19 + j]!, 0)),
    );
    const total = weights.reduce((sum, weight) => sum + weight);
    for (const { name, probability } of pictures[1]!.classes)
      expect(probability / (weights[["red", "blue", "green"].indexOf(name)]! / total)).toBeCloseTo(1, 4);
    expect(pictures[1]!.classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
  });

  it("reads classes and templates from files, and says where folders are no classes", async () => {
    const { pictures, folder } = await drawnFolder();
    writeFileSync(join(folder, "classes.txt"), "red\n\nblue\n");
    writeFileSync(join(folder, "templates.txt"), "a {} thing\n{}\n");
    const flags = ["--classes", join(folder, "classes.txt"), "--templates", join(folder, "templates.txt")];
    const { code, stdout, stderr } = await classify(pictures, ...flags, "--json");
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Found).accuracy).toBeUndefined();
    expect(stderr).toMatch(/folders are not all among the classes/);
  });

  it("counts and names a picture that cannot be read", async () => {
    const folder = await flat();
    writeFileSync(join(folder, "text.png"), "no picture at all");
    const { code, stdout, stderr } = await classify(folder, "--classes", "red,blue", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ unreadable: 1, pictures: [{}, {}] });
    expect(stderr).toMatch(/1 of 3 pictures cannot be read and are left out: text\.png/);
  });

  it("refuses bad classes, templates and folders in a line, with exit code 2", async () => {
    const folder = await flat();
    const [empty, wrong] = [join(folder, "empty"), join(folder, "wrong.txt")];
    mkdirSync(empty);
    writeFileSync(wrong, "a photo of a cat\n");
    for (const [args, message] of [
      [[folder, "--classes", "red"], /^--classes: at least 2 names were expected.*got 1\./],
      [[folder, "--classes", "red,blue,red"], /^--classes: "red" stands there twice/],
      [[folder, "--classes", "gone.txt"], /gone\.txt/],
      [
        [folder, "--classes", "a,b", "--templates", wrong],
        /^--templates: every line has a \{\} .*got "a photo of a cat"/,
      ],
      [[folder, "--classes", "a,b", "--top", "0"], /^--top/],
      [[empty, "--classes", "a,b"], /this folder is empty/],
      [[join(folder, "gone"), "--classes", "a,b"], /no such file or folder/],
      [[folder], /--classes/],
    ] as const) {
      const { code, stdout, stderr } = await classify(...args);
      expect(code).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd()).not.toContain("\n");
    }
  });
});
