import { rm } from "node:fs/promises";
import { join } from "node:path";
import { progress, table, type Progress } from "@nearfar/command";
import type { ImageSet } from "@nearfar/data";
import type { Vectors } from "@nearfar/formats";
import { nearest } from "@nearfar/search";
import { writeFileAtomic, type Image } from "@nearfar/formats";
import { contactSheet } from "@nearfar/image-augmentation";
import { encodePictures, loadEncoder, trainPictures, type Network, type Settings } from "@nearfar/image-pretraining";
import { key, permutation } from "@nearfar/random";
import { loadEngine } from "@nearfar/tensor";
import { answers, type Answers } from "./answers.ts";
import { changedPictures } from "./changedPictures.ts";
import { demoSettings } from "./demoSettings.ts";
import { drawIcons } from "./drawIcons.ts";
import { pictureSet } from "./pictureSet.ts";
import { readIcons } from "./readIcons.ts";
import { side } from "./side.ts";
import { split } from "./split.ts";

/** Trains for some seconds on four fifths of the concepts, then asks about the others; writes a run and a sheet into `out`. */
export async function demo(seconds: number, out: string): Promise<void> {
  loadEngine();
  const icons = readIcons();
  say(`Drawing ${icons.length} emoji and icons of npm (once; then they come from the cache) ...`);
  const drawn = await drawIcons(icons);
  const setOf = (name: string, indices: readonly number[], pictures = indices.map((i) => drawn[i]!)) =>
    pictureSet(
      name,
      indices.map((i) => ({ path: `${icons[i]!.style}/${icons[i]!.concept}` })),
      pictures,
    );
  const { seen, unseen } = split(icons);
  const pictures = unseen.map((i) => drawn[i]!);
  const changed = changedPictures(pictures);

  say(
    `Training SimCLR on ${seen.length} of them for ${seconds} s; ${unseen.length}, of concepts never seen, are kept for the questions.`,
  );
  const run = join(out, "run");
  await rm(run, { recursive: true, force: true });
  const settings = demoSettings(seconds);
  await trainOn(setOf("seen", seen), run, settings);

  const { encoder, trained, untrained } = await loadEncoder(run);
  const networks: Record<string, Network | "pixels"> = {
    "raw pixels": "pixels",
    untrained: { encoder, params: untrained },
    SimCLR: { encoder, params: trained },
  };
  const rows: (Answers & { representation: string })[] = [];
  let neighbours: Int32Array = new Int32Array();
  for (const [representation, network] of Object.entries(networks)) {
    const of = async (set: ImageSet) =>
      centred(await encodePictures(set, network, { size: settings.size, workers: 0 }), network);
    const known = { vectors: await of(setOf("seen", seen)), icons: seen.map((i) => icons[i]!) };
    const asked = { vectors: await of(setOf("unseen", unseen)), icons: unseen.map((i) => icons[i]!) };
    const views = await of(setOf("changed", unseen, changed));
    rows.push({ representation, ...answers(known, asked, views) });
    neighbours = nearest(views, asked.vectors, NEAREST).indices;
  }
  process.stdout.write(
    `\n${unseen.length} pictures never seen, each cropped, flipped and recoloured: how often is it found again among all of them?\n\n`,
  );
  process.stdout.write(table(rows.map(shown)));
  const [raw, , learned] = rows.map(({ foundAgain1 }) => foundAgain1);
  process.stdout.write(`\nSimCLR finds ${(learned! / raw!).toFixed(1)} times as many as raw pixels do.\n`);

  const sheet = join(out, "sheet.png");
  const image = (data: Uint8Array): Image => ({ width: side, height: side, data });
  const queries = [...permutation(key(0).fold("sheet"), unseen.length).subarray(0, 8)];
  const sheetRows = queries.map((query) => {
    const found = neighbours.subarray(query * NEAREST, (query + 1) * NEAREST);
    return [image(changed[query]!), ...[...found].map((i) => image(pictures[i]!))];
  });
  const columnLabels = ["changed", "nearest", ...Array.from({ length: NEAREST - 1 }, (_, i) => String(i + 2))];
  await writeFileAtomic(sheet, await contactSheet(sheetRows, { columnLabels }));
  process.stdout.write(`Changed pictures and their ${NEAREST} nearest by SimCLR: ${sheet}\n`);
}

const NEAREST = 8;
const say = (line: string) => process.stderr.write(`${line}\n`);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const shown = ({
  representation,
  foundAgain1,
  foundAgain5,
  group,
  otherStyle,
}: Answers & { representation: string }) => ({
  representation,
  "found again @1": percent(foundAgain1),
  "@5": percent(foundAgain5),
  "group by k-NN": percent(group),
  "other style @1": percent(otherStyle),
});

async function trainOn(set: ImageSet, run: string, settings: Settings): Promise<void> {
  let bar: Progress | undefined;
  try {
    const report = await trainPictures({ set, unreadable: [] }, run, settings, {
      progress({ step, steps, loss, chance }) {
        bar ??= progress({ total: steps, label: "training", start: step });
        bar.update(step, `loss ${loss.toFixed(3)} (chance ${chance!.toFixed(3)})`);
      },
      warn: (line) => bar?.note(line),
    });
    bar?.stop();
    say(`${String(report.steps)} steps in ${Number(report.seconds).toFixed(0)} s.`);
  } finally {
    bar?.stop();
  }
}

/** Raw pixels are compared by what differs from the mean, or white paper would make all of them alike. */
function centred(vectors: Vectors, network: Network | "pixels"): Vectors {
  if (network !== "pixels") return vectors;
  const mean = vectors.data.reduce((sum, value) => sum + value, 0) / vectors.data.length;
  return { ...vectors, data: vectors.data.map((value) => value - mean) };
}
