import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openImages } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { temporaryFolder } from "@nearfar/testing";
import { describe, expect, it } from "vitest";
import { openGallery } from "../../src/serve/openGallery.ts";
import { openGallerySource } from "../../src/serve/openGallerySource.ts";
import { writeDrawnPictures } from "./drawnPictures.ts";
import { stubTowers } from "./stubTowers.ts";

/** Opens the pictures of a folder as a command would, with a cache beside them. */
async function opened(folder: string, model = "stub") {
  const towers = stubTowers();
  const said: string[] = [];
  const done: number[] = [];
  const gallery = await openGallery(towers, await openGallerySource(join(folder, "pictures")), {
    cache: join(folder, "cache"),
    model,
    say: (line) => said.push(line),
    progress: (count) => done.push(count),
  });
  return { gallery, said, done, encoded: towers.encoded.pictures };
}

async function drawn(): Promise<string> {
  const folder = temporaryFolder();
  await writeDrawnPictures(join(folder, "pictures"));
  return folder;
}

describe("openGallery", () => {
  it("encodes once: the next time vectors come from the cache, and are the same", async () => {
    const folder = await drawn();
    const first = await opened(folder);
    expect([first.encoded, first.done]).toEqual([64, [32, 64]]); // batches of 32
    const second = await opened(folder);
    expect(second.encoded).toBe(0);
    expect(second.gallery.vectors).toEqual(first.gallery.vectors);
    expect(second.gallery.pictures).toEqual(first.gallery.pictures);
    expect(second.said[0]).toMatch(/^64 vectors of pictures from .*pictures-[0-9a-f]{16}\.safetensors$/);
  });

  it("encodes anew for another model, a changed picture, and a cache that is damaged", async () => {
    const folder = await drawn();
    await opened(folder);
    expect((await opened(folder, "another")).encoded).toBe(64);
    const file = join(folder, "pictures", "red", "circle.png");
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from("\0")])); // what follows a PNG's end is passed over
    const changed = await opened(folder);
    expect(changed.encoded).toBe(64);
    for (const name of readdirSync(join(folder, "cache"))) {
      const path = join(folder, "cache", name);
      writeFileSync(path, readFileSync(path).subarray(0, 1000));
    }
    const again = await opened(folder);
    expect([again.encoded, again.gallery.vectors]).toEqual([64, changed.gallery.vectors]);
  });

  it("leaves out what cannot be read, counts and names it, and numbers the rest", async () => {
    const folder = await drawn();
    writeFileSync(join(folder, "pictures", "blue", "circle.png"), "a text");
    writeFileSync(
      join(folder, "pictures", "blue", "ring.png"),
      readFileSync(join(folder, "pictures", "blue", "ring.png")).subarray(0, 300),
    );
    for (const time of ["encoded", "from the cache"]) {
      const { gallery, said } = await opened(folder);
      expect(
        gallery.pictures.map(({ path }) => path),
        time,
      ).not.toContain("blue/circle.png");
      expect([gallery.pictures.length, gallery.vectors.rows], time).toEqual([62, 62]);
      expect(gallery.pictures[0]!.path).toBe("blue/cross.png");
      expect(Buffer.from(await gallery.read(0))).toEqual(readFileSync(join(folder, "pictures", "blue", "cross.png")));
      if (time === "encoded")
        expect(said[0]).toMatch(/^2 of 64 pictures cannot be read and are left out: blue\/circle\.png/);
    }
  });

  it("without one that can be read is a mistake of the user's", async () => {
    const folder = await drawn();
    for (const path of readdirSync(join(folder, "pictures"), { recursive: true, encoding: "utf8" }))
      if (path.endsWith(".png")) writeFileSync(join(folder, "pictures", path), "text");
    await expect(opened(folder)).rejects.toThrow(UserError);
  });

  it("goes on where the cache cannot be written", async () => {
    const folder = await drawn();
    writeFileSync(join(folder, "cache"), "a file in the folder's place");
    const { gallery, said } = await opened(folder);
    expect(gallery.pictures).toHaveLength(64);
    expect(said.at(-1)).toMatch(/^The vectors are not kept for the next time: /);
  });
});

describe("openGallerySource", () => {
  it("takes captions from beside the pictures, and pictures without any", async () => {
    const folder = await drawn();
    writeFileSync(join(folder, "pictures", "red", "star.txt"), "a red star\nin two lines\n");
    const { items } = await openGallerySource(join(folder, "pictures"));
    expect(items).toHaveLength(64);
    const star = items.find(({ path }) => path === "red/star.png")!;
    expect(star.captions[0]).toContain("a red star");
    expect(items.filter(({ captions }) => captions.length > 0)).toEqual([star]);
    expect(items.map(({ path }) => path)).toEqual(
      (await openImages(join(folder, "pictures"))).items.map(({ path }) => path),
    );
  });

  it("opens a table of pairs, its pictures beside it or elsewhere", async () => {
    const folder = await drawn();
    const table = join(folder, "pairs.csv");
    writeFileSync(table, "path,caption\nred/star.png,a star\nblue/ring.png,a ring\n");
    const { items } = await openGallerySource(table, { images: join(folder, "pictures") });
    expect(items.map(({ path, captions }) => [path, ...captions])).toEqual([
      ["red/star.png", "a star"],
      ["blue/ring.png", "a ring"],
    ]);
    await expect(openGallerySource(join(folder, "pictures"), { images: folder })).rejects.toThrow(
      /of a table of pairs/,
    );
    await expect(openGallerySource(join(folder, "nowhere"))).rejects.toThrow(UserError);
  });
});
