import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "@nearfar/testing";

/** A temporary folder with these files, of these lines; the cells of a line are parted by `|`, for tabs in a `.tsv`. */
export function write(files: Readonly<Record<string, readonly string[]>>): string {
  const folder = temporaryFolder();
  for (const [name, lines] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const text = lines.map((line) => (name.endsWith(".tsv") ? line.replaceAll("|", "\t") : line));
    writeFileSync(path, text.join("\n") + "\n");
  }
  return folder;
}
