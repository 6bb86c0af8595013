import { open, realpath } from "node:fs/promises";
import { fileError } from "@nearfar/formats";
import { insideFolder } from "./insideFolder.ts";
import { pictureDamage, type Fault } from "./pictureDamage.ts";
import type { PicturePlace } from "./picturePlace.ts";

/** Pictures in a folder, each known by its size and first bytes when it is looked up; links are followed only within the folder. */
export async function picturesInFolder(folder: string, { maxBytes }: { maxBytes: number }): Promise<PicturePlace> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw fileError(folder, error);
  });
  return {
    async look(path) {
      const found = await insideFolder(root, path);
      if (found === "missing") return missing(folder);
      if (found === "outside")
        return { kind: "outside the folder", reason: `a link that leads out of ${folder}. Copy the picture into it.` };
      const fault = await damage(found.real, folder, maxBytes);
      return fault ?? { at: path };
    },
    source: (paths) => ({ kind: "files", root, paths }),
    files: [],
  };
}

function missing(folder: string): Fault {
  return { kind: "picture missing", reason: `no such file in ${folder}. Give the folder that its path begins in.` };
}

async function damage(real: string, folder: string, maxBytes: number): Promise<Fault | undefined> {
  try {
    const file = await open(real, "r");
    try {
      const found = await file.stat();
      if (!found.isFile()) return missing(folder);
      const head = new Uint8Array(Math.min(HEAD, found.size));
      await file.read(head, 0, head.length, 0);
      return pictureDamage(head, found.size, maxBytes);
    } finally {
      await file.close();
    }
  } catch (error) {
    return { kind: "picture unreadable", reason: `it cannot be opened (${(error as Error).message}).` };
  }
}

// What pictureFormat looks at.
const HEAD = 1000;
