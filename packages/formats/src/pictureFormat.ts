/** The formats of pictures that are known by their bytes. */
export type PictureFormat = "jpeg" | "png" | "webp" | "gif" | "tiff" | "avif" | "svg";

/** Tells a picture's format by its first bytes (SVG by its text, in the first 1,000), before any decoder sees them; undefined for anything else. */
export function pictureFormat(bytes: Uint8Array): PictureFormat | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\xff\xd8\xff")) return "jpeg";
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "webp";
  if (head.startsWith("GIF8")) return "gif";
  if (/^(II[*+]\0|MM\0[*+])/.test(head)) return "tiff";
  if (/^....ftyp(avif|avis|mif1)/s.test(head)) return "avif";
  const text = new TextDecoder().decode(bytes.subarray(0, 1000)).trimStart();
  return text.startsWith("<") && text.includes("<svg") ? "svg" : undefined;
}
