import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readJsonLines } from "@nearfar/formats";
import { checkpointSteps, readReport } from "@nearfar/runs";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawPictures } from "./drawPictures.ts";
import { nearfar } from "./nearfar.ts";
import { succeed } from "./succeed.ts";
import { suiteFolder } from "./suiteFolder.ts";

const folder = suiteFolder();

describe("pictures of every kind", () => {
  it("trains on gray, CMYK, 16-bit, transparent, animated and 1x1 pictures, and counts a text that is called .jpg", async () => {
    const images = join(folder, "strange");
    await drawPictures(images, { each: 4 });
    const strange = await strangePictures(join(images, "disc", "000.jpg"));
    for (const [name, bytes] of Object.entries(strange)) await writeFile(join(images, "square", name), bytes);
    await writeFile(join(images, "square", "text.jpg"), "this is text\n");
    const [run, out] = [join(folder, "strange-run"), join(folder, "strange.jsonl")];

    await succeed("image", "train", images, "--run", run, "--steps", 10, "--batch", 8);
    const pictures = 12 + Object.keys(strange).length;
    const report = await readReport({ dir: run });
    expect(report).toMatchObject({ steps: 10, pictures, unreadable: [{ path: "square/text.jpg" }] });
    expect((report.unreadable as { reason: string }[])[0]!.reason).toMatch(/not a JPEG/);

    const { stderr } = await succeed("image", "embed", images, "--run", run, "--out", out);
    expect(stderr).toMatch(/Skipped square\/text\.jpg: .*not a JPEG/);
    const paths: string[] = [];
    for await (const line of readJsonLines(out)) paths.push((line as { path: string }).path);
    expect(paths).toHaveLength(pictures);
    expect(paths).toEqual(expect.arrayContaining(Object.keys(strange).map((name) => `square/${name}`)));
  }, 120_000);

  it("stops a training on large pictures when more than 10 % of those tried cannot be read", async () => {
    const images = join(folder, "spoilt");
    // Above 64 px pictures are read while training: 30 good ones, and a third more that are not.
    await drawPictures(images, { each: 10, size: 80 });
    for (let i = 0; i < 10; i++) await writeFile(join(images, "disc", `z-${i}.jpg`), "this is text\n");
    const run = join(folder, "spoilt-run");
    const flags = ["--config", "small", "--batch", 10, "--steps", 50];
    const { code, stderr } = await nearfar(["image", "train", images, "--run", run, ...flags]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/pictures cannot be read, more than 10 %: disc\/z-\d\.jpg/);
    expect(stderr).not.toMatch(/\.[jt]s:\d+/);
    // Two batches say so, long before a checkpoint is due: what is left is the start, whole.
    expect(await checkpointSteps({ dir: run })).toEqual([0]);
  }, 120_000);
});

/** One picture in many dresses: each by the option of libvips that makes it so. */
async function strangePictures(path: string): Promise<Record<string, Uint8Array>> {
  const picture = await readFile(path);
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  const frames = Buffer.concat([data, Buffer.from(data).reverse()]);
  const animated = { raw: { ...info, height: 2 * info.height, pageHeight: info.height }, animated: true } as const;
  return {
    "gray.png": await sharp(picture).toColourspace("b-w").png().toBuffer(),
    "gray.jpg": await sharp(picture).toColourspace("b-w").jpeg().toBuffer(),
    "cmyk.jpg": await sharp(picture).toColourspace("cmyk").jpeg().toBuffer(),
    "sixteen.png": await sharp(picture).toColourspace("rgb16").png().toBuffer(),
    "alpha.png": await sharp(picture).ensureAlpha(0.5).png().toBuffer(),
    "gray-alpha.png": await sharp(picture).toColourspace("b-w").ensureAlpha(0.5).png().toBuffer(),
    "palette.png": await sharp(picture).png({ palette: true }).toBuffer(),
    "animated.gif": await sharp(frames, animated).gif().toBuffer(),
    "animated.webp": await sharp(frames, animated).webp().toBuffer(),
    "one.png": await sharp(picture).resize(1, 1).png().toBuffer(),
    "one.jpg": await sharp(picture).resize(1, 1).jpeg().toBuffer(),
    "line.png": await sharp(picture).resize(60, 1, { fit: "fill" }).png().toBuffer(),
  };
}
