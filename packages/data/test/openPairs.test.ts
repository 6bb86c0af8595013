import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { openPairs, readSource, type DamagePolicy, type OpenPairsOptions, type PairSet } from "@nearfar/data";
import { UserError, writeTar } from "@nearfar/formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { png, write } from "./tasks/pictures.ts";

let root: string;
let picture: Uint8Array;
let other: Uint8Array;
let folders = 0;
const folder = () => join(root, `${folders++}`);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "nearfar-pairs-"));
  [picture, other] = [await png(1), await png(2)];
});
afterAll(() => rm(root, { recursive: true }));

/** No warnings, and any share of damage, unless a test says so. */
const open = (path: string, options: OpenPairsOptions = {}) =>
  openPairs(path, { onDamaged: "skip", mostDamaged: 1, ...options });

async function table(content: string | Uint8Array, name = "pairs.tsv", more: Record<string, Uint8Array | string> = {}) {
  const pictures = { "a.png": picture, "sub/b.png": other };
  return join(await write(folder(), { ...pictures, ...more, [name]: content }), name);
}

const captions = (set: PairSet) => Object.fromEntries(set.items.map((item) => [item.path, item.captions]));
const bytes = async (set: PairSet, i: number) => Buffer.from((await readSource(set.source, i)) as Uint8Array);

async function refused(opened: Promise<unknown>, ...says: string[]) {
  const error = await opened.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  for (const part of says) expect((error as Error).message).toContain(part);
  expect((error as Error).message).not.toContain("\n");
}

describe("openPairs on a table", () => {
  const expected = { "a.png": ["one", "two"], "sub/b.png": ["three"] };

  it("takes csv, tsv, jsonl, gzipped too, by the names of their columns in any case", async () => {
    const files: Record<string, string | Uint8Array> = {
      "pairs.tsv": "Image\tCaption_1\tCaption_2\na.png\tone\ttwo\nsub/b.png\tthree\t\n",
      "pairs.csv": 'filepath,title\na.png,"[""one"", ""two""]"\nsub/b.png,three\n',
      "pairs.jsonl": '{"path": "a.png", "captions": ["one", "two"]}\n{"path": "sub/b.png", "captions": "three"}\n',
      "pairs.tsv.gz": gzipSync("file\ttext\na.png\tone\nsub/b.png\tthree\na.png\ttwo\n"),
    };
    for (const [name, content] of Object.entries(files)) {
      const set = await open(await table(content, name));
      expect(captions(set), name).toEqual(expected);
      expect(set.items.map(({ path }) => path)).toEqual(["a.png", "sub/b.png"]);
      expect(await bytes(set, 1)).toEqual(Buffer.from(other));
      expect(set.description).toMatch(/: 2 pictures with 3 captions/);
    }
  });

  it("takes parquet with lists", async () => {
    const path = await table(await readFile(join(import.meta.dirname, "golden", "pairs.parquet")), "pairs.parquet");
    const set = await open(path);
    expect(captions(set)).toEqual(expected);
    expect(set.items[0]!.concept).toBe("number");
  });

  it("joins the rows of one picture, keeps its concept, and chooses rows", async () => {
    const path = await table(
      "split\timage\tcaption\tconcept\ntrain\ta.png\tone\tcat\ntest\tsub/b.png\tthree\t\ntrain\t./a.png\ttwo\tcat\n",
    );
    const set = await open(path);
    expect(set.items).toEqual([
      { path: "a.png", captions: ["one", "two"], concept: "cat" },
      { path: "sub/b.png", captions: ["three"] },
    ]);
    expect(captions(await open(path, { where: { split: "train" } }))).toEqual({ "a.png": ["one", "two"] });
    await refused(open(path, { where: { split: "dev" } }), 'no row has "split" = "dev"');
    await refused(open(path, { where: { part: "dev" } }), 'no column "part"');
  });

  it("takes given columns in place of names, and says which there are when none fits", async () => {
    const path = await table("a\tb\tc\na.png\tone\tx\n");
    const columns = { path: "a", captions: ["b", "c"] };
    expect(captions(await open(path, { columns }))).toEqual({ "a.png": ["one", "x"] });
    await refused(open(path), path, "no column is a picture's path", '"a", "b", "c"', "columns { path, captions }");
    await refused(open(path, { columns: { path: "a" } }), "no column holds captions");
    const bare = await table("a.png\tone\n");
    expect(captions(await open(bare, { header: false, columns: { path: "1", captions: ["2"] } }))).toEqual({
      "a.png": ["one"],
    });
  });

  it("keeps a caption that begins with a bracket and is no list", async () => {
    const path = await table("image\tcaption\na.png\t[blue] cat\nsub/b.png\t[1, 2]\n");
    expect(captions(await open(path))).toEqual({ "a.png": ["[blue] cat"], "sub/b.png": ["[1, 2]"] });
  });

  it("finds pictures in another folder and in an archive, by path or by a name that is unique there", async () => {
    const path = await table("image\tcaption\na.png\tone\nx/b.png\tthree\n");
    const elsewhere = await write(folder(), { "a.png": other, "x/b.png": picture });
    expect(await bytes(await open(path, { images: elsewhere }), 0)).toEqual(Buffer.from(other));
    for (const name of ["pictures.tar", "pictures.tar.gz"]) {
      const archive = join(root, name);
      await writeTar(archive, [
        { name: "images/a.png", data: other },
        { name: "images/x/b.png", data: picture },
        { name: "images/z/b.png", data: other },
        { name: "x/b.png", data: other },
      ]);
      const set = await open(path, { images: archive });
      expect(captions(set)).toEqual({ "a.png": ["one"], "x/b.png": ["three"] });
      expect(await bytes(set, 0)).toEqual(Buffer.from(other));
      expect(await bytes(set, 1)).toEqual(Buffer.from(other)); // by its full path
      expect(set.files).toEqual([path, archive]);
    }
    const archive = join(root, "twice.tar");
    await writeTar(archive, [
      { name: "1/b.png", data: other },
      { name: "2/b.png", data: other },
      { name: "a.png", data: other },
    ]);
    const set = await open(path, { images: archive });
    expect(set.damaged).toEqual({ "picture missing": 1 });
    expect(set.description).toContain("2 files of");
    await refused(open(path, { images: archive, maxBytes: 100 }), "more than 100 bytes");
  });

  it("refuses what is not there, an archive alone, and a folder with options of a table", async () => {
    await refused(open(join(root, "nowhere.tsv")), "nowhere.tsv: no such file");
    const path = await table("image\tcaption\na.png\tone\n");
    await refused(open(path, { images: join(root, "nowhere") }), "nowhere: no such file");
    await refused(open(join(dirname(path), "a.png")), "a table is a");
    const archive = join(root, "alone.tar");
    await writeTar(archive, [{ name: "a.png", data: picture }]);
    await refused(open(archive), "needs a table of captions");
    await refused(open(dirname(path), { where: { split: "train" } }), "a folder has no columns");
    await refused(open(await table("image\tcaption\n")), "no row follows its header");
  });
});

describe("openPairs on a folder with captions beside the pictures", () => {
  it("takes a line of .txt each, .json's caption, captions or text, .txt before .json", async () => {
    const place = await write(folder(), {
      "a.png": picture,
      "a.txt": "one\n\n  two\r\n",
      "a.json": '{"caption": "not this"}',
      "sub/b.png": other,
      "sub/b.json": '{"caption": "three", "url": "x"}',
      "c.png": picture,
      "c.json": '{"captions": ["four", "five"]}',
      "d.png": picture,
      "d.json": '{"text": "six"}',
      "notes.txt": "of no picture",
    });
    const set = await open(place);
    expect(captions(set)).toEqual({
      "a.png": ["one", "  two"],
      "c.png": ["four", "five"],
      "d.png": ["six"],
      "sub/b.png": ["three"],
    });
    expect(set.files).toHaveLength(4);
    expect(set.damaged).toEqual({});
  });

  it("survives lists nested without end", async () => {
    const deep = `{"captions": ${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    const place = await write(folder(), { "a.png": picture, "a.json": deep, "b.png": picture, "b.txt": "two" });
    expect((await open(place)).damaged).toEqual({ "no caption": 1 });
  });

  it("counts what has no caption, an empty one, or one that lies elsewhere", async () => {
    const outside = await write(folder(), { "secret.txt": "secret" });
    const place = await write(folder(), {
      "a.png": picture,
      "a.txt": "one",
      "b.png": picture,
      "c.png": picture,
      "c.txt": " \n",
      "d.png": picture,
      "d.json": "{no json",
      "e.png": picture,
      "e.json": '{"title": "x"}',
      "f.png": picture,
      "f.txt": new Uint8Array([0xff, 0xfe, 0x41]),
      "g.png": picture,
      "g.txt": "x".repeat(2 ** 20 + 1),
      "h.png": picture,
    });
    await symlink(join(outside, "secret.txt"), join(place, "h.txt"));
    const set = await open(place);
    expect(captions(set)).toEqual({ "a.png": ["one"] });
    expect(set.damaged).toEqual({ "no caption": 4, "caption empty": 1, "too large": 1, "outside the folder": 1 });
    expect(set.description).toContain("no b.txt or b.json beside it");
    expect(set.description).not.toContain("secret\n");
  });
});

describe("openPairs' damaged samples", () => {
  let file: string;
  beforeAll(async () => {
    const outside = await write(folder(), { "secret.png": picture });
    const rows = [
      ["a.png", "whole"],
      ["nowhere.png", "missing"],
      ["text.png", "a text file that is named .png"],
      ["empty.png", "an empty file"],
      ["drawing.png", "an SVG"],
      ["sub/b.png", ""],
      ["../secret.png", "above"],
      ["/etc/passwd", "absolute"],
      ["link.png", "a link that leads out"],
      ["large.png", "large"],
      ["", "no path"],
      ["folder.png", "a folder"],
      ["last.png", "whole"],
    ];
    file = await table(["image\tcaption", ...rows.map((row) => row.join("\t"))].join("\n"), "pairs.tsv", {
      "text.png": "I am a text",
      "empty.png": "",
      "drawing.png": "<svg xmlns='http://www.w3.org/2000/svg'/>",
      "large.png": Buffer.concat([picture, Buffer.alloc(5000)]),
      "folder.png/x": "",
      "last.png": other,
    });
    await symlink(join(outside, "secret.png"), join(dirname(file), "link.png"));
  });
  const options = { maxPictureBytes: 4000 };
  const counts = {
    "picture missing": 3,
    "picture unreadable": 3,
    "caption empty": 1,
    "outside the folder": 3,
    "too large": 1,
  };

  it("are skipped, counted by kind, and named", async () => {
    const set = await open(file, options);
    expect(set.items.map(({ path }) => path)).toEqual(["a.png", "last.png"]);
    expect(set.damaged).toEqual(counts);
    expect(set.description).toContain(`passed over, picture missing: 3 (${file}:3 (nowhere.png): no such file`);
    expect(set.description).toContain("whatever its name says. Replace it.");
  });

  it("are warned of, each with what to do", async () => {
    const told: string[] = [];
    await openPairs(file, { ...options, mostDamaged: 1, warn: (line) => void told.push(line) });
    expect(told).toHaveLength(11);
    expect(told[1]).toMatch(/pairs\.tsv:4 \(text\.png\): picture unreadable: not a JPEG, .* Replace it\.$/);
    expect(told[5]).toMatch(/pairs\.tsv:8 \(\.\.\/secret\.png\): outside the folder: .* Give it relative/);
    expect(told[7]).toMatch(/pairs\.tsv:10 \(link\.png\): outside the folder: a link that leads out/);
    expect(told[8]).toMatch(/pairs\.tsv:11 \(large\.png\): too large: \d+ bytes, above 4000\. .*maxPictureBytes/);
  });

  it("end the data where the policy is to stop, and are thrown where it is to raise", async () => {
    for (const onDamaged of ["skip and stop", "warn and stop"] satisfies DamagePolicy[]) {
      const told: string[] = [];
      const set = await open(file, { ...options, onDamaged, warn: (line) => void told.push(line) });
      expect(set.items.map(({ path }) => path)).toEqual(["a.png"]);
      expect(set.damaged).toEqual({ "picture missing": 1 });
      expect(told).toHaveLength(onDamaged === "warn and stop" ? 1 : 0);
    }
    await refused(
      open(file, { ...options, onDamaged: "raise" }),
      `${file}:3 (nowhere.png): picture missing`,
      "Or pass",
    );
  });

  it("are too many past a tenth", async () => {
    await refused(openPairs(file, { onDamaged: "skip" }), "of 13 samples are damaged, more than 10 %", "nowhere.png");
    const path = await table("image\tcaption\nnowhere.png\tone\n");
    await refused(open(path), "no picture with a caption is left", "no such file in", "Give the folder");
  });

  it("keep a picture whose other captions have a text", async () => {
    const path = await table(
      '{"image": "a.png", "caption": ["one", " ", ""]}\n{"image": "sub/b.png", "caption": null}\n',
      "p.jsonl",
    );
    const set = await open(path);
    expect(captions(set)).toEqual({ "a.png": ["one"] });
    expect(set.damaged).toEqual({ "caption empty": 1, "no caption": 1 });
  });

  it("of an archive that is cut give the pictures before the cut; an unsafe name in it is not read", async () => {
    const path = await table("image\tcaption\na.png\tone\nb.png\ttwo\n");
    const archive = join(root, "cut.tar");
    await writeTar(archive, [
      { name: "a.png", data: picture },
      { name: "b.png", data: other },
    ]);
    await truncate(archive, 512 * 3 + 20); // a.png whole (a header, a block), then half of b.png
    const set = await open(path, { images: archive });
    expect(captions(set)).toEqual({ "a.png": ["one"] });
    expect(set.damaged).toEqual({ "archive cut": 1, "picture missing": 1 });
    expect(captions(await open(path, { images: archive, onDamaged: "skip and stop" }))).toEqual({ "a.png": ["one"] });
    await refused(open(path, { images: archive, onDamaged: "raise" }), "archive cut", 'cut off after "a.png"');
    await writeFile(archive, "no archive");
    await refused(open(path, { images: archive }), "cut.tar");
  });

  it("allow one pair, and a caption a thousand times", async () => {
    expect((await open(await table("image\tcaption\na.png\tone\n"))).items).toHaveLength(1);
    const rows = Array.from({ length: 1000 }, () => "a.png\tthe same").join("\n");
    const set = await open(await table(`image\tcaption\n${rows}\nsub/b.png\tthe same\n`));
    expect(set.items.map((item) => item.captions.length)).toEqual([1000, 1]);
  });
});

const data = process.env["NEARFAR_DATA"];
const flickr = join(data ?? "", "flickr8k", "captions.tsv.gz");
describe.skipIf(data === undefined || !existsSync(flickr))("openPairs on real data (NEARFAR_DATA)", () => {
  it("opens Flickr8k: 8,091 pictures with 5 captions each, split as its README says", async () => {
    const images = join(dirname(flickr), "flickr8k-128px-jpg.tar.gz");
    // The counts of the data's README: train 6,000, dev 1,000, test 1,000, unused 91.
    const all = await openPairs(flickr, { images, onDamaged: "raise" });
    expect(all.items).toHaveLength(8091);
    expect(all.items.every((item) => item.captions.length === 5)).toBe(true);
    const test = await openPairs(flickr, { images, where: { split: "test" }, onDamaged: "raise" });
    expect(test.items).toHaveLength(1000);
    const read = (await readSource(test.source, 7)) as Uint8Array;
    const at = all.items.findIndex(({ path }) => path === test.items[7]!.path);
    const hash = (one: Uint8Array) => createHash("sha256").update(one).digest("hex");
    expect(hash(read)).toBe(hash((await readSource(all.source, at)) as Uint8Array));
  }, 60_000);

  it("opens the emoji in two languages by columns that are named", async () => {
    const set = await openPairs(join(data!, "emoji", "captions.jsonl.gz"), {
      images: join(data!, "emoji", "noto-emoji-64px-png.tar"),
      columns: { path: "image", captions: ["label_zh", "tags_zh"], concept: "label_en" },
      onDamaged: "raise",
    });
    expect(set.items).toHaveLength(1911); // the data's README
    expect(set.items[2]).toEqual({
      path: "images/0030-fe0f-20e3.png",
      captions: ["按键: 0", "0", "按键"],
      concept: "keycap: 0",
    });
  });
});
