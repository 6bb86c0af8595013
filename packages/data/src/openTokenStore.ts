import { existsSync } from "node:fs";
import { readSafetensorsFile, UserError } from "@nearfar/formats";
import type { TokenStore } from "./tokenStore.ts";

/**
 * A store that `saveTokenStore` wrote of the same texts and tokenizer; undefined where there is none, where it was made of something
 * else, or where it is damaged: it is a cache, and is then made anew. Ids lie from 0 to below `vocabulary`.
 */
export async function openTokenStore(
  path: string,
  fingerprint: string,
  { vocabulary }: { vocabulary: number },
): Promise<TokenStore | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    const { tensors, metadata } = await readSafetensorsFile(path);
    const ids = tensors.get("ids")?.data;
    const offsets = tensors.get("offsets")?.data;
    if (metadata["fingerprint"] !== fingerprint) return undefined;
    if (!(ids instanceof Int32Array && offsets instanceof Uint32Array)) return undefined;
    if (!rises(offsets, ids.length) || !ids.every((id) => id >= 0 && id < vocabulary)) return undefined;
    const store = {
      ids: new Int32Array(new SharedArrayBuffer(ids.byteLength)),
      offsets: new Uint32Array(new SharedArrayBuffer(offsets.byteLength)),
    };
    store.ids.set(ids);
    store.offsets.set(offsets);
    return store;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function rises(offsets: Uint32Array, end: number): boolean {
  if (offsets[0] !== 0 || offsets.at(-1) !== end) return false;
  for (let i = 1; i < offsets.length; i++) if (offsets[i]! < offsets[i - 1]!) return false;
  return true;
}
