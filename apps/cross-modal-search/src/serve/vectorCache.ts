import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileError, readSafetensorsFile, UserError, writeSafetensorsFile, type NamedArray } from "@nearfar/formats";
import type { PictureVectors } from "./pictureVectors.ts";

export interface VectorCache {
  readonly path: string;
  /** What was written for this version, or undefined: nothing, or a damaged file. */
  read(pictures: number, dimensions: number): Promise<PictureVectors | undefined>;
  /** UserError where the folder cannot be written to. */
  write(found: PictureVectors): Promise<void>;
}

/** Vectors of a gallery in a file of a folder, `pictures-<version>.safetensors`: `vectors` F32 `[n, d]`, `kept` I32 `[n]`. */
export function vectorCache(folder: string, version: string): VectorCache {
  const path = join(folder, `pictures-${version}.safetensors`);
  return {
    path,
    async read(pictures, dimensions) {
      const file = await readSafetensorsFile(path).catch((error: unknown) => {
        if (error instanceof UserError) return undefined;
        throw error;
      });
      const data = file?.tensors.get("vectors")?.data;
      const kept = file?.tensors.get("kept")?.data;
      if (!(data instanceof Float32Array && kept instanceof Int32Array)) return undefined;
      const whole =
        kept.length > 0 &&
        data.length === kept.length * dimensions &&
        data.every(Number.isFinite) &&
        kept.every((index, at) => index > (kept[at - 1] ?? -1) && index < pictures);
      return whole ? { vectors: { rows: kept.length, dimensions, data }, kept } : undefined;
    },
    async write({ vectors: { rows, dimensions, data }, kept }) {
      await mkdir(folder, { recursive: true }).catch((error: unknown) => {
        throw fileError(folder, error);
      });
      const tensors = new Map<string, NamedArray>([
        ["vectors", { shape: [rows, dimensions], dtype: "F32", data }],
        ["kept", { shape: [rows], dtype: "I32", data: kept }],
      ]);
      await writeSafetensorsFile(path, tensors);
    },
  };
}
