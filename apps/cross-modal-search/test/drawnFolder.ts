import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@nearfar/testing";
import { drawnPictures, writeDrawnPictures } from "./serve/drawnPictures.ts";

/** A folder with 64 drawn pictures below `pictures/` (`red/circle.png`), a table of their captions, two each, and a run that is empty. */
export async function drawnFolder(): Promise<{ folder: string; pictures: string; table: string; run: string }> {
  const folder = temporaryFolder();
  const pictures = join(folder, "pictures");
  await writeDrawnPictures(pictures);
  const rows = (await drawnPictures()).map(({ path, caption }, i) =>
    [i % 2 === 0 ? "train" : "test", path, caption, `${caption} on white`].join("\t"),
  );
  const table = join(folder, "captions.tsv");
  writeFileSync(table, ["split\timage\tcaption1\tcaption2", ...rows].join("\n"));
  const run = join(folder, "run");
  mkdirSync(join(run, "model"), { recursive: true });
  writeFileSync(join(run, "model", "config.json"), "{}");
  return { folder, pictures, table, run };
}
