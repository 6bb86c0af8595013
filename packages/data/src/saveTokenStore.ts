import { writeSafetensorsFile } from "@nearfar/formats";
import type { TokenStore } from "./tokenStore.ts";

/** Keeps a store on disk, atomically: a safetensors file with `ids`, `offsets` and the fingerprint of what they were made of. */
export async function saveTokenStore(path: string, { ids, offsets }: TokenStore, fingerprint: string): Promise<void> {
  const tensors = new Map([
    ["ids", { dtype: "I32" as const, shape: [ids.length], data: ids }],
    ["offsets", { dtype: "U32" as const, shape: [offsets.length], data: offsets }],
  ]);
  await writeSafetensorsFile(path, tensors, { fingerprint });
}
