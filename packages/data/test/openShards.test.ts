import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  openShards,
  writeShards,
  type DamagePolicy,
  type OpenShardsOptions,
  type ShardSample,
  type ShardSet,
} from "@nearfar/data";
import { UserError, writeTar, type TarInput } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { png } from "./tasks/pictures.ts";

let root: string;
let picture: Uint8Array;
let folders = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "nearfar-shards-"));
  picture = await png(1);
});
afterAll(() => rm(root, { recursive: true }));

/** Shards of `count` samples each, whose captions are their numbers. */
async function numbered(shards: number, count: number): Promise<string> {
  const folder = join(root, `${folders++}`);
  const samples = Array.from({ length: shards * count }, (_, i) => ({
    key: `s${i}`,
    picture: Buffer.concat([picture, Buffer.from(`${i}`)]),
    captions: [`number ${i}`],
  }));
  await writeShards(folder, samples, { perShard: count });
  return folder;
}

async function take(
  set: ShardSet,
  count: number,
  options: { batch: number; from?: number; buffer?: number },
  seed = 0,
) {
  const batches: (readonly ShardSample[])[] = [];
  for await (const batch of set.batches(key(seed), options)) {
    batches.push(batch);
    if (batches.length === count) break;
  }
  return batches;
}

const names = (batches: readonly (readonly ShardSample[])[]) => batches.map((batch) => batch.map(({ name }) => name));

async function refused(opened: Promise<unknown>, ...says: string[]) {
  const error = await opened.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  for (const part of says) expect((error as Error).message).toContain(part);
  expect((error as Error).message).not.toContain("\n");
}

describe("openShards' files", () => {
  it("are paths, braces and patterns, each once", async () => {
    const folder = await numbered(3, 2);
    const at = (i: number) => join(folder, `shard-00000${i}.tar`);
    await writeFile(join(folder, "readme.txt"), "");
    const shards = async (...patterns: string[]) => (await openShards(patterns)).shards;
    expect(await shards(at(1))).toEqual([at(1)]);
    expect(await shards(join(folder, "shard-{000000..000002}.tar"))).toEqual([at(0), at(1), at(2)]);
    expect(await shards(join(folder, "*.tar"), at(0))).toEqual([at(0), at(1), at(2)]);
    expect(await shards(join(root, "*", "shard-00000[12].ta?"))).toContain(at(2));
    expect(await shards(join(folder, "shard-*[!0].tar"))).toEqual([at(1), at(2)]);
    expect(await shards(join(folder, "{shard-000001,*0}.tar"))).toEqual([at(1), at(0)]);
  });

  it("that are missing, elsewhere or none are refused", async () => {
    const folder = await numbered(2, 2);
    await refused(
      openShards(join(folder, "shard-{000000..000004}.tar")),
      "shard-000002.tar: no such file",
      "of the 5 shards",
    );
    await refused(openShards(join(folder, "*.zip")), "no file fits this pattern");
    await refused(openShards("https://example.org/{000..012}.tar"), "Download them");
    await refused(openShards("pipe:cat x.tar"), "Download them");
    await refused(openShards([]), "no shard was given");
    await refused(openShards(folder), "not a file");
  });
});

describe("openShards' batches", () => {
  it("give every sample of a pass once, in another order in each pass", async () => {
    const set = await openShards(join(await numbered(4, 10), "*.tar"));
    const batches = await take(set, 20, { batch: 4, buffer: 8 });
    const passes = [batches.slice(0, 10), batches.slice(10)].map((pass) => names(pass).flat());
    for (const pass of passes) expect(new Set(pass).size).toBe(40);
    expect(passes[0]).not.toEqual(passes[1]);
    const [{ name, picture: read, captions }] = batches[3] as [ShardSample];
    const number = /s(\d+)$/.exec(name)![1]!;
    expect(name).toBe(`shard-00000${Math.floor(Number(number) / 10)}.tar:s${number}`);
    expect(captions).toEqual([`number ${number}`]);
    expect(Buffer.from(read)).toEqual(Buffer.concat([picture, Buffer.from(number)]));
    expect(set.damaged).toEqual({});
  });

  it("are the same for a key, and from any batch on, in the middle of a shard too", async () => {
    const folder = await numbered(4, 10);
    for (const resampled of [false, true]) {
      const open = () => openShards(join(folder, "*.tar"), { resampled });
      const whole = await take(await open(), 30, { batch: 3, buffer: 7 }, 5);
      for (const from of [0, 1, 5, 14, 27])
        expect(await take(await open(), 30 - from, { batch: 3, buffer: 7, from }, 5)).toEqual(whole.slice(from));
      expect(names(await take(await open(), 5, { batch: 3, buffer: 7 }, 6))).not.toEqual(names(whole.slice(0, 5)));
    }
    await expect(take(await openShards(join(folder, "*.tar")), 1, { batch: 3, from: -1 })).rejects.toThrow(UserError);
  });

  it("draw shards with replacement where that is asked for", async () => {
    const set = await openShards(join(await numbered(8, 1), "*.tar"), { resampled: true });
    const times = new Map<string, number>();
    for (const name of names(await take(set, 400, { batch: 2, buffer: 1 })).flat())
      times.set(name, (times.get(name) ?? 0) + 1);
    // 800 draws of 8 shards: 100 each, of standard deviation 9.4. Without replacement a pass has each once.
    for (const count of times.values()) expect(Math.abs(count - 100)).toBeLessThan(50);
    const passes = Array.from({ length: 20 }, () => new Set<string>());
    for (const [i, name] of names(await take(set, 80, { batch: 2, buffer: 1 }))
      .flat()
      .entries())
      passes[Math.floor(i / 8)]!.add(name);
    expect(passes.filter((pass) => pass.size === 8).length).toBeLessThan(5);
  });

  it("never hold a caption twice; what waits comes later, and what came too often is counted", async () => {
    const folder = join(root, `${folders++}`);
    const sample = (i: number) => ({ key: `s${i}`, picture, captions: i < 60 ? ["The same", `and ${i}`] : [`${i}`] });
    await writeShards(
      folder,
      Array.from({ length: 90 }, (_, i) => sample(i)),
    );
    const set = await openShards(join(folder, "*.tar"));
    const batches = await take(set, 12, { batch: 8, buffer: 20 });
    for (const batch of batches) {
      const all = batch.flatMap(({ captions }) => captions.map((caption) => caption.toLowerCase()));
      expect(new Set(all).size).toBe(all.length);
    }
    expect(set.damaged["caption repeated"]).toBeGreaterThan(20);
  });

  it("end with a message where a batch can never be filled", async () => {
    const folder = join(root, `${folders++}`);
    const same = Array.from({ length: 1000 }, (_, i) => ({ key: `s${i}`, picture, captions: ["the same"] }));
    await writeShards(folder, same);
    const set = await openShards(join(folder, "*.tar"));
    await refused(take(set, 1, { batch: 2 }), "1000 samples, with too few different captions for a batch of 2");
    const few = await openShards(join(await numbered(1, 3), "*.tar"));
    await refused(take(few, 1, { batch: 4 }), "3 samples", "smaller --batch");
    expect(await take(few, 5, { batch: 3 })).toHaveLength(5);
    await refused(take(few, 1, { batch: 0 }), "got 0");
  });

  it("can be left in the middle without a file that stays open", async () => {
    const set = await openShards(join(await numbered(2, 50), "*.tar"));
    const before = process.getActiveResourcesInfo().filter((name) => name.includes("FS")).length;
    for (let i = 0; i < 20; i++) await take(set, 1, { batch: 2, buffer: 2 }, i);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(process.getActiveResourcesInfo().filter((name) => name.includes("FS")).length).toBeLessThanOrEqual(before);
  });
});

describe("openShards' samples", () => {
  const text = (name: string, data: string): TarInput => ({ name, data: Buffer.from(data) });
  async function shard(entries: readonly TarInput[], name = `${folders++}.tar`): Promise<string> {
    const path = join(root, name);
    await writeTar(path, entries);
    return path;
  }
  const open = (path: string, options: OpenShardsOptions = {}) =>
    openShards(path, { onDamaged: "skip", mostDamaged: 1, ...options });
  /** A pass: the batch of all samples. */
  async function samples(path: string, count: number, options: OpenShardsOptions = {}) {
    const set = await open(path, options);
    const [batch] = await take(set, 1, { batch: count });
    const found = [...batch!].sort((a, b) => (a.name < b.name ? -1 : 1));
    return { set, found: found.map(({ name, captions }) => [name.slice(name.indexOf(":") + 1), captions]) };
  }

  it("are files of one name up to its first dot, captions in .txt, .caption or .json", async () => {
    const path = await shard(
      [
        text("a.json", '{"caption": "not this"}'),
        { name: "a.JPG", data: picture },
        text("a.txt", "one\ntwo\n"),
        { name: "sub/a.b.png", data: picture }, // the picture "b.png" of sub/a: none
        text("sub/a.txt", "three"),
        { name: "b.png", data: picture },
        text("b.json", '{"captions": ["four"], "url": "x"}'),
        text("b.cls", "7"),
        { name: "c.webp", data: picture },
        text("c.caption", "five"),
        text("readme", "no sample"),
      ],
      "kinds.tar.gz",
    );
    const { set, found } = await samples(path, 3);
    expect(found).toEqual([
      ["a", ["one", "two"]],
      ["b", ["four"]],
      ["c", ["five"]],
    ]);
    expect(set.damaged).toEqual({ "picture missing": 1 });
  });

  const damaged = () => [
    { name: "a.png", data: picture },
    text("a.txt", "whole"),
    text("b.txt", "a picture that is missing"),
    text("c.png", "a text file that is named .png"),
    text("c.txt", "x"),
    { name: "d.png", data: picture },
    { name: "e.png", data: picture },
    text("e.txt", "\n \n"),
    { name: "f.png", data: Buffer.concat([picture, Buffer.alloc(5000)]) },
    text("f.txt", "large"),
    { name: "g.png", data: picture },
    text("g.json", "{no json"),
    { name: "h.png", data: picture },
    text("h.json", '{"captions": ["partly", ""]}'),
    { name: "i.png", data: picture },
    text("i.txt", "whole too"),
  ];

  it("that are damaged are skipped or warned of, and counted by kind", async () => {
    const path = await shard(damaged(), "damaged.tar");
    const told: string[] = [];
    for (const onDamaged of ["skip", "warn"] satisfies DamagePolicy[]) {
      const options: OpenShardsOptions = { onDamaged, maxPictureBytes: 4000, warn: (line) => void told.push(line) };
      const { set, found } = await samples(path, 3, options);
      expect(found).toEqual([
        ["a", ["whole"]],
        ["h", ["partly"]],
        ["i", ["whole too"]],
      ]);
      expect(set.damaged).toEqual({
        "picture missing": 1,
        "picture unreadable": 1,
        "no caption": 2,
        "caption empty": 2,
        "too large": 1,
      });
    }
    expect(told).toHaveLength(7);
    expect(told[0]).toMatch(/^damaged\.tar:b: picture missing: no file of it is a picture/);
    expect(told[1]).toMatch(/^damaged\.tar:c: picture unreadable: not a JPEG, .* Replace it\.$/);
    expect(told[4]).toMatch(/^damaged\.tar:f: too large: \d+ bytes, above 4000/);
  });

  it("end the data where the policy is to stop, raise where it is to raise, and are too many past a tenth", async () => {
    const path = await shard(damaged(), "policies.tar");
    for (const onDamaged of ["skip and stop", "warn and stop"] satisfies DamagePolicy[]) {
      const told: string[] = [];
      const set = await open(path, { onDamaged, warn: (line) => void told.push(line) });
      expect(names(await take(set, 9, { batch: 1 }))).toEqual([["policies.tar:a"]]); // and no second pass
      expect(told).toHaveLength(onDamaged === "warn and stop" ? 1 : 0);
    }
    await refused(
      take(await open(path, { onDamaged: "raise" }), 1, { batch: 1 }),
      "policies.tar:b: picture missing",
      "Or pass",
    );
    const many = Array.from({ length: 40 }, (_, i) => text(`${i}.txt`, "no picture"));
    const set = await open(await shard(many), { mostDamaged: 0.1 });
    await refused(take(set, 1, { batch: 1 }), "damaged, more than 10 %");
    const none = await open(await shard([text("1.txt", "x")], "none.tar"));
    await refused(take(none, 1, { batch: 1 }), "no sample that can be used", "none.tar:1: no file of it is a picture");
  });

  it("before a cut are given; then the policy acts", async () => {
    const folder = await numbered(2, 4);
    const path = join(folder, "shard-000000.tar");
    const whole = await readFile(path);
    // A sample takes four blocks: two headers, a picture, a caption.
    for (const [length, kept] of [
      [2048 * 2, 2], // between samples
      [2048 * 2 + 1024, 2], // a picture without its caption
      [2048 * 2 + 700, 2], // within a picture
      [2048 * 3 - 100, 3], // within the padding after a caption that is whole
    ] as const) {
      await writeFile(path, whole);
      await truncate(path, length);
      const { set, found } = await samples(path, kept);
      expect(found.map(([name]) => name)).toEqual(["s0", "s1", "s2"].slice(0, kept));
      expect(set.damaged, `${length}`).toEqual({ "archive cut": 1 });
      const stopping = await open(join(folder, "*.tar"), { onDamaged: "skip and stop" });
      const read = names(await take(stopping, 99, { batch: 1, buffer: 1 })).flat();
      expect(read.filter((name) => name.startsWith("shard-000000")).length).toBe(kept);
      await refused(
        take(await open(path, { onDamaged: "raise" }), 9, { batch: 1 }),
        "shard-000000.tar: archive cut",
        "cut off after",
      );
    }
    // The other shard goes on.
    const set = await open(join(folder, "*.tar"));
    expect(new Set(names(await take(set, 2, { batch: 3 })).flat()).size).toBe(6);
    // Compressed.
    const packed = join(folder, "cut.tar.gz");
    await writeFile(packed, gzipSync(whole, { level: 0 }).subarray(0, 2048 * 2 + 900));
    expect((await samples(packed, 2)).set.damaged).toEqual({ "archive cut": 1 });
    await writeFile(packed, "no archive");
    await refused(take(await open(packed), 1, { batch: 1 }), "no sample that can be used", "cut.tar.gz");
  });

  it("whose name would lead out of a folder are passed over, the others read", async () => {
    const path = await shard([
      { name: "a.png", data: picture },
      text("a.txt", "one"),
      { name: "xx/b.png", data: picture },
      text("c.txt", "two"),
      { name: "c.png", data: picture },
    ]);
    const bytes = await readFile(path);
    const at = bytes.indexOf("xx/b.png");
    bytes.write("../b.png", at); // the sum of the header's bytes must stay: "x" + "x" against "." + "."
    const sum = bytes.subarray(at + 148, at + 154).toString();
    const less = 2 * ("x".charCodeAt(0) - ".".charCodeAt(0));
    bytes.write((parseInt(sum, 8) - less).toString(8).padStart(6, "0"), at + 148);
    await writeFile(path, bytes);
    const { set, found } = await samples(path, 2);
    expect(found.map(([name]) => name)).toEqual(["a", "c"]);
    expect(set.damaged).toEqual({ "outside the folder": 1 });
    await refused(take(await open(path, { onDamaged: "raise" }), 1, { batch: 2 }), "outside the folder", '"../b.png"');
  });
});

describe("writeShards", () => {
  it("cuts at perShard, writes one caption as .txt and several as .json, and reads back", async () => {
    const folder = join(root, `${folders++}`);
    await mkdir(folder);
    const samples = [
      { key: "a", picture, captions: ["one"] },
      { key: "deep/b", picture, captions: ["two", "three"] },
      { key: "c", picture, captions: ["with a\nbreak"] },
    ];
    const paths = await writeShards(folder, samples, { perShard: 2, name: "train" });
    expect(paths.map((path) => basename(path))).toEqual(["train-000000.tar", "train-000001.tar"]);
    const [batch] = await take(await openShards(paths), 1, { batch: 3 });
    const read = Object.fromEntries(batch!.map(({ name, captions }) => [name, captions]));
    expect(read).toEqual({
      "train-000000.tar:a": ["one"],
      "train-000000.tar:deep/b": ["two", "three"],
      "train-000001.tar:c": ["with a\nbreak"],
    });
    expect(await writeShards(folder, [])).toEqual([]);
  });

  it("refuses keys that a shard would read otherwise, pictures that are none, and sizes that are none", async () => {
    const folder = join(root, `${folders++}`);
    await refused(writeShards(folder, [{ key: "a.b", picture, captions: ["x"] }]), "without dots", '"a.b"');
    await refused(writeShards(folder, [{ key: "../a", picture, captions: ["x"] }]), "unsafe entry name");
    await refused(writeShards(folder, [{ key: "a", picture: Buffer.from("text"), captions: ["x"] }]), "not a JPEG");
    await refused(writeShards(folder, [], { perShard: 0 }), "got 0");
  });
});
