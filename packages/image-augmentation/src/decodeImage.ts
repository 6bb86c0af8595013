import { type Image, pictureFormat, UserError } from "@nearfar/formats";
import sharp, { type Metadata } from "sharp";
import { jpegSize } from "./jpegSize.ts";
import type { Size } from "./resizedCrop.ts";

export interface DecodeImageOptions {
  /** The side of the views to be cut from it: the picture may come out smaller than stored, never too small for a sharp crop. */
  readonly size?: number;
  /** The smallest crop's share of the area, as the recipe's `scale[0]`. */
  readonly minScale?: number;
  /** Switches shrink-on-load off: every stored pixel is decoded. */
  readonly exact?: boolean;
  /** Larger pictures are refused before anything is allocated. */
  readonly maxPixels?: number;
  /** Accepts SVG, drawn with its shorter side `size` pixels. Only for files that you trust: a small one can burn seconds. */
  readonly svg?: boolean;
}

/**
 * Decodes JPEG, PNG, WebP, GIF, TIFF or AVIF to 8-bit sRGB: the first frame, upright by its EXIF orientation, transparency on white.
 *
 * Gray, CMYK, palette and 16-bit pictures are converted, through an embedded colour profile where there is one.
 * With `size`, a JPEG is decoded at 1/2, 1/4 or 1/8 where its smallest crop (of `minScale` of the area, shape 3:4) still has
 * `size` pixels along its shorter side: a fast approximation ("shrink-on-load") that `exact` switches off; README has its error.
 * Throws UserError, naming the reason, for bytes that are no picture, damaged, cut short or above `maxPixels`.
 */
export async function decodeImage(
  bytes: Uint8Array,
  { size, minScale = 0.08, exact = false, maxPixels = 64e6, svg = false }: DecodeImageOptions = {},
): Promise<Image> {
  const format = pictureFormat(bytes);
  if (format === undefined) throw new UserError("decodeImage: not a JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG picture.");
  if (format === "svg" && !svg)
    throw new UserError(
      "decodeImage: SVG is refused, as a small one can burn seconds. If you trust it, set svg: true.",
    );
  try {
    const picture = sharp(bytes, { failOn: "warning", limitInputPixels: maxPixels }).autoOrient();
    if (size !== undefined && format === "svg") picture.resize({ width: size, height: size, fit: "outside" });
    if (size !== undefined && format === "jpeg" && !exact) {
      const stored = jpegSize(bytes);
      if (stored !== undefined && safeShrink(stored, size, minScale) > 1)
        shrink(picture, await picture.metadata(), size, minScale);
    }
    const { data, info } = await picture
      .flatten({ background: "white" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`${info.channels} channels`);
    return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    const reason = told.includes("pixel limit") ? `it has more than ${maxPixels} pixels (maxPixels)` : told;
    throw new UserError(
      `decodeImage: the ${format.toUpperCase()} picture cannot be read: ${reason.trim().replace(/\s*\n\s*/g, "; ")}.`,
    );
  }
}

/** The largest of 8, 4, 2, 1 by which a picture's sides can be divided while its smallest crop keeps `size` pixels. */
function safeShrink({ width, height }: Size, size: number, minScale: number): number {
  const smallest = Math.min(width, height, Math.sqrt(minScale * 0.75 * width * height));
  return [8, 4, 2].find((factor) => smallest / factor >= size) ?? 1;
}

/** Asks for dimensions, upright, that make sharp leave the work to the JPEG decoder. */
function shrink(picture: sharp.Sharp, { autoOrient: upright }: Metadata, size: number, minScale: number): void {
  const factor = safeShrink(upright, size, minScale);
  const side = (length: number) => Math.floor(length / factor);
  picture.resize({ width: side(upright.width), height: side(upright.height), fit: "fill" });
}
