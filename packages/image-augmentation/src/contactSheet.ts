import type { Image } from "@nearfar/formats";
import sharp from "sharp";
import { resize } from "./resize.ts";

export interface ContactSheetOptions {
  /** The side of a cell in pixels; a picture fills it as far as its shape allows. */
  readonly cell?: number;
  /** White between the cells and around the sheet, in pixels. */
  readonly gap?: number;
  /** A line of text above each column. */
  readonly columnLabels?: readonly string[];
  /** A line of text to the left of each row. */
  readonly rowLabels?: readonly string[];
}

/**
 * Draws rows of pictures on a white sheet; returns the bytes of a PNG.
 *
 * Pictures keep their shape; those of less than half a cell are enlarged by whole pixels, so that they can be told apart.
 * Throws RangeError for a sheet without pictures.
 */
export async function contactSheet(
  rows: readonly (readonly Image[])[],
  { cell = 96, gap = 4, columnLabels = [], rowLabels = [] }: ContactSheetOptions = {},
): Promise<Uint8Array> {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  if (columns === 0)
    throw new RangeError("contactSheet: there is at least one picture; got none. Was the folder empty?");
  const letter = 0.6 * TEXT; // the width of one, about
  const left = gap + (rowLabels.length > 0 ? Math.ceil(letter * Math.max(...rowLabels.map((t) => t.length))) + gap : 0);
  const top = gap + (columnLabels.length > 0 ? TEXT + gap : 0);
  const width = left + columns * (cell + gap);
  const height = top + rows.length * (cell + gap);
  const sheet = { width, height, data: new Uint8Array(3 * width * height).fill(255) };
  rows.forEach((row, y) =>
    row.forEach((image, x) => paste(sheet, fit(image, cell), left + x * (cell + gap), top + y * (cell + gap))),
  );
  const texts = [
    ...columnLabels.map((text, x) => label(text, left + x * (cell + gap), top - gap - TEXT / 4, cell)),
    ...rowLabels.map((text, y) => label(text, gap, top + y * (cell + gap) + (cell + TEXT) / 2, left - 2 * gap)),
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${texts.join("")}</svg>`;
  const png = await sharp(sheet.data, { raw: { width, height, channels: 3 } })
    .composite(texts.length > 0 ? [{ input: Buffer.from(svg) }] : [])
    .removeAlpha()
    .png()
    .toBuffer();
  return new Uint8Array(png.buffer, png.byteOffset, png.length);
}

const TEXT = 12; // the height of a line in pixels

/** A picture as large as fits, in the middle of a white cell. */
function fit(image: Image, cell: number): Image {
  const scale = cell / Math.max(image.width, image.height);
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const fitting =
    scale >= 2
      ? enlarge(image, Math.floor(scale))
      : resize(image, { width: side(image.width), height: side(image.height), filter: "bicubic" });
  const square = { width: cell, height: cell, data: new Uint8Array(3 * cell * cell).fill(255) };
  paste(square, fitting, (cell - fitting.width) >> 1, (cell - fitting.height) >> 1);
  return square;
}

/** Every pixel as a square of `times` by `times`. */
function enlarge({ width, height, data }: Image, times: number): Image {
  const large = new Uint8Array(data.length * times * times);
  let to = 0;
  for (let y = 0; y < height * times; y++)
    for (let x = 0; x < width * times; x++) {
      const from = 3 * (Math.floor(y / times) * width + Math.floor(x / times));
      for (let c = 0; c < 3; c++) large[to++] = data[from + c]!;
    }
  return { width: width * times, height: height * times, data: large };
}

/** Copies a picture onto a sheet that holds it. */
function paste(sheet: Image, image: Image, left: number, top: number): void {
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(3 * image.width * y, 3 * image.width * (y + 1));
    sheet.data.set(row, 3 * ((top + y) * sheet.width + left));
  }
}

/** One line of SVG text, cut to a width. */
function label(text: string, left: number, bottom: number, width: number): string {
  const fitting = text.slice(0, Math.floor(width / (0.6 * TEXT)));
  // Control characters are not XML; the five special ones are escaped.
  const safe = fitting.replace(/\p{C}/gu, " ").replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  return `<text x="${left}" y="${bottom}" font-family="sans-serif" font-size="${TEXT - 1}">${safe}</text>`;
}
