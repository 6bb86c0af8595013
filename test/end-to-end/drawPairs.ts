import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawPictures, type DrawPicturesOptions } from "./drawPictures.ts";

/** Draws pictures (`drawPictures`) with two captions each in a `.txt` beside them, which name the shape, and returns the captions. */
export async function drawPairs(folder: string, options: DrawPicturesOptions = {}): Promise<string[]> {
  const paths = await drawPictures(folder, options);
  const all = paths.map((path, i) => {
    const shape = path.split("/")[0]!;
    // Numbered, as no two pictures of a batch may share a caption.
    return [`one ${shape} number ${i}`, `number ${i} shows a ${shape}`];
  });
  await Promise.all(
    paths.map((path, i) => writeFile(join(folder, path.replace(/\.\w+$/, ".txt")), `${all[i]!.join("\n")}\n`)),
  );
  return all.flat();
}
