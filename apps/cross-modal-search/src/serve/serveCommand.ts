import { join } from "node:path";
import { nonNegativeInteger, onInterrupt, positiveInteger, program, type Command } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { Hono } from "hono";
import { pairOptions } from "../pairOptions.ts";
import { whichTowers, type WhichTowers } from "../whichTowers.ts";
import type { PairFlags } from "../withPairFlags.ts";
import { withTowers, type OpenTowers } from "../withTowers.ts";
import { withTowersFlags } from "../withTowersFlags.ts";
import { byteCount } from "./byteCount.ts";
import { modelFingerprint } from "./modelFingerprint.ts";
import { openGallerySource } from "./openGallerySource.ts";
import { serve } from "./serve.ts";
import { serveGallery } from "./serveGallery.ts";

interface Flags extends WhichTowers, Omit<PairFlags, "images"> {
  readonly images: string;
  readonly pictures?: string;
  readonly port: string;
  readonly host: string;
  readonly limitBody: string;
  readonly queue: string;
}

/** `nearfar pairs serve --run DIR | --init FOLDER --images PATH`; `open` opens the model, in tests another one. */
export function serveCommand(open?: OpenTowers): Command {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  return withTowersFlags(program("serve", "Search pictures in a browser: an HTTP API and a page"))
    .requiredOption("--images <path>", "what is searched: a folder, an archive, icons:NAME, or a table of pairs")
    .option("--pictures <folder>", "where a table's pictures lie: a folder or an archive; without it the table's own")
    .option("--column <role=name>", "what a column of a table is (path, caption, concept); may be repeated", collect)
    .option("--where <column=value>", "only rows of a table with this value; may be repeated", collect)
    .option("--no-header", "the first row of a .csv or .tsv is data: its columns are 1, 2, ...")
    .option("--port <n>", "the port; 0 for any that is free", "3000")
    .option("--host <address>", "the address; 0.0.0.0 lets other machines in", "127.0.0.1")
    .option("--limit-body <size>", "the largest picture that may be sent", "10mb")
    .option("--queue <n>", "how many encodings may wait", "64")
    .action((flags: Flags) => run(flags, open));
}

async function run(flags: Flags, open?: OpenTowers): Promise<void> {
  const model = whichTowers(flags);
  const port = nonNegativeInteger("--port", flags.port);
  if (port > 65_535) throw new UserError(`--port: a port is a number up to 65535; got ${port}.`);
  const { host, pictures: images, column, where, header } = flags;
  const limits = {
    limitBody: byteCount("--limit-body", flags.limitBody),
    queue: positiveInteger("--queue", flags.queue),
  };
  if (port > 0) await (await serve(new Hono(), { port, host })).close(); // taken? That is told before the work.
  const source = await openGallerySource(
    flags.images,
    pairOptions({
      ...(images !== undefined && { images }),
      ...(column && { column }),
      ...(where && { where }),
      ...(header !== undefined && { header }),
    }),
  );
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  await withTowers(
    flags,
    async (towers, progress) => {
      const server = await serveGallery(towers, source, {
        ...{ port, host, ...limits, say, log: say },
        // A model folder is somebody's: nothing is written into it.
        ...(flags.run !== undefined && { cache: join(flags.run, "gallery") }),
        model: await modelFingerprint(flags.run === undefined ? model : join(flags.run, "model")),
        progress: (done, total) => progress(done, total, "pictures"),
      });
      const interrupted = new Promise<void>((resolve) => onInterrupt(resolve)); // before anyone is told that it runs
      process.stdout.write(`${server.url}\n`);
      await interrupted;
      say("Finishing what runs; once more ends at once.");
      await server.close();
    },
    open,
  );
}
