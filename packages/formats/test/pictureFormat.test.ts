import { describe, expect, it } from "vitest";
import { pictureFormat } from "@nearfar/formats";

describe("pictureFormat", () => {
  const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
  // The signatures as the formats' specifications give them.
  for (const [format, start] of [
    ["jpeg", "\xff\xd8\xff\xe0"],
    ["png", "\x89PNG\r\n\x1a\n"],
    ["webp", "RIFF\x10\0\0\0WEBP"],
    ["gif", "GIF89a"],
    ["tiff", "II*\0"],
    ["tiff", "MM\0*"],
    ["avif", "\0\0\0\x1cftypavif"],
    ["svg", '<?xml version="1.0"?>\n<svg>'],
  ] as const)
    it(`knows ${format} by ${JSON.stringify(start)}`, () => expect(pictureFormat(bytes(start))).toBe(format));

  it("knows nothing else, however it is named or cut", () => {
    for (const text of ["", "RIFF\x10\0\0\0WAVE", "\xff\xd8", "a text", "<html>", "PK\x03\x04"])
      expect(pictureFormat(bytes(text)), text).toBeUndefined();
  });
});
