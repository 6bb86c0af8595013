import { readSource, type IconItem, type PairSet } from "@nearfar/data";
import type { Image } from "@nearfar/formats";
import { contactSheet } from "@nearfar/image-augmentation";
import { key, permutation } from "@nearfar/random";
import type { Answers } from "./answers.ts";

/** A PNG of some questions, drawn by chance: the tags, the picture that they are of, and the pictures that they find. */
export async function sheet(
  set: PairSet<IconItem>,
  { found }: Answers,
  { rows = 8, most = 8 } = {},
): Promise<Uint8Array> {
  const count = set.items.length;
  const k = found.length / count;
  const asked = permutation(key(0).fold("sheet"), count).subarray(0, rows);
  const columns = Math.min(k, most);
  const image = async (row: number) => (await readSource(set.source, row)) as Image;
  const pictures = await Promise.all(
    Array.from(asked, (i) => Promise.all([i, ...found.subarray(i * k, i * k + columns)].map(image))),
  );
  return contactSheet(pictures, {
    cell: 64,
    rowLabels: Array.from(asked, (i) => shortened(set.items[i]!.captions.join(", "))),
    columnLabels: ["asked", ...Array.from({ length: columns }, (_, i) => (i === 0 ? "nearest" : String(i + 1)))],
  });
}

const MOST = 48;
const shortened = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 4)} ...` : text);
