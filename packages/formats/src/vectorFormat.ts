import { extname } from "node:path";
import { UserError } from "./userError.ts";

export type VectorFormat = ".jsonl" | ".parquet" | ".npy";

/** The format of a table of vectors, by its extension; another extension is a `UserError`. */
export function vectorFormat(path: string): VectorFormat {
  const extension = extname(path).toLowerCase();
  if (extension === ".jsonl" || extension === ".parquet" || extension === ".npy") return extension;
  throw new UserError(`${path}: vectors are kept as .jsonl, .parquet or .npy; got "${extension}"`);
}
