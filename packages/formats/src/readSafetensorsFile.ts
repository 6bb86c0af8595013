import { dtypes } from "./dtypes.ts";
import type { NamedArray } from "./namedArray.ts";
import { openForReading } from "./openForReading.ts";
import { readExactly } from "./readExactly.ts";
import type { Safetensors } from "./readSafetensors.ts";
import { parseSafetensorsHeader } from "./parseSafetensorsHeader.ts";
import { safetensorsHeaderLength } from "./safetensorsHeaderLength.ts";

/** The tensors of a safetensors file, each read straight into its own array (files over 2 GiB too); as strict as `readSafetensors`. */
export async function readSafetensorsFile(path: string): Promise<Safetensors> {
  const handle = await openForReading(path);
  try {
    const { size } = await handle.stat();
    const first = await readExactly(handle, { from: 0, length: Math.min(8, size), path });
    const length = safetensorsHeaderLength(first, size, path);
    const json = await readExactly(handle, { from: 8, length, path });
    const header = parseSafetensorsHeader(json, size - 8 - length, path);
    const tensors = new Map<string, NamedArray>();
    for (const { name, dtype, shape, begin, end } of header.tensors) {
      const data = await readExactly(handle, { from: 8 + length + begin, length: end - begin, path });
      tensors.set(name, { shape, dtype, data: new dtypes[dtype].array(data.buffer) });
    }
    return { tensors, metadata: header.metadata };
  } finally {
    await handle.close();
  }
}
