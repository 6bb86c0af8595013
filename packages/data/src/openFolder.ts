import { readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { UserError } from "@nearfar/formats";
import type { ImageSet } from "./imageSet.ts";
import { isHidden } from "./isHidden.ts";
import { isPicture } from "./isPicture.ts";
import { labelled } from "./labelled.ts";
import { pictureExtensions } from "./pictureExtensions.ts";

/**
 * The pictures of a folder and of its subfolders, sorted by path; the first subfolder is the label when every picture lies in one.
 *
 * Hidden files are passed over, and so are links to folders and links that lead out of the folder. Throws UserError when
 * there is no picture.
 */
export async function openFolder(folder: string, name: string): Promise<ImageSet> {
  const root = await realpath(folder);
  const found: Found = { pictures: [], others: [], links: 0 };
  await walk(root, "", found);
  if (found.pictures.length === 0) throw new UserError(`${folder}: ${nothing(found)}`);
  // Plain code-unit order, the same on every system and in every locale.
  const paths = found.pictures.sort();
  return { name, ...labelled(paths), source: { kind: "files", root, paths } };
}

interface Found {
  readonly pictures: string[];
  readonly others: string[];
  links: number;
}

async function walk(root: string, below: string, found: Found): Promise<void> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch((error: Error) => {
    throw new UserError(`${join(root, below)}: this folder cannot be read (${error.message}). May you open it?`);
  });
  for (const entry of entries) {
    if (isHidden(entry.name)) continue;
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) await walk(root, path, found);
    else if (entry.isSymbolicLink() && !(await leadsToFileInside(root, path))) found.links++;
    else if ((entry.isFile() || entry.isSymbolicLink()) && isPicture(path)) found.pictures.push(path);
    else found.others.push(path);
  }
}

async function leadsToFileInside(root: string, path: string): Promise<boolean> {
  try {
    const target = await realpath(join(root, path));
    return target.startsWith(root + sep) && (await stat(target)).isFile();
  } catch {
    return false; // a broken link
  }
}

function nothing({ others, links }: Found): string {
  const wanted = `Give a folder with pictures (${pictureExtensions.join(", ")}), in subfolders for classes or not.`;
  if (others.length > 0)
    return `none of its ${others.length} files is a picture (one is ${others.sort()[0]}). ${wanted}`;
  if (links > 0)
    return `it holds only links that lead out of it (${links}), which are not followed. Copy the pictures into it.`;
  return `this folder is empty. ${wanted}`;
}
