import { pool } from "@nearfar/data";
import type { Preprocessing } from "@nearfar/formats";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Pictures, Rows, Views } from "../src/pairTasks.ts";
import { tasks } from "../src/tasks.ts";

const preprocessing: Preprocessing = {
  size: 8,
  fit: "squash",
  resample: "bilinear",
  mean: [0.5, 0.5, 0.5],
  deviation: [0.5, 0.5, 0.5],
};
const views = { crop: [0.5, 1], flip: 0.5, shift: 1, jitter: 0.4 } as const;
const grey = (level: number) =>
  sharp({ create: { width: 12, height: 12, channels: 3, background: { r: level, g: level, b: level } } }).png().toBuffer(); // prettier-ignore
const broken = new TextEncoder().encode("this is a text file named .png");

async function ask<Output>(name: string, options: object, request: Pictures & { step?: number }, workers = 0) {
  const made = pool<typeof request, Output>({ module: tasks, name, options, workers });
  try {
    return await made.run(request);
  } finally {
    await made.close();
  }
}

describe("views", () => {
  const options = { count: 3, seed: 7, preprocessing, views, pairs: true };

  it("are the same in a worker as in this thread, and differ from step to step", async () => {
    const pictures = await Promise.all([30, 120, 220].map(grey));
    const here = await ask<Views>("views", options, { step: 4, pictures });
    expect(await ask<Views>("views", options, { step: 4, pictures }, 1)).toEqual(here);
    expect([here.data.length, here.pairs!.length]).toEqual([3 * 192, 6 * 192]);
    expect([...here.used]).toEqual([0, 1, 2]);
    expect((await ask<Views>("views", options, { step: 5, pictures })).data).not.toEqual(here.data);
  });

  it("take another picture for one that cannot be read, name it, and say which", async () => {
    const pictures = [await grey(30), broken, await grey(220)];
    const { used, failures } = await ask<Views>("views", options, { step: 0, pictures });
    expect(used[1]).not.toBe(1);
    expect(failures.length).toBeGreaterThan(0);
    expect(failures[0]).toMatchObject({ index: 1, reason: expect.stringContaining("not a JPEG") as string });
  });

  it("end where no picture can be read", async () => {
    await expect(ask("views", options, { step: 0, pictures: [broken, broken, broken] })).rejects.toThrow(
      "100 pictures in a row cannot be read",
    );
  });
});

describe("wholes", () => {
  it("are whole pictures, and zeros where one cannot be read", async () => {
    const request = { pictures: [await grey(255), broken] };
    const { data, failures } = await ask<Rows>("wholes", { preprocessing }, request);
    // (255 / 255 - 0.5) / 0.5 = 1
    expect([...new Set(data.subarray(0, 192))]).toEqual([1]);
    expect([...new Set(data.subarray(192))]).toEqual([0]);
    expect(failures.map(({ index }) => index)).toEqual([1]);
  });
});
