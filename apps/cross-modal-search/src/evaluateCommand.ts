import { existsSync } from "node:fs";
import { join } from "node:path";
import { json, program, type Command } from "@nearfar/command";
import { openPairs, type PairSet } from "@nearfar/data";
import { drawModalityGap } from "@nearfar/evaluation";
import { UserError, writeFileAtomic } from "@nearfar/formats";
import { load, type PlainObject } from "@nearfar/runs";
import { drawnIcons } from "./drawnIcons.ts";
import { evaluatePairs, type PairEvaluation } from "./evaluatePairs.ts";
import { evaluationText } from "./evaluationText.ts";
import { judgements } from "./judgements.ts";
import { pairOptions } from "./pairOptions.ts";
import { untrainedTowers } from "./untrainedTowers.ts";
import { whichTowers, type WhichTowers } from "./whichTowers.ts";
import { withJoinedCaptions } from "./withJoinedCaptions.ts";
import { withPairFlags, type PairFlags } from "./withPairFlags.ts";
import { withTowers, type OpenTowers } from "./withTowers.ts";
import { withTowersFlags } from "./withTowersFlags.ts";

interface Flags extends PairFlags, WhichTowers {
  readonly tags?: boolean;
  readonly gap?: string;
  readonly judgements?: readonly string[];
  readonly json?: boolean;
}

/** `nearfar pairs evaluate <pairs> --run DIR | --init FOLDER`; `open` opens the model, in tests another one. */
export function evaluateCommand(open?: OpenTowers): Command {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  const command = program(
    "evaluate",
    "How well pictures and captions find each other, beside chance and the untrained towers",
  )
    .argument(
      "<pairs>",
      "a table of pictures and captions, a folder with .txt or .json beside the pictures, or icons:NAME",
    )
    .option("--tags", "captions are tags: all of a picture make one text (a run that was trained so does it by itself)")
    .option("--gap <file>", "draw the modality gap, a file ending in .svg")
    .option(
      "--judgements <kind:file>",
      "people's judgements of pairs, expert:FILE or crowd:FILE; may be repeated",
      collect,
    )
    .option("--json", "print JSON, with every measure");
  return withPairFlags(withTowersFlags(command)).action((pairs: string, flags: Flags) => evaluate(pairs, flags, open));
}

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function evaluate(pairs: string, flags: Flags, open?: OpenTowers): Promise<void> {
  const { run, gap, json: asJson } = flags;
  const which = whichTowers(flags);
  if (gap !== undefined && !/\.svg$/i.test(gap))
    throw new UserError(`--gap ${gap}: the drawing is an SVG; give a file that ends in .svg.`);
  const judged = await Promise.all((flags.judgements ?? []).map(judgements));
  const trained: PlainObject =
    run !== undefined && existsSync(join(run, "run.json")) ? (await load(run)).configuration : {};
  const read = await drawnIcons(pairs, await openPairs(pairs, pairOptions(flags)));
  const set = (flags.tags ?? trained.tags) === true ? withJoinedCaptions(read) : read;
  say(set.description);
  const evaluation = await withTowers(
    flags,
    (towers, progress) => evaluatePairs(towers, set, { judgements: judged, progress, say }),
    open,
  );
  const before = "method" in trained ? await beforeTraining(run!, set) : undefined;
  const found = json({
    model: which,
    data: pairs,
    damaged: set.damaged,
    ...measures(evaluation),
    ...(before && { untrained: measures(before) }),
  });
  if (run !== undefined) await writeFileAtomic(join(run, "evaluation.json"), Buffer.from(found));
  const rows = [{ name: which, evaluation }, ...(before ? [{ name: "untrained", evaluation: before }] : [])];
  process.stdout.write(asJson ? found : evaluationText(rows));
  if (gap !== undefined)
    await writeFileAtomic(gap, Buffer.from(drawModalityGap(evaluation.gap, { title: `${which}: ${set.name}` })));
}

/** What the towers measured before they were trained together; undefined, and the reason told, where they are not to be had any more. */
async function beforeTraining(run: string, set: PairSet): Promise<PairEvaluation | undefined> {
  const captions = () => set.items.flatMap((item) => item.captions);
  try {
    return await withTowers(
      { run },
      (towers, progress) =>
        evaluatePairs(towers, set, { progress: (done, total, label) => progress(done, total, `untrained: ${label}`) }),
      (dir) => untrainedTowers(dir, captions),
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    say(`The untrained towers are left out: ${error.message}`);
    return undefined;
  }
}

/** All but the points of the drawing. */
function measures({ gap: { points: _, ...gap }, ...rest }: PairEvaluation) {
  return { ...rest, gap };
}
