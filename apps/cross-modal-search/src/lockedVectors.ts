import { existsSync } from "node:fs";
import { readSafetensorsFile, toFloat32, writeSafetensorsFile, type Vectors } from "@nearfar/formats";

/**
 * What a locked tower makes of all pictures or all captions, made once and kept in a file of the run; a file of the same `fingerprint` is read
 * instead. Rows in their order, `[n, h]`.
 */
export async function lockedVectors(path: string, fingerprint: string, make: () => Promise<Vectors>): Promise<Vectors> {
  if (existsSync(path)) {
    const { tensors, metadata } = await readSafetensorsFile(path);
    const vectors = tensors.get("vectors");
    if (vectors?.shape.length === 2 && metadata.fingerprint === fingerprint)
      return { rows: vectors.shape[0]!, dimensions: vectors.shape[1]!, data: toFloat32(vectors) };
  }
  const { rows, dimensions, data } = await make();
  const vectors = { shape: [rows, dimensions], dtype: "F32", data } as const;
  await writeSafetensorsFile(path, new Map([["vectors", vectors]]), { fingerprint });
  return { rows, dimensions, data };
}
