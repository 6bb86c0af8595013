import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawOnce, openIcons, openPairs, readSource, type PairSet } from "@nearfar/data";
import { UserError, type Image } from "@nearfar/formats";
import { decodeImage } from "@nearfar/image-augmentation";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { write } from "./tasks/pictures.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "nearfar-icons-"));
});
afterAll(() => rm(root, { recursive: true }));

const require = createRequire(import.meta.url);
const names = ["lucide", "tabler", "mdi"];
const svgOf = async (set: PairSet, i: number) => Buffer.from((await readSource(set.source, i)) as Uint8Array);

/** A folder with packages as npm would install them, their files as small as can be. */
async function installed(packages: Record<string, unknown>): Promise<string> {
  const files = Object.entries(packages).map(([path, content]) => [`node_modules/${path}`, JSON.stringify(content)]);
  return write(join(root, `${Math.random()}`), Object.fromEntries(files) as Record<string, string>);
}

describe("openIcons", () => {
  it("gives the icons, tags and concepts of the benchmark's protocol (icons_rasterise.js)", async () => {
    const set = await openIcons(names);
    // The protocol, transcribed from that program, in its order.
    const tags = require("lucide-static/tags.json") as Record<string, string[]>;
    const tabler = JSON.parse(
      readFileSync(join(require.resolve("@tabler/icons/package.json"), "..", "icons.json"), "utf8"),
    );
    const mdi = new Map<string, { aliases: string[]; tags: string[] }>(
      (require("@mdi/svg/meta.json") as { name: string; aliases: string[]; tags: string[] }[]).map((one) => [
        one.name,
        one,
      ]),
    );
    const spaced = (name: string) => name.replace(/-/g, " ");
    const captionsOf: Record<string, (name: string) => string[] | null> = {
      lucide: (n) => (tags[n] ? [spaced(n), ...tags[n]] : null),
      tabler: (n) => {
        const b = n.replace(/-filled$/, "");
        const e = tabler[b];
        return e ? [spaced(b), ...(e.tags || []).map(String), e.category].filter(Boolean) : null;
      },
      mdi: (n) => {
        const e = mdi.get(n);
        return e ? [spaced(n), ...e.aliases.map(spaced), ...e.tags] : null;
      },
    };
    const rows = names.flatMap((name) => {
      const { icons } = require(`@iconify-json/${name}/icons.json`) as { icons: Record<string, { hidden?: boolean }> };
      return Object.entries(icons).flatMap(([icon, { hidden }]) => {
        const captions = captionsOf[name]!(icon);
        if (hidden || !captions || captions.length < 2) return [];
        const concept = icon.replace(/-(outline|filled|off|circle|square|[0-9]+)$/g, "");
        return [{ path: `${name}/${icon}`, captions, concept, family: icon.split("-")[0] }];
      });
    });
    expect(set.items).toEqual(rows);
    expect(rows.length).toBeGreaterThan(13_000);
    expect(set.description).toContain("tabler: ");
    expect(set.files).toHaveLength(6);
  });

  it("is drawn by decodeImage as the protocol draws it, byte by byte", async () => {
    const set = await openIcons(names);
    for (let i = 0; i < set.items.length; i += 701) {
      const svg = await svgOf(set, i);
      const image = await decodeImage(svg, { svg: true, size: 48 });
      const box = /viewBox="0 0 (\d+) (\d+)"/.exec(svg.toString())!;
      const body = svg.toString().replace(/^<svg[^>]*>/, "");
      // icons_rasterise.js, with its SVG: no size, black.
      const own = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box[0].slice(9, -1)}" color="black">${body}`;
      const gray = await sharp(Buffer.from(own), { density: (72 * 48) / Math.max(Number(box[1]), Number(box[2])) })
        .resize(48, 48, { fit: "contain", background: "white" })
        .flatten({ background: "white" })
        .greyscale()
        .raw()
        .toBuffer();
      expect(Buffer.from(image.data.filter((_, at) => at % 3 === 0)), set.items[i]!.path).toEqual(gray);
    }
  });

  it("joins emoji by label or code point, without skin tones, and gives both styles one concept", async () => {
    const set = await openIcons(["noto", "fluent-emoji-flat"]);
    // interchange.md: 1,660 noto and 1,594 fluent emoji, 1,659 concepts.
    const count = (name: string) => set.items.filter(({ path }) => path.startsWith(`${name}/`)).length;
    expect([count("noto"), count("fluent-emoji-flat")]).toEqual([1660, 1594]);
    expect(new Set(set.items.map(({ concept }) => concept)).size).toBe(1659);
    const cats = set.items.filter(({ concept }) => concept === "cat face");
    expect(cats.map(({ path }) => path)).toEqual(["noto/cat-face", "fluent-emoji-flat/cat-face"]);
    expect(cats[0]!.captions).toEqual(cats[1]!.captions);
    expect(cats[0]!.captions).toContain("cat");
    expect(set.items.find(({ concept }) => concept.startsWith("flag: "))!.family).toBe("flag");
    // The five tones are emoji of their own; hands and faces in them are variants.
    expect(set.items.filter(({ path }) => path.includes("skin-tone")).map(({ path }) => path)).toEqual(
      ["dark", "light", "medium-dark", "medium-light", "medium"].map((tone) => `noto/${tone}-skin-tone`),
    );
  });

  it("is what openPairs opens by icons:", async () => {
    expect((await openPairs("icons:lucide, mdi")).items).toEqual((await openIcons(["lucide", "mdi"])).items);
  });

  it("takes the user's packages before its own", async () => {
    const from = await installed({
      "@iconify-json/lucide/icons.json": {
        width: 24,
        height: 24,
        icons: {
          "a-cat-off": { body: "<path/>" },
          hid: { body: "", hidden: true },
          plain: { body: "" },
          wide: { body: "", width: 48 },
        },
      },
      "lucide-static/tags.json": { "a-cat-off": ["pet"], hid: ["x"], plain: [], wide: ["broad"] },
    });
    const set = await openIcons(["lucide"], { from });
    expect(set.items).toEqual([
      { path: "lucide/a-cat-off", captions: ["a cat off", "pet"], concept: "a-cat", family: "a" },
      { path: "lucide/wide", captions: ["wide", "broad"], concept: "wide", family: "wide" },
    ]);
    expect(set.description).toBe("lucide: 2 of 4 pictures, the others without tags");
    expect((await svgOf(set, 1)).toString()).toContain('width="48" height="48" viewBox="0 -12 48 48"');
  });

  it("refuses a set that it does not know", async () => {
    await expect(openIcons(["lucid"])).rejects.toThrow(UserError);
    await expect(openPairs("icons:lucid")).rejects.toThrow(
      'no set "lucid"; there are lucide, tabler, mdi, noto, fluent-emoji-flat',
    );
  });
});

describe("drawOnce", () => {
  const side = 4;
  const set: PairSet = {
    name: "three",
    description: "three",
    items: ["a", "b", "c"].map((path) => ({ path, captions: [path] })),
    source: { kind: "bytes", buffer: new SharedArrayBuffer(3), offsets: Float64Array.of(0, 1, 2, 3) },
    files: [],
    damaged: {},
  };
  new Uint8Array((set.source as { buffer: SharedArrayBuffer }).buffer).set([10, 20, 30]);
  const plain = (value: number, width = side): Image => ({
    width,
    height: side,
    data: new Uint8Array(width * side * 3).fill(value),
  });
  const pixelsOf = async (of: PairSet) =>
    Promise.all(of.items.map(async (_, i) => ((await readSource(of.source, i)) as Image).data[0]));

  it("draws each picture, leaves out what cannot be drawn, and reads the cache the next time", async () => {
    const cache = join(root, "cache");
    let drawn = 0;
    const draw = (bytes: Uint8Array) => {
      drawn++;
      if (bytes[0] === 20) return Promise.reject(new UserError("broken"));
      return Promise.resolve(plain(bytes[0]!));
    };
    for (const _ of [1, 2]) {
      const once = await drawOnce(set, draw, { side, cache });
      expect(once.items.map(({ path }) => path)).toEqual(["a", "c"]);
      expect(await pixelsOf(once)).toEqual([10, 30]);
      expect(once.damaged).toEqual({ "picture unreadable": 1 });
      expect(once.description).toContain("picture unreadable: 1");
      expect(drawn).toBe(3);
    }
    expect((await drawOnce(set, draw, { side })).items).toHaveLength(2); // without a cache
    expect(drawn).toBe(6);
  });

  it("leaves out pictures of another size, and hands on other errors", async () => {
    const wide = await drawOnce(set, (bytes) => Promise.resolve(plain(bytes[0]!, bytes[0] === 10 ? 5 : side)), {
      side,
    });
    expect(wide.items.map(({ path }) => path)).toEqual(["b", "c"]);
    await expect(drawOnce(set, () => Promise.reject(new RangeError("ours")), { side })).rejects.toThrow("ours");
  });
});
