import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pool, type ImageSource } from "@nearfar/data";
import { temporaryFolder } from "@nearfar/testing";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { views, wholes, type Rows, type ViewsRequest } from "../src/pictureTasks.ts";
import type { Watched } from "./tasks/watched.ts";

const recipe = { size: 16, strength: 0.5, blur: 0.5 };

describe("pictureTasks", () => {
  it("run in worker threads that load no engine, to the same numbers as in this thread", async () => {
    const source = await threePictures();
    const options = { source, count: 3, seed: 5, recipe, exact: false };
    const request: ViewsRequest = { step: 4, indices: Uint32Array.of(2, 0) };
    const here = await views(options)(request);
    const module = new URL("./tasks/watched.ts", import.meta.url);
    const workers = pool<ViewsRequest, Watched>({ module, name: "views", options, workers: 1 });
    try {
      const { data, failures, modules } = await workers.run(request);
      expect(data).toEqual(here.data);
      expect(failures).toEqual([]);
      expect(modules.some((file) => file.includes("sharp"))).toBe(true); // it would see an engine, too
      expect(modules.filter((file) => file.includes("@tensorflow"))).toEqual([]);
    } finally {
      await workers.close();
    }
  });

  it("give a row other views in another step and in another place, but not for another batch", async () => {
    const source = await threePictures();
    const task = views({ source, count: 3, seed: 5, recipe, exact: false });
    const row = (rows: Rows, i: number) => rows.data.slice(i * LENGTH, (i + 1) * LENGTH);
    const first = await task({ step: 0, indices: Uint32Array.of(1, 1) });
    expect(first.data).toHaveLength(2 * 2 * LENGTH); // left and right views of two rows
    expect(row(first, 1)).not.toEqual(row(first, 0));
    expect(row(await task({ step: 1, indices: Uint32Array.of(1, 1) }), 0)).not.toEqual(row(first, 0));
    expect(row(await task({ step: 0, indices: Uint32Array.of(1, 2) }), 0)).toEqual(row(first, 0));
  });

  it("put another picture in the place of one that cannot be read, and name it", async () => {
    const source = await threePictures({ broken: 1 });
    const task = views({ source, count: 3, seed: 5, recipe, exact: false });
    const { data, failures } = await task({ step: 0, indices: Uint32Array.of(0, 1, 2) });
    expect(new Set(failures.map(({ index }) => index))).toEqual(new Set([1]));
    expect(failures[0]!.reason).toMatch(/not a JPEG/);
    for (let i = 0; i < 6; i++)
      expect(data.slice(i * LENGTH, (i + 1) * LENGTH).some((value) => value !== 0)).toBe(true);
  });

  it("stop where no picture can be read", async () => {
    const source = await threePictures({ broken: "all" });
    const task = views({ source, count: 3, seed: 5, recipe, exact: false });
    await expect(task({ step: 0, indices: Uint32Array.of(0) })).rejects.toMatchObject({ name: "UserError" });
  });

  it("leave zeros for a whole picture that cannot be read", async () => {
    const source = await threePictures({ broken: 2 });
    const { data, failures } = await wholes({ source, size: 16 })({ indices: Uint32Array.of(0, 2) });
    expect(failures).toEqual([{ index: 2, reason: expect.stringMatching(/not a JPEG/) as string }]);
    expect(data.slice(0, LENGTH).some((value) => value !== 0)).toBe(true);
    expect(data.slice(LENGTH).every((value) => value === 0)).toBe(true);
  });
});

const LENGTH = 16 * 16 * 3;

/** Three files of 24 x 20 pixels, of one colour each; `broken` ones hold text. */
async function threePictures({ broken }: { broken?: number | "all" } = {}): Promise<ImageSource> {
  const root = join(temporaryFolder(), "pictures");
  await mkdir(root);
  const paths = ["0.png", "1.png", "2.png"];
  for (const [i, path] of paths.entries()) {
    const background = { r: 60 * i + 20, g: 200, b: 255 - 60 * i };
    const bytes =
      broken === "all" || broken === i
        ? "text\n"
        : await sharp({ create: { width: 24, height: 20, channels: 3, background } })
            .png()
            .toBuffer();
    await writeFile(join(root, path), bytes);
  }
  return { kind: "files", root, paths };
}
