import { pictureFormat } from "@nearfar/formats";
import sharp from "sharp";
import { ApiError } from "./apiError.ts";

export interface CheckUploadOptions {
  /** The most pixels of a picture, all its frames together. */
  readonly maxPixels?: number;
}

/**
 * Looks at what was sent as a picture before any of it is decoded: by its own first bytes, whatever it is called.
 *
 * `ApiError` 400 for an empty body, 415 for another type or bytes that are no picture (SVG too: a small one can burn seconds), 422 for a
 * damaged header, 413 for more than `maxPixels`.
 */
export async function checkUpload(
  bytes: Uint8Array,
  type: string | undefined,
  { maxPixels = 64e6 }: CheckUploadOptions = {},
): Promise<void> {
  const told = (type ?? "").split(";")[0]!.trim().toLowerCase();
  if (told !== "application/octet-stream" && !told.startsWith("image/"))
    throw new ApiError(
      415,
      `Content-Type says what the body is: image/jpeg, image/png ...; got "${told}". Send the picture itself, not a form.`,
    );
  if (bytes.length === 0) throw new ApiError(400, "The body is empty. Send the bytes of a picture.");
  const format = pictureFormat(bytes);
  if (format === undefined || format === "svg")
    throw new ApiError(
      415,
      `The body is ${format === "svg" ? "an SVG" : "no picture, whatever it is called"}. Send a JPEG, PNG, WebP, GIF, TIFF or AVIF.`,
    );
  const {
    width,
    height,
    pages = 1,
  } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw new ApiError(422, `The ${format.toUpperCase()} picture is damaged. Save it anew and send it again.`);
    });
  if (width * height * pages > maxPixels)
    throw new ApiError(
      413,
      `A picture may have ${maxPixels / 1e6} million pixels at most; this one has ${width} x ${height}${pages > 1 ? ` in ${pages} frames` : ""}. Make it smaller.`,
    );
}
