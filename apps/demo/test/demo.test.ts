import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadEngine } from "@nearfar/tensor";
import { temporaryFolder } from "@nearfar/testing";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { demo } from "../src/demo.ts";
import type { Plan } from "../src/plan.ts";
import { split } from "../src/split.ts";
import { drawnIcons } from "./drawnIcons.ts";

beforeAll(() => void loadEngine());

const steps = { length: { steps: 2 }, batch: 16 };
const small = ({ seconds, simclr, simcse, joined, alone }: Plan): Plan => ({
  seconds,
  simclr: { ...simclr, ...steps },
  simcse: { ...simcse, ...steps },
  joined: { ...joined, ...steps },
  alone: { ...alone, ...steps },
});

describe("demo", () => {
  it("tells the story from pictures with tags to a table and a sheet", async () => {
    const out = join(temporaryFolder(), "demo");
    const set = drawnIcons();
    const rows = split(set.items, { share: 0.2 });
    const printed: string[] = [];
    const said: string[] = [];
    await demo(set, rows, {
      seconds: { simclr: 4, simcse: 2, clip: 8 },
      out,
      change: small,
      workers: 0,
      say: (line) => said.push(line),
      print: (text) => printed.push(text),
    });
    // 48 concepts of the 3 families that are left: a fifth of them, rounded up; 16 of the one that is held out.
    const text = printed.join("");
    expect(text).toContain("among 10 of concepts and 16 of families never seen?");
    expect(text).toMatch(/^chance +100\.0 % +62\.5 %$/m); // 10 of 10, and 10 of 16
    expect(text).toMatch(/^untrained towers +100\.0 % +\d+\.\d %$/m);
    expect(text).toMatch(/^CLIP alone, 14 s +100\.0 % +\d+\.\d %$/m);
    expect(text).toMatch(/^SimCLR 4 s, SimCSE 2 s, then CLIP 8 s +100\.0 % +\d+\.\d %$/m);
    expect(text).toContain("concepts never seen: +0.0 points, which 10 questions cannot tell from chance.");
    expect(said.filter((line) => /^[1-4]\. /.test(line))).toHaveLength(4);

    // What is held out is nowhere in the texts that the tower of words learned from.
    const tags = await readFile(join(out, "tags.txt"), "utf8");
    expect(tags.trimEnd().split("\n")).toHaveLength(rows.seen.length);
    expect(tags).not.toContain(set.items[rows.families[0]!]!.captions[0]!);

    // The towers that CLIP joined are those of the two runs before it.
    const run = JSON.parse(await readFile(join(out, "joined", "run.json"), "utf8")) as { configuration: object };
    expect(run.configuration).toMatchObject({ image: join(out, "pictures"), text: join(out, "texts") });
    expect(existsSync(join(out, "joined", "model", "model.safetensors"))).toBe(true);

    const { width, height } = await sharp(join(out, "sheet.png")).metadata();
    expect(width).toBeGreaterThan(9 * 64);
    expect(height).toBeGreaterThan(8 * 64);
  });
});
