import { mkdir, rm } from "node:fs/promises";
import { progress, table, type Progress } from "@nearfar/command";
import { trainPairs, untrainedTowers } from "@nearfar/cross-modal-search";
import { takePairs, type IconItem, type PairSet } from "@nearfar/data";
import { writeFileAtomic } from "@nearfar/formats";
import { trainPictures } from "@nearfar/image-pretraining";
import { openTwoTowers, type TwoTowers } from "@nearfar/runs";
import { trainTexts } from "@nearfar/sentence-embedding";
import type { Answers } from "./answers.ts";
import { ask } from "./ask.ts";
import { foundAgain } from "./foundAgain.ts";
import { otherTags } from "./otherTags.ts";
import { plan, type Plan, type Seconds } from "./plan.ts";
import { share } from "./share.ts";
import { sheet } from "./sheet.ts";
import type { Split } from "./split.ts";
import { storyFolders } from "./storyFolders.ts";
import { verdict } from "./verdict.ts";

export interface DemoOptions {
  readonly seconds: Seconds;
  readonly out: string;
  /** Changes a plan before it is followed: smaller nets for tests. */
  readonly change?: (plan: Plan) => Plan;
  readonly workers?: number;
  /** Told line by line what is done, on stderr; and the result, on stdout. */
  readonly say?: (line: string) => void;
  readonly print?: (text: string) => void;
}

/**
 * The whole story: SimCLR for the pictures, SimCSE for their names and tags, CLIP to join them, and CLIP alone in the same time; then all are asked for
 * pictures that none of them saw. Writes the runs and a sheet into `out` and prints what was found.
 */
export async function demo(
  set: PairSet<IconItem>,
  { seen, concepts, families }: Split,
  { seconds, out, change = (plan) => plan, workers = 1, say = stderr, print = stdout }: DemoOptions,
): Promise<void> {
  const began = performance.now();
  const folders = storyFolders(out);
  const { simclr, simcse, joined, alone } = change(plan(seconds, folders));
  const training = takePairs(set, seen);
  const asked = { concepts: takePairs(set, concepts), families: takePairs(set, families) };
  const whole = seconds.simclr + seconds.simcse + seconds.clip;
  await rm(folders.joined, { recursive: true, force: true }); // what --serve looks for: from here on there is no finished story
  for (const folder of [folders.pictures, folders.texts, folders.alone])
    await rm(folder, { recursive: true, force: true });
  await mkdir(out, { recursive: true });

  say(`1. SimCLR teaches the tower of pictures, ${seconds.simclr} s: two changed views of a picture belong together.`);
  await shown("SimCLR", (hooks) =>
    trainPictures({ set: { ...training, labels: [] }, unreadable: [] }, folders.pictures, simclr, {
      ...hooks,
      workers,
    }),
  );
  const again = await foundAgain(folders.pictures, asked.concepts);
  say(
    `   Pictures never seen, changed and found again among ${concepts.length}: ${percent(again.trained)}; untrained ${percent(again.untrained)}.`,
  );

  say(
    `2. SimCSE's idea teaches the tower of texts, ${seconds.simcse} s: two parts of a picture's tags belong together.`,
  );
  await writeFileAtomic(folders.tags, Buffer.from(training.items.map(({ captions }) => line(captions)).join("")));
  await shown("SimCSE", (hooks) => trainTexts([folders.tags], folders.texts, simcse, hooks));
  say(
    `   Half of the tags of a picture never seen finds the other half, @10 among ${concepts.length}: ${percent(await otherTags(folders.texts, asked.concepts))}; chance ${percent(10 / concepts.length)}.`,
  );

  say(`3. CLIP joins the two, ${seconds.clip} s: a picture and its tags belong together.`);
  await shown("CLIP", (hooks) => trainPairs(training, folders.joined, joined, { ...hooks, workers }));

  say(`4. For comparison CLIP alone, from nothing, ${whole} s.`);
  await shown("CLIP alone", (hooks) => trainPairs(training, folders.alone, alone, { ...hooks, workers }));

  const captions = () => training.items.map((item) => item.captions.join(", "));
  const untrained = await answersOf(await untrainedTowers(folders.alone, captions), asked);
  const byClip = await answersOf(await openTwoTowers(folders.alone), asked);
  const byAll = await answersOf(await openTwoTowers(folders.joined), asked);
  const row = (which: string, { concepts, families }: Found) => ({
    "": which,
    "concepts never seen": percent(share(concepts.hits)),
    "families never seen": percent(share(families.hits)),
  });
  print(
    `\nrecall@10: do the name and tags of a picture find it, among ${concepts.length} of concepts and ${families.length} of families never seen?\n\n`,
  );
  print(
    table([
      {
        "": "chance",
        "concepts never seen": percent(10 / concepts.length),
        "families never seen": percent(10 / families.length),
      },
      row("untrained towers", untrained),
      row(`CLIP alone, ${whole} s`, byClip),
      row(`SimCLR ${seconds.simclr} s, SimCSE ${seconds.simcse} s, then CLIP ${seconds.clip} s`, byAll),
    ]),
  );
  print(`\nSimCLR and SimCSE first, against the same time for CLIP alone:\n`);
  for (const which of ["concepts", "families"] as const)
    print(`  ${which} never seen: ${verdict(byAll[which].hits, byClip[which].hits)}.\n`);
  await writeFileAtomic(folders.sheet, await sheet(asked.concepts, byAll.concepts));
  print(`\nQuestions and what they found, drawn by chance: ${folders.sheet}\n`);
  print(
    `${training.items.length} pictures to learn from; it took ${((performance.now() - began) / 60_000).toFixed(1)} minutes.\n`,
  );
}

type Found = Readonly<Record<"concepts" | "families", Answers>>;

async function answersOf(towers: TwoTowers, asked: Readonly<Record<keyof Found, PairSet<IconItem>>>): Promise<Found> {
  try {
    return { concepts: await ask(towers, asked.concepts), families: await ask(towers, asked.families) };
  } finally {
    towers.dispose();
  }
}

/** Shows how far a training is, and what warns of a collapse. */
async function shown(
  label: string,
  training: (hooks: { progress: (at: { step: number; steps: number; loss: number }) => void }) => Promise<unknown>,
): Promise<void> {
  let bar: Progress | undefined;
  try {
    await training({
      progress({ step, steps, loss }) {
        bar ??= progress({ total: steps, label: `   ${label}`, start: step });
        bar.update(step, `loss ${loss.toFixed(3)}`);
      },
    });
  } finally {
    bar?.stop();
  }
}

const line = (captions: readonly string[]) => `${captions.join(", ").replace(/\s+/g, " ")}\n`;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const stderr = (line: string) => void process.stderr.write(`${line}\n`);
const stdout = (text: string) => void process.stdout.write(text);
