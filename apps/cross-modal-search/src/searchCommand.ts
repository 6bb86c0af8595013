import { join } from "node:path";
import { json, positiveInteger, program, table, type Command } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { openPictureSet } from "./openPictureSet.ts";
import { searchPictures, type PictureQuery } from "./searchPictures.ts";
import { modelFingerprint } from "./serve/modelFingerprint.ts";
import { whichTowers, type WhichTowers } from "./whichTowers.ts";
import { withTowers, type OpenTowers } from "./withTowers.ts";
import { withTowersFlags } from "./withTowersFlags.ts";

interface Flags extends WhichTowers {
  readonly query?: string;
  readonly picture?: string;
  readonly top: string;
  readonly json?: boolean;
}

/** `nearfar pairs search <images> --run DIR | --init FOLDER --query "..." | --picture FILE`; `open` opens the model, in tests another one. */
export function searchCommand(open?: OpenTowers): Command {
  const command = program("search", "Find pictures by words or by a picture, exactly")
    .argument("<images>", "a folder or an archive of pictures, or icons:NAME; their vectors are kept in the run")
    .option("--query <text>", "what is searched, in words")
    .option("--picture <file>", "a picture like which others are searched")
    .option("-k, --top <n>", "how many are found", "10")
    .option("--json", "print JSON");
  return withTowersFlags(command).action((images: string, flags: Flags) => search(images, flags, open));
}

async function search(images: string, flags: Flags, open?: OpenTowers): Promise<void> {
  const { run } = flags;
  const model = whichTowers(flags);
  const top = positiveInteger("--top", flags.top);
  const query = asked(flags);
  const set = await openPictureSet(images);
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const found = await withTowers(
    flags,
    async (towers, progress) =>
      searchPictures(towers, set, query, {
        top,
        say,
        // A model folder is somebody's: nothing is written into it.
        ...(run !== undefined && { cache: join(run, "gallery") }),
        model: run === undefined ? model : await modelFingerprint(join(run, "model")),
        progress: (done, total) => progress(done, total, "pictures"),
      }),
    open,
  );
  const rows = found.hits.map(({ path, score }, at) => ({ rank: at + 1, score: score.toFixed(4), picture: path }));
  process.stdout.write(flags.json ? json(found) : table(rows));
  if (found.pictures < top) say(`--top ${top}: there are only ${found.pictures} pictures, and all are ranked.`);
}

function asked({ query, picture }: Flags): PictureQuery {
  if ((query === undefined) === (picture === undefined))
    throw new UserError('What is searched? Give --query "..." or --picture FILE: one of them.');
  return query === undefined ? { picture: picture! } : { text: query };
}
