import { UserError, type Vectors } from "@nearfar/formats";
import type { TwoTowers } from "@nearfar/runs";
import sharp from "sharp";
import { colours } from "./drawnPictures.ts";

export interface StubTowers extends TwoTowers {
  /** Calls of either encoder so far. */
  readonly encoded: { texts: number; pictures: number };
}

/**
 * Two small encoders that need no training: of a picture the mean colour of what is not white, and its gray on a grid of 4 x 4; of a text the
 * colours that it names. `before` is awaited by each encoding, so that a test can hold it up.
 */
export function stubTowers(before: () => Promise<unknown> = async () => {}): StubTowers {
  const encoded = { texts: 0, pictures: 0 };
  return {
    name: "stub",
    dimensions: 3 + 16,
    encoded,
    texts: {
      name: "stub",
      dimensions: 3 + 16,
      truncated: 0,
      dispose() {},
      async encode(texts) {
        await before();
        encoded.texts += texts.length;
        return stacked(texts.map((text) => unit([...centered(meanOf(named(text))), ...new Array<number>(16).fill(0)])));
      },
    },
    async encodePictures(pictures) {
      await before();
      encoded.pictures += pictures.length;
      return stacked(await Promise.all(pictures.map(pictureVector)));
    },
    scale: 10,
    bias: 0,
    dispose() {},
  };
}

function named(text: string): number[][] {
  const words = text.toLowerCase().split(/\W+/);
  return Object.entries(colours)
    .filter(([name]) => words.includes(name))
    .map(([, rgb]) => [...rgb]);
}

async function pictureVector(picture: Uint8Array, place: number): Promise<number[]> {
  const pixels = await sharp(picture)
    .flatten({ background: "white" })
    .resize(8, 8, { fit: "fill" })
    .toColourspace("srgb")
    .raw()
    .toBuffer()
    .catch(() => {
      throw new UserError(`picture ${place} cannot be read.`);
    });
  const each = Array.from({ length: 64 }, (_, i) => [...pixels.subarray(3 * i, 3 * i + 3)]);
  const coloured = each.filter((rgb) => Math.min(...rgb) < 230);
  const grid = Array.from({ length: 16 }, (_, i) => {
    const at = 16 * Math.floor(i / 4) + 2 * (i % 4);
    return 1 - meanOf([each[at]!, each[at + 1]!, each[at + 8]!, each[at + 9]!]).reduce((a, b) => a + b) / (3 * 255);
  });
  return unit([...centered(meanOf(coloured)).map((value) => value / 60), ...grid.map((value) => value / 4)]);
}

const meanOf = (rows: readonly number[][]): number[] =>
  [0, 1, 2].map((c) => rows.reduce((sum, row) => sum + row[c]!, 0) / Math.max(1, rows.length));

const centered = (rgb: readonly number[]): number[] => rgb.map((value) => value - (rgb[0]! + rgb[1]! + rgb[2]!) / 3);

function unit(values: readonly number[]): number[] {
  const length = Math.hypot(...values);
  return values.map((value, i) => (length > 0 ? value / length : i === 0 ? 1 : 0));
}

function stacked(rows: readonly number[][]): Vectors {
  return { rows: rows.length, dimensions: 19, data: Float32Array.from(rows.flat()) };
}
