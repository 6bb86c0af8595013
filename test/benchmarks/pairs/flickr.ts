import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openPairs, readSource } from "@nearfar/data";
import type { CrossModalRetrieval } from "@nearfar/evaluation";
import { loadEngine } from "@nearfar/tensor";
import { dataFolder } from "../dataFolder.ts";
import { held } from "../held.ts";
import { jsonOf } from "../jsonOf.ts";
import type { Measured, Measurement } from "../measurement.ts";
import { miniLm } from "../miniLm.ts";
import { nearfar } from "../nearfar.ts";
import { points } from "../points.ts";
import { trained, type TrainingReport } from "../trained.ts";
import { workFile } from "../workFile.ts";

/** open_clip 3.3.0 from nothing on the same pictures and seconds (clip_peer.py), on another day: recall@10. */
const recorded = { imageToText: 10.8, textToImage: 11.3 } as const;

/** Flickr8k's official split in 270 s: from nothing, by way of own SimCLR and SimCSE runs, and with MiniLM locked. */
export const flickr: readonly Measurement[] = [
  {
    benchmark: "pairs",
    slice: "flickr",
    measure: async ({ quick }) =>
      trained("pairs", "flickr", [...training(), ...budget(quick ? 5 : 270)], (run, report) =>
        scored(run, { of: `from nothing, ${told(report)}`, least: 14 }),
      ),
  },
  {
    benchmark: "pairs",
    slice: "flickr-joined",
    measure: async ({ quick }) => {
      const { pictures, captions } = await trainingParts();
      const seconds = quick ? [4, 4, 4] : [60, 30, 180];
      const image = [pictures, "--encoder", "strided", "--size", "64", "--batch", "256", ...budget(seconds[0]!)];
      const text = [captions, "--init", "static", "--dimensions", "192", ...budget(seconds[1]!)];
      return trained("image", "flickr-joined", image, (imageRun, first) =>
        trained("text", "flickr-joined", text, (textRun, second) => {
          const towers = ["--config", "joined", "--image", imageRun, "--text", textRun];
          return trained("pairs", "flickr-joined", [...training(), ...towers, ...budget(seconds[2]!)], (run, third) => {
            const times = [first, second, third].map((report) => report.seconds.toFixed(0)).join(" + ");
            return scored(run, { of: `own SimCLR, own static sentences, then CLIP: ${times} s` });
          });
        }),
      );
    },
  },
  {
    benchmark: "pairs",
    slice: "flickr-lit",
    measure: async ({ quick }) => {
      const locked = ["--config", "lit", "--text", miniLm(), ...budget(quick ? 5 : 270)];
      return trained("pairs", "flickr-lit", [...training(), ...locked], (run, report) =>
        scored(run, { of: `all-MiniLM-L6-v2 locked as the tower of texts, ${told(report)}`, least: 17 }),
      );
    },
  },
];

const budget = (seconds: number): readonly string[] => ["--budget", `${seconds}s`];
const told = ({ seconds, seen }: TrainingReport) => `${seconds.toFixed(0)} s on two cores, ${seen} pairs seen`;

function data(): { table: string; images: string } {
  const folder = join(dataFolder("flickr8k"), "flickr8k");
  return { table: join(folder, "captions.tsv.gz"), images: join(folder, "flickr8k-128px-jpg.tar.gz") };
}

function training(): readonly string[] {
  const { table, images } = data();
  return [table, "--images", images, "--where", "split=train"];
}

async function scored(run: string, { of, least }: { of: string; least?: number }): Promise<Measured> {
  const { table, images } = data();
  const on = (split: string) =>
    jsonOf<{ retrieval: CrossModalRetrieval }>(
      nearfar("pairs", "evaluate", table, "--images", images, "--where", `split=${split}`, "--run", run, "--json"),
    );
  const [dev, test] = [await on("dev"), await on("test")];
  const row = (direction: "imageToText" | "textToImage", name: string) => {
    const { recall, medianRank } = test.retrieval[direction];
    const ten = recall["recall@10"]!;
    return {
      what: `Flickr8k test, ${name}, ${of}: recall@1, @5, @10`,
      ours: `${["recall@1", "recall@5", "recall@10"].map((k) => points(recall[k as "recall@1"]!)).join(", ")}; median rank ${medianRank}; dev @10 ${points(dev.retrieval[direction].recall["recall@10"]!)}`,
      peer: `open_clip from nothing ${recorded[direction]} @10 (recorded)`,
      ...(least !== undefined && held(`recall@10 >= ${least}`, 100 * ten >= least)),
    };
  };
  return {
    rows: [row("imageToText", "image to text"), row("textToImage", "text to image")],
    versions: { tensorflow: loadEngine().version },
  };
}

/** The training pictures as a folder, and their captions as a file of lines. */
async function trainingParts(): Promise<{ pictures: string; captions: string }> {
  const { table, images } = data();
  const { items, source } = await openPairs(table, { images, where: { split: "train" } });
  const [pictures, captions] = [workFile("flickr-train"), workFile("flickr-train.txt")];
  await mkdir(pictures, { recursive: true });
  for (const [i, { path }] of items.entries())
    await writeFile(join(pictures, path), (await readSource(source, i)) as Uint8Array);
  await writeFile(captions, items.flatMap((item) => item.captions).join("\n"));
  return { pictures, captions };
}
