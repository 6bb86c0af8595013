import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readSafetensorsFile, writeSafetensorsFile } from "@nearfar/formats";
import { cacheFolder } from "@nearfar/tensor/setup";
import sharp from "sharp";
import type { Icon } from "./icon.ts";
import { side } from "./side.ts";

/** Each picture's bytes, `[48, 48, 3]` on white: drawn once, then read from the cache of this machine. */
export async function drawIcons(icons: readonly Icon[]): Promise<Uint8Array[]> {
  const hash = createHash("sha256");
  for (const { svg } of icons) hash.update(svg);
  const path = join(cacheFolder(), "demo", `${hash.digest("hex").slice(0, 16)}-${side}.safetensors`);
  if (!existsSync(path)) {
    const data = await drawAll(icons);
    await mkdir(dirname(path), { recursive: true });
    await writeSafetensorsFile(
      path,
      new Map([["pixels", { dtype: "U8", shape: [icons.length, side, side, 3], data }]]),
    );
  }
  const pixels = (await readSafetensorsFile(path)).tensors.get("pixels")!.data as Uint8Array;
  const length = side * side * 3;
  return icons.map((_, i) => pixels.subarray(i * length, (i + 1) * length));
}

async function drawAll(icons: readonly Icon[]): Promise<Uint8Array> {
  const length = side * side * 3;
  const pixels = new Uint8Array(icons.length * length);
  for (let begin = 0; begin < icons.length; begin += 64)
    await Promise.all(
      icons.slice(begin, begin + 64).map(async (icon, i) => pixels.set(await draw(icon), (begin + i) * length)),
    );
  return pixels;
}

async function draw({ svg }: Icon): Promise<Buffer> {
  const picture = sharp(Buffer.from(svg), { density: 144 }).resize(side, side, { fit: "contain", background: "white" });
  return picture.flatten({ background: "white" }).toColourspace("srgb").raw().toBuffer();
}
