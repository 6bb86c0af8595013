import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openImages, readSource, type ImageSet } from "@nearfar/data";
import { UserError, writeTar } from "@nearfar/formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { png, write } from "./tasks/pictures.ts";

let root: string;
let folders = 0;
const folder = () => join(root, `${folders++}`);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "nearfar-data-"));
});
afterAll(() => rm(root, { recursive: true }));

const paths = (set: ImageSet) => set.items.map(({ path }) => path);
const labels = (set: ImageSet) => set.items.map(({ label }) => label);

async function tar(files: Record<string, Uint8Array | string>, { gzip = false } = {}): Promise<string> {
  const path = join(await write(folder(), { "readme.txt": "" }), gzip ? "pictures.tar.gz" : "pictures.tar");
  const entries = Object.entries(files).map(([name, content]) => ({ name, data: Buffer.from(content) }));
  await writeTar(path, entries);
  return path;
}

async function refused(path: string, ...says: string[]) {
  const error = await openImages(path).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  for (const part of says) expect((error as Error).message).toContain(part);
  expect((error as Error).message).not.toContain("\n");
}

describe("openImages on a folder", () => {
  it("labels by the first subfolder, sorted by code unit", async () => {
    const files = {
      "b/2.png": "2",
      "b/10.JPG": "10",
      "a/deep/x.webp": "x",
      "Z/é.png": "e",
      "a.txt": "no",
      "b/notes.md": "no",
    };
    const set = await openImages(await write(folder(), files));
    expect(paths(set)).toEqual(["Z/é.png", "a/deep/x.webp", "b/10.JPG", "b/2.png"]);
    expect(labels(set)).toEqual(["Z", "a", "b", "b"]);
    expect(set.labels).toEqual(["Z", "a", "b"]);
    expect(Buffer.from((await readSource(set.source, 1)) as Uint8Array).toString()).toBe("x");
  });

  it("is flat when a picture lies in no subfolder", async () => {
    const set = await openImages(await write(folder(), { "1.png": "", "a/2.png": "" }));
    expect(set.items).toEqual([{ path: "1.png" }, { path: "a/2.png" }]);
    expect(set.labels).toEqual([]);
  });

  it("passes over hidden files and links that lead out, and follows links to files inside", async () => {
    const outside = await write(folder(), { "secret.png": "s" });
    const inside = await write(folder(), { "a.png": "a", ".git/b.png": "b", "._a.png": "c", "__MACOSX/a.png": "d" });
    await symlink(join(outside, "secret.png"), join(inside, "out.png"));
    await symlink(outside, join(inside, "folder"));
    await symlink("../..", join(inside, "up"));
    await symlink("a.png", join(inside, "in.png"));
    await symlink("nowhere.png", join(inside, "broken.png"));
    expect(paths(await openImages(inside))).toEqual(["a.png", "in.png"]);
  });

  it("refuses a path that does not exist, an empty folder, junk, only links, one picture", async () => {
    await refused(join(root, "nowhere"), "nowhere: no such file or folder");
    const empty = folder();
    await mkdir(empty);
    await refused(empty, empty, "this folder is empty");
    await refused(
      await write(folder(), { "a/b.txt": "", "c.doc": "" }),
      "none of its 2 files is a picture (one is a/b.txt)",
    );
    const linked = folder();
    await mkdir(linked);
    await symlink(join(root, "0", "Z"), join(linked, "Z"));
    await refused(linked, "only links");
    await refused(join(await write(folder(), { "a.png": "" }), "a.png"), "one picture");
    await refused(`${await write(folder(), { "train/a.png": "" })}#train`, "a # names a folder inside an archive");
  });

  it("takes a folder whose name has a #", async () => {
    expect(paths(await openImages(await write(`${folder()}#1`, { "a.png": "" })))).toEqual(["a.png"]);
  });
});

describe("openImages on an archive", () => {
  const files = {
    "set/train/dog/2.jpg": "two",
    "set/train/cat/1.jpg": "one",
    "set/train/cat/._1.jpg": "hidden",
    "set/test/train/3.jpg": "three", // a class that is named as the other part
    "set/readme.txt": "text",
  };

  it("takes a folder inside it, found at any depth, its first subfolders as labels", async () => {
    const archive = await tar(files);
    for (const inside of ["train", "set/train", "/train/"]) {
      const set = await openImages(`${archive}#${inside}`);
      expect(paths(set)).toEqual(["set/train/cat/1.jpg", "set/train/dog/2.jpg"]);
      expect(labels(set)).toEqual(["cat", "dog"]);
      expect(Buffer.from((await readSource(set.source, 1)) as Uint8Array).toString()).toBe("two");
    }
    expect((await openImages(`${archive}#train`)).name).toBe("pictures.tar#train");
    expect(labels(await openImages(`${archive}#test`))).toEqual(["train"]);
  });

  it("without one, labels below the folders that all pictures share", async () => {
    const set = await openImages(await tar({ "a/b/dog/2.jpg": "2", "a/b/cat/1.jpg": "1" }, { gzip: true }));
    expect(labels(set)).toEqual(["cat", "dog"]);
    expect(set.labels).toEqual(["cat", "dog"]);
    expect((await openImages(await tar({ "a/1.jpg": "1", "a/2.jpg": "2" }))).labels).toEqual([]);
  });

  it("gives the same set as the folder that it packs", async () => {
    const inside = { "b/2.png": "2", "a/1.png": "1", "a/10.png": "10" };
    const [fromFolder, fromTar] = [
      await openImages(await write(folder(), inside)),
      await openImages(await tar(inside)),
    ];
    expect(fromTar.items).toEqual(fromFolder.items);
    for (const [i] of fromTar.items.entries())
      expect(Buffer.from((await readSource(fromTar.source, i)) as Uint8Array)).toEqual(
        await readSource(fromFolder.source, i),
      );
  });

  it("takes the later of two entries with one path, as unpacking does", async () => {
    const path = join(await write(folder(), { "x.txt": "" }), "twice.tar");
    await writeTar(path, [
      { name: "a.png", data: Buffer.from("old") },
      { name: "a.png", data: Buffer.from("newer") },
    ]);
    const set = await openImages(path);
    expect(set.items).toHaveLength(1);
    expect(Buffer.from((await readSource(set.source, 0)) as Uint8Array).toString()).toBe("newer");
  });

  it("names the folders there are when one is not found, and refuses what is no archive or too large", async () => {
    const archive = await tar(files);
    await refused(`${archive}#trian`, archive, 'no pictures under "trian"', "test, train");
    await refused(await tar({ "a.txt": "" }), "no picture in this archive");
    await refused(join(await write(folder(), { "junk.tar": "junk".repeat(1000) }), "junk.tar"), "junk.tar");
    await expect(openImages(archive, { maxBytes: 5 })).rejects.toThrow("more than 5 bytes");
  });
});

describe("openImages on CIFAR-10's binary files", () => {
  // Two records by hand: label, then planes of 1024 whose pixel i is (i, 100, 255 - i) and (7, 8, 9), modulo 256.
  const record = (label: number, pixel: (i: number) => number[]) =>
    Uint8Array.from([label, ...[0, 1, 2].flatMap((c) => Array.from({ length: 1024 }, (_, i) => pixel(i)[c]!))]);
  const ramp = record(3, (i) => [i % 256, 100, 255 - (i % 256)]);
  const plain = record(1, () => [7, 8, 9]);
  const two = Buffer.concat([ramp, plain]);
  const meta = "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

  async function check(set: ImageSet, names: string[]) {
    expect(set.items).toEqual([
      { path: "data_batch_1.bin#0", label: names[0] },
      { path: "data_batch_1.bin#1", label: names[1] },
    ]);
    const image = await readSource(set.source, 0);
    if (image instanceof Uint8Array) throw new Error("expected a decoded picture");
    expect([image.width, image.height, image.data.length]).toEqual([32, 32, 3072]);
    expect([...image.data.subarray(0, 6)]).toEqual([0, 100, 255, 1, 100, 254]);
    expect([...image.data.subarray(3 * 1023)]).toEqual([255, 100, 0]);
    const second = (await readSource(set.source, 1)) as { data: Uint8Array };
    expect([...second.data.subarray(3069)]).toEqual([7, 8, 9]);
    expect(image.data.buffer).toBe(second.data.buffer); // views, not copies
  }

  it("reads a folder, one file, and an archive's parts", async () => {
    const files = { "data_batch_1.bin": two, "test_batch.bin": plain };
    const place = await write(folder(), { ...files, "batches.meta.txt": meta });
    await check(await openImages(place), ["cat", "automobile"]);
    await check(await openImages(`${place}#train`), ["cat", "automobile"]);
    expect((await openImages(`${place}#test`)).items).toEqual([{ path: "test_batch.bin#0", label: "automobile" }]);
    expect((await openImages(join(place, "test_batch.bin"))).items).toEqual([
      { path: "test_batch.bin#0", label: "automobile" },
    ]);
    await check(await openImages(join(await write(folder(), files), "data_batch_1.bin")), ["3", "1"]);
    const inside = Object.fromEntries(
      Object.entries(files).map(([name, content]) => [`cifar-10-batches-bin/${name}`, content]),
    );
    const archive = await tar(inside);
    await check(await openImages(`${archive}#train`), ["3", "1"]);
    expect((await openImages(`${archive}#test`)).labels).toEqual(["1"]);
    await refused(`${archive}#validation`, 'no CIFAR-10 batches for "validation"');
  });

  it("refuses a file that is cut, empty, or CIFAR-100's", async () => {
    const open = async (content: Uint8Array, ...says: string[]) =>
      refused(await write(folder(), { "data_batch_1.bin": content }), ...says);
    await open(two.subarray(0, 5000), "data_batch_1.bin", "3073 bytes; this file has 5000");
    await open(new Uint8Array(0), "this file has 0");
    await open(Buffer.concat([two, new Uint8Array(2)]), "6148");
    await open(
      record(10, () => [0, 0, 0]),
      "label 10",
    );
  });
});

describe("readSource", () => {
  it("refuses an index outside the source, and names a file that is gone", async () => {
    const place = await write(folder(), { "a.png": await png(1) });
    const set = await openImages(place);
    for (const index of [-1, 1, 0.5]) await expect(readSource(set.source, index)).rejects.toThrow(RangeError);
    await rm(join(place, "a.png"));
    await expect(readSource(set.source, 0)).rejects.toThrow(UserError);
    await expect(readSource(set.source, 0)).rejects.toThrow("a.png: cannot be read");
  });
});

describe("openImages on real data", () => {
  const data = process.env["NEARFAR_DATA"];

  it.skipIf(!data)(
    "opens CIFAR-10 as JPEG: set NEARFAR_DATA to a folder with cifar10/cifar10-jpg-q92.tar.gz (cyizhuo/CIFAR-10-dataset)",
    async () => {
      const archive = join(data!, "cifar10", "cifar10-jpg-q92.tar.gz");
      const [train, test] = [await openImages(`${archive}#train`), await openImages(`${archive}#test`)];
      // 50,000 and 10,000 pictures, a tenth of them in each class: Krizhevsky 2009.
      expect([train.items.length, test.items.length]).toEqual([50_000, 10_000]);
      expect(train.labels).toEqual("airplane automobile bird cat deer dog frog horse ship truck".split(" "));
      const counts = new Map<string, number>();
      for (const { label } of train.items) counts.set(label!, (counts.get(label!) ?? 0) + 1);
      expect([...counts.values()]).toEqual(Array(10).fill(5_000));
      const bytes = (await readSource(train.source, 49_999)) as Uint8Array;
      expect([...bytes.subarray(0, 2), ...bytes.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]); // JPEG's first and last marker
    },
  );
});
