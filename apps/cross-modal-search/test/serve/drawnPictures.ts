import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import sharp from "sharp";

/** The colours of the drawings, which the stub knows by name. */
export const colours: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [214, 69, 65],
  orange: [232, 140, 48],
  yellow: [236, 196, 64],
  green: [76, 156, 92],
  teal: [42, 157, 152],
  blue: [66, 112, 196],
  violet: [128, 90, 180],
  pink: [226, 122, 164],
};

const shapes: Readonly<Record<string, string>> = {
  circle: `<circle cx="60" cy="60" r="40"/>`,
  square: `<rect x="24" y="24" width="72" height="72" rx="8"/>`,
  triangle: `<path d="M60 20 102 96H18Z"/>`,
  star: `<path d="M60 14l13.5 31 33.5 3-25.500 22.500 7.500 33.500L60 86.500 31 104l7.500-33.500L13 48l33.500-3Z"/>`,
  ring: `<path fill-rule="evenodd" d="M60 18a42 42 0 1 0 .1 0ZM60 42a18 18 0 1 1-.1 0Z"/>`,
  cross: `<path d="M44 18h32v26h26v32H76v26H44V76H18V44h26Z"/>`,
  drop: `<path d="M60 12c20 30 34 42 34 60a34 34 0 0 1-68 0c0-18 14-30 34-60Z"/>`,
  moon: `<path d="M78 18a44 44 0 1 0 24 60A36 36 0 0 1 78 18Z"/>`,
};

export interface DrawnPicture {
  readonly path: string;
  readonly caption: string;
  readonly bytes: Uint8Array;
}

let drawn: Promise<DrawnPicture[]> | undefined;

/** 64 pictures, every shape in every colour, as PNG of 240 pixels: `red/circle.png`, "a red circle". */
export function drawnPictures(): Promise<DrawnPicture[]> {
  drawn ??= Promise.all(
    Object.entries(colours).flatMap(([colour, rgb]) =>
      Object.entries(shapes).map(async ([shape, path]) => ({
        path: `${colour}/${shape}.png`,
        caption: `${colour === "orange" ? "an" : "a"} ${colour} ${shape}`,
        bytes: await draw(`<g fill="rgb(${rgb.join()})">${path}</g>`),
      })),
    ),
  );
  return drawn;
}

/** The pictures as files of a folder. */
export async function writeDrawnPictures(folder: string): Promise<void> {
  for (const { path, bytes } of await drawnPictures()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

function draw(inside: string): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 120 120"><rect width="120" height="120" fill="white"/>${inside}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
