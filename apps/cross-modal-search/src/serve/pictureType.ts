import { pictureFormat } from "@nearfar/formats";

/** The media type of a picture by its own bytes, or undefined: nothing else is ever sent as one. */
export function pictureType(bytes: Uint8Array): string | undefined {
  const format = pictureFormat(bytes);
  return format && (format === "svg" ? "image/svg+xml" : `image/${format}`);
}
