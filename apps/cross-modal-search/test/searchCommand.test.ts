import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { searchCommand } from "../src/searchCommand.ts";
import { drawnFolder } from "./drawnFolder.ts";
import { programOutput } from "./programOutput.ts";
import { stubTowers } from "./serve/stubTowers.ts";

const run = programOutput();

interface Found {
  pictures: number;
  hits: { path: string; score: number }[];
}

describe("nearfar pairs search", () => {
  const towers = () => {
    const stub = stubTowers();
    return {
      stub,
      search: (...args: string[]) =>
        run(
          searchCommand(async () => stub),
          ...args,
        ),
    };
  };

  it("prints rank, score and path of the pictures nearest to words", async () => {
    const { pictures, run: dir } = await drawnFolder();
    const { search } = towers();
    const { code, stdout } = await search(pictures, "--run", dir, "--query", "something blue", "-k", "8");
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^rank +score +picture$/);
    expect(lines).toHaveLength(9);
    lines.slice(1).forEach((line, i) => expect(line).toMatch(new RegExp(`^ +${i + 1} +0\\.\\d{4} +blue/`)));
  });

  it("finds a picture by itself, with cosine 1, and says where fewer are there than asked for", async () => {
    const { pictures } = await drawnFolder();
    const { search } = towers();
    const picture = join(pictures, "teal/moon.png");
    const { stdout, stderr } = await search(pictures, "--init", "x", "--picture", picture, "--top", "99", "--json");
    const { hits, ...found } = JSON.parse(stdout) as Found;
    expect(found.pictures).toBe(64);
    expect(hits).toHaveLength(64);
    expect(hits[0]!.path).toBe("teal/moon.png");
    expect(hits[0]!.score).toBeCloseTo(1, 5);
    expect(stderr).toMatch(/--top 99: there are only 64 pictures/);
  });

  it("keeps the pictures' vectors in the run, and encodes them again where a picture or the model is another", async () => {
    const { pictures, run: dir } = await drawnFolder();
    const { stub, search } = towers();
    const ask = () => search(pictures, "--run", dir, "--query", "red", "--json");
    const first = await ask();
    expect(stub.encoded.pictures).toBe(64);
    expect(readdirSync(join(dir, "gallery"))).toHaveLength(1);
    expect((await ask()).stdout).toBe(first.stdout);
    expect(stub.encoded.pictures).toBe(64);
    writeFileSync(join(dir, "model", "config.json"), '{ "other": 1 }');
    await ask();
    expect(stub.encoded.pictures).toBe(128);
    writeFileSync(join(pictures, "red/star.png"), "no picture");
    const { code, stderr } = await ask();
    expect(code).toBe(0);
    expect(stderr).toMatch(/1 of 64 pictures cannot be read and are left out: red\/star\.png/);
  });

  it("refuses no query, two, a blank one, a query that is no picture, and no model, in a line with exit code 2", async () => {
    const { pictures, run: dir, folder } = await drawnFolder();
    const { search } = towers();
    const text = join(folder, "text.png");
    writeFileSync(text, "no picture");
    for (const [args, message] of [
      [["--run", dir], /^What is searched\? Give --query "\.\.\." or --picture FILE/],
      [["--run", dir, "--query", "a", "--picture", text], /^What is searched\?/],
      [["--run", dir, "--query", " "], /^--query: a text was expected; got a blank one/],
      [["--run", dir, "--picture", text], /text\.png: /],
      [["--run", dir, "--picture", join(folder, "gone.png")], /gone\.png/],
      [["--run", dir, "--query", "a", "--top", "many"], /^--top/],
      [["--query", "a"], /^Which model\?/],
    ] as const) {
      const { code, stdout, stderr } = await search(pictures, ...args);
      expect(code).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd()).not.toContain("\n");
    }
  });
});
