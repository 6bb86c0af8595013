import { createHash } from "node:crypto";
import type { NamedArray } from "@nearfar/formats";

/** The metadata of a checkpoint file, each value a string as safetensors wants it. */
export interface CheckpointMetadata {
  readonly format: string;
  readonly step: string;
  /** JSON: `CheckpointPaths`. */
  readonly paths: string;
  /** JSON: what is no tensor. */
  readonly plain: string;
}

/** The shape of the trees, which a file of named tensors loses. */
export interface CheckpointPaths {
  /** The tensors' names in the order of their trees: sums over leaves depend on it, and so does exact resume. */
  readonly leaves: readonly string[];
  /** Branches without leaves below them, such as the state of a method that has none. */
  readonly bare: readonly string[];
}

/** The format's name, and the digest that makes every changed byte known. */
export const checkpointFormat = {
  name: "nearfar-checkpoint/1",
  /** sha256 over the metadata and every tensor's name, type, shape and bytes: a flipped bit in a weight fits every size. */
  digest(tensors: ReadonlyMap<string, NamedArray>, { format, step, paths, plain }: CheckpointMetadata): string {
    const hash = createHash("sha256").update(JSON.stringify([format, step, paths, plain]));
    for (const name of [...tensors.keys()].sort()) {
      const { dtype, shape, data } = tensors.get(name)!;
      hash.update(JSON.stringify([name, dtype, shape]));
      hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
    return hash.digest("hex");
  },
};
