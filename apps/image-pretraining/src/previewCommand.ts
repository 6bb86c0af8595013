import { nonNegativeInteger, positiveInteger, program, type Command } from "@nearfar/command";
import { configurationFor } from "./configurationFor.ts";
import { previewPictures } from "./previewPictures.ts";
import { settings } from "./settings.ts";

interface Flags {
  readonly out: string;
  readonly config: string;
  readonly pictures: string;
  readonly views: string;
  readonly seed: string;
}

/** `nearfar image preview <images> --out sheet.png`. */
export function previewCommand(): Command {
  return program("preview", "Draw a sheet of the views that a training would see")
    .argument("<images>", "a folder or an archive of pictures")
    .requiredOption("--out <file>", "a PNG to write")
    .option("--config <name>", "the configuration whose views are drawn", "small")
    .option("--pictures <n>", "rows", "8")
    .option("--views <n>", "views of each picture", "8")
    .option("--seed <n>", "same seed, same sheet", "0")
    .action(async (images: string, { out, config, pictures, views, seed }: Flags) => {
      const options = { pictures: positiveInteger("--pictures", pictures), views: positiveInteger("--views", views) };
      await previewPictures(
        images,
        out,
        settings(configurationFor(config), nonNegativeInteger("--seed", seed)),
        options,
      );
      process.stderr.write(`${out} written.\n`);
    });
}
