import { open, realpath } from "node:fs/promises";
import { join } from "node:path";
import { fileCaptions } from "./fileCaptions.ts";
import { insideFolder } from "./insideFolder.ts";
import { openFolder } from "./openFolder.ts";
import type { PairCandidate } from "./pairCandidate.ts";
import type { Fault } from "./pictureDamage.ts";

/** The pictures of a folder and its subfolders, sorted by path, each with the captions of the `.txt`, else the `.json`, beside it. */
export async function readSidecars(
  folder: string,
): Promise<{ candidates: readonly PairCandidate[]; files: readonly string[] }> {
  const { items } = await openFolder(folder, folder);
  const root = await realpath(folder);
  const candidates: PairCandidate[] = [];
  const files: string[] = [];
  for (const { path } of items) {
    const base = path.slice(0, path.lastIndexOf("."));
    const read = (await sidecar(root, `${base}.txt`)) ?? (await sidecar(root, `${base}.json`)) ?? none(base);
    const common = { path, written: join(folder, path) };
    if ("captions" in read) {
      files.push(read.file);
      candidates.push({ ...common, captions: [...read.captions] });
    } else candidates.push({ ...common, captions: [], fault: read });
  }
  return { candidates, files };
}

/** A caption file's bytes: more is none. */
const LARGEST = 2 ** 20;

async function sidecar(
  root: string,
  path: string,
): Promise<{ captions: readonly string[]; file: string } | Fault | undefined> {
  const found = await insideFolder(root, path);
  if (found === "missing") return undefined;
  if (found === "outside")
    return { kind: "outside the folder", reason: `${path} is a link that leads out of it. Copy it into the folder.` };
  const file = await open(found.real, "r");
  try {
    const { size } = await file.stat();
    if (size > LARGEST)
      return { kind: "too large", reason: `${path} has ${size} bytes, above ${LARGEST}. Is it a caption?` };
    const read = fileCaptions(path.slice(path.lastIndexOf(".") + 1), await file.readFile());
    return "reason" in read ? { kind: "no caption", reason: read.reason } : { ...read, file: found.real };
  } finally {
    await file.close();
  }
}

function none(base: string): Fault {
  return { kind: "no caption", reason: `no ${base}.txt or ${base}.json beside it. Write one, a caption a line.` };
}
