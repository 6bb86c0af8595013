import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { previewText } from "../src/previewText.ts";
import { previewTexts } from "../src/previewTexts.ts";
import { write } from "./write.ts";

const english = "The quick brown fox jumps over the lazy dog. It was raining all day and nobody came.";
const chinese = "一个男人正在公园里吹一支大笛子。整天都在下雨，没有人来。";

describe("previewTexts", () => {
  it("shows some texts, the same for the same seed and others for another", async () => {
    const lines = Array.from({ length: 50 }, (_, i) => `Sentence number ${i} is about nothing at all.`);
    const file = join(write({ "x.txt": lines }), "x.txt");
    const first = await previewTexts([file], { count: 4, seed: 1 });
    expect(first).toHaveLength(4);
    for (const { text, row } of first) expect(text).toBe(lines[row - 1]);
    expect(await previewTexts([file], { count: 4, seed: 1 })).toEqual(first);
    const other = await previewTexts([file], { count: 4, seed: 2 });
    expect(other.map(({ row }) => row)).not.toEqual(first.map(({ row }) => row));
  });

  it("shows all of a short file, English and Chinese, each augmentation with its name", async () => {
    const file = join(write({ "x.txt": [english, chinese] }), "x.txt");
    const found = await previewTexts([file]);
    expect(found.map(({ text }) => text).sort()).toEqual([english, chinese].sort());
    for (const { previews, text } of found) {
      expect(previews.length).toBeGreaterThanOrEqual(8);
      expect(previews.some((one) => one.text !== text)).toBe(true);
    }
  });

  it("takes columns and rows", async () => {
    const file = join(write({ "x.tsv": ["split|body|label", `dev|${english}|a`, `test|${chinese}|b`] }), "x.tsv");
    const found = await previewTexts([file], { columns: { columns: { text: ["body"] }, where: { split: "test" } } });
    expect(found.map(({ text, row }) => [text, row])).toEqual([[chinese, 3]]);
  });

  it("refuses files without a text", async () => {
    const file = join(write({ "x.txt": ["", "  "] }), "x.txt");
    await expect(previewTexts([file])).rejects.toMatchObject({ name: "UserError" });
  });
});

describe("previewText", () => {
  const of = (text: string) => previewText([{ text, file: "x.txt", row: 7, previews: [{ name: "deleteWords", text: "fox jumps" }] }]); // prettier-ignore

  it("is a line per augmentation below where the text stands", () => {
    expect(of("The fox jumps.")).toBe("x.txt:7\n  text         The fox jumps.\n  deleteWords  fox jumps\n");
  });

  it("cuts long texts and lets none move the cursor", () => {
    expect(of("\u001b[2Jred\r\nnext\u0007")).toContain("  text         [2Jred next\n");
    const line = of("长".repeat(1000)).split("\n")[1]!;
    expect(line).toMatch(/^ {2}text {9}长{299}…$/u);
  });
});
