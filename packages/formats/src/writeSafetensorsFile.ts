import type { NamedArray } from "./namedArray.ts";
import { safetensorsParts } from "./safetensorsParts.ts";
import { writeFileAtomic } from "./writeFileAtomic.ts";

/** Writes a safetensors file atomically, tensor by tensor: no second copy of their bytes is made. As `writeSafetensors`. */
export async function writeSafetensorsFile(
  path: string,
  tensors: ReadonlyMap<string, NamedArray>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const parts = safetensorsParts(tensors, metadata);
  await writeFileAtomic(path, async (handle) => {
    for (const part of parts) await handle.writeFile(part);
  });
}
