import { pictureFormat } from "@nearfar/formats";
import type { DamageKind } from "./damages.ts";

/** What is wrong, and what to do about it. */
export interface Fault {
  readonly kind: DamageKind;
  readonly reason: string;
}

/** What is wrong with a picture by its size and first bytes, before anything is decoded; undefined for nothing. */
export function pictureDamage(head: Uint8Array, bytes: number, most: number): Fault | undefined {
  if (bytes > most)
    return {
      kind: "too large",
      reason: `${bytes} bytes, above ${most}. Make it smaller, or allow more (maxPictureBytes).`,
    };
  const format = pictureFormat(head);
  if (format === "svg")
    return { kind: "picture unreadable", reason: "an SVG, which can cost any time to draw. Give it as PNG." };
  if (format !== undefined) return undefined;
  const what = bytes === 0 ? "the file is empty" : "not a JPEG, PNG, WebP, GIF, TIFF or AVIF, whatever its name says";
  return { kind: "picture unreadable", reason: `${what}. Replace it.` };
}
