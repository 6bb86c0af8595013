import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { key, uniform } from "@nearfar/random";
import sharp from "sharp";

export interface DrawPicturesOptions {
  /** Pictures of each of the three classes. */
  readonly each?: number;
  /** The side in pixels. */
  readonly size?: number;
  readonly seed?: number;
}

/**
 * Draws discs, squares and triangles, each class in its own tone, at random places and sizes on random grounds, and returns their paths.
 *
 * One subfolder per class; every other picture is a JPEG, the rest are PNGs.
 */
export async function drawPictures(
  folder: string,
  { each = 20, size = 32, seed = 0 }: DrawPicturesOptions = {},
): Promise<string[]> {
  const paths: string[] = [];
  for (const [label, shape] of Object.entries(shapes)) {
    await mkdir(join(folder, label), { recursive: true });
    for (let i = 0; i < each; i++) {
      const own = key(seed).fold(label).fold(i);
      const draw = (name: string, from: number, to: number) => from + (to - from) * uniform(own.fold(name));
      const ground = `hsl(${Math.round(draw("ground", 0, 360))} 20% ${Math.round(draw("light", 70, 95))}%)`;
      const at = { x: draw("x", 0.35, 0.65), y: draw("y", 0.35, 0.65), r: draw("r", 0.2, 0.3) };
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="${size}" height="${size}"><rect width="1" height="1" fill="${ground}"/>${shape(at)}</svg>`;
      const path = `${label}/${String(i).padStart(3, "0")}.${i % 2 === 0 ? "jpg" : "png"}`;
      await sharp(Buffer.from(svg)).removeAlpha().toFile(join(folder, path));
      paths.push(path);
    }
  }
  return paths.sort();
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

const shapes: Readonly<Record<string, (place: Place) => string>> = {
  disc: ({ x, y, r }) => `<circle cx="${x}" cy="${y}" r="${r}" fill="#c22"/>`,
  square: ({ x, y, r }) => `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}" fill="#282"/>`,
  triangle: ({ x, y, r }) => `<path d="M${x} ${y - r}L${x + r} ${y + r}L${x - r} ${y + r}Z" fill="#24c"/>`,
};
