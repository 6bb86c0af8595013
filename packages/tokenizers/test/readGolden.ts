import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file of golden/, which golden/make.py writes by Hugging Face's tokenizers 0.23.3 for Python (the library in Rust). */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`golden/${name}`, import.meta.url)), "utf8")) as T;
}
