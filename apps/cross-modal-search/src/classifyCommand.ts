import { json, positiveInteger, program, table, type Command } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { classifyPictures, type PictureClasses } from "./classifyPictures.ts";
import { listed } from "./listed.ts";
import { openPictureSet } from "./openPictureSet.ts";
import { whichTowers, type WhichTowers } from "./whichTowers.ts";
import { withTowers, type OpenTowers } from "./withTowers.ts";
import { withTowersFlags } from "./withTowersFlags.ts";

interface Flags extends WhichTowers {
  readonly classes: string;
  readonly templates?: string;
  readonly top: string;
  readonly json?: boolean;
}

/** `nearfar pairs classify <images> --run DIR | --init FOLDER --classes classes.txt|a,b,c`; `open` opens the model, in tests another one. */
export function classifyCommand(open?: OpenTowers): Command {
  const command = program("classify", "Say what pictures show, of classes that are only named")
    .argument(
      "<images>",
      "a folder or an archive of pictures, or icons:NAME; in folders of their classes for an accuracy",
    )
    .requiredOption("--classes <file|names>", "a .txt with a class a line, or a,b,c")
    .option("--templates <file>", "a .txt with a sentence a line, {} for the class, in place of CLIP's seven")
    .option("--top <n>", "classes that are named of each picture", "3")
    .option("--json", "print JSON");
  return withTowersFlags(command).action((images: string, flags: Flags) => run(images, flags, open));
}

async function run(images: string, flags: Flags, open?: OpenTowers): Promise<void> {
  whichTowers(flags);
  const top = positiveInteger("--top", flags.top);
  const classes = await listed("--classes", flags.classes, { least: 2 });
  const templates =
    flags.templates === undefined ? undefined : await listed("--templates", flags.templates, { least: 1 });
  const placeless = templates?.find((template) => !template.includes("{}"));
  if (placeless !== undefined)
    throw new UserError(`--templates: every line has a {} for the class; got ${JSON.stringify(placeless)}.`);
  const set = await openPictureSet(images);
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const found = await withTowers(
    flags,
    (towers, progress) =>
      classifyPictures(towers, set, classes, { top, progress, say, ...(templates && { templates }) }),
    open,
  );
  process.stdout.write(flags.json ? json(found) : printed(found));
  if (set.labels.length > 0 && !found.accuracy)
    say("The pictures' folders are not all among the classes: there is no accuracy.");
}

function printed({ pictures, accuracy, classes }: PictureClasses): string {
  if (accuracy) {
    const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
    const right = { "top 1": percent(accuracy.top1), ...(classes.length > 5 && { "top 5": percent(accuracy.top5) }) };
    return table([
      { pictures: pictures.length, classes: classes.length, ...right, chance: percent(1 / classes.length) },
    ]);
  }
  return table(
    pictures.map((picture) => ({
      picture: picture.path,
      ...Object.fromEntries(
        picture.classes.flatMap(({ name, probability }, at) => [
          [at === 0 ? "class" : `class ${at + 1}`, name],
          [at === 0 ? "probability" : `probability ${at + 1}`, probability.toFixed(3)],
        ]),
      ),
    })),
  );
}
