import { nonNegativeInteger, program, type Command } from "@nearfar/command";
import { loadEngine } from "@nearfar/tensor";
import { embedPictures } from "./embedPictures.ts";

/** `nearfar image embed --run DIR <images> --out vectors.jsonl|parquet|npy`. */
export function embedCommand(): Command {
  return program("embed", "Write one vector per picture")
    .argument("<images>", "a folder or an archive of pictures")
    .requiredOption("--run <dir>", "the run directory")
    .requiredOption("--out <file>", "a file ending in .jsonl, .parquet or .npy")
    .option("--workers <n>", "threads that decode", "1")
    .action(async (images: string, { run, out, workers }: { run: string; out: string; workers: string }) => {
      const options = { workers: nonNegativeInteger("--workers", workers) };
      loadEngine();
      const { rows, dimensions, unreadable } = await embedPictures(run, images, out, options);
      const skipped = unreadable.map(({ path, reason }) => `Skipped ${path}: ${reason}\n`).join("");
      process.stderr.write(`${skipped}${rows} vectors of ${dimensions} numbers in ${out}.\n`);
    });
}
