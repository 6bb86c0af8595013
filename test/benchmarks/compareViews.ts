import { spawnSync } from "node:child_process";
import { key } from "@nearfar/random";
import { cifar10 } from "./cifar10.ts";
import { median } from "./median.ts";
import type { Measurement, Row } from "./measurement.ts";
import { peersEnvironment, releases } from "./peers/environment.ts";
import { ratioOfMedians } from "./ratioOfMedians.ts";
import { jsonOf } from "./jsonOf.ts";
import { Skipped } from "./skipped.ts";
import { typescript } from "./typescript.ts";
import { verdict } from "./verdict.ts";

interface Source {
  readonly source: "cifar" | "flickr";
  readonly archive: string;
  readonly what: string;
  /** How many times torchvision's rate is the target, where there is one. */
  readonly atLeast?: number;
}

/** SimCLR's views beside torchvision's and lightly's: one process on one core, each program in turn. */
export const compareViews: readonly Measurement[] = [
  viewsOf({ source: "cifar", archive: cifar10, what: "views of 32x32 (CIFAR-10)", atLeast: 2 }),
  viewsOf({
    source: "flickr",
    archive: "flickr8k/flickr8k-128px-jpg.tar.gz",
    what: "views of 96x96 with blur from 128 px JPEG, decoded for each pair (Flickr8k)",
  }),
];

interface Ours {
  readonly views_per_s: number;
  readonly views_per_s_first_epoch: number;
}

interface Theirs {
  readonly views_per_s: number;
  readonly torch: string;
}

function viewsOf({ source, archive, what, atLeast }: Source): Measurement {
  return {
    benchmark: "views",
    slice: source,
    measure: async ({ quick }) => {
      if (spawnSync("taskset", ["--version"]).status !== 0)
        throw new Skipped("one core is chosen with taskset, which is missing (Linux, package util-linux).");
      const { command, env } = peersEnvironment(archive);
      const flags = ["--source", source, "--seconds", quick ? "1.5" : "6"];
      const onOneCore = <T>(line: readonly string[]) => jsonOf<T>(["taskset", "-c", "0", ...line], { env });
      const rates = {
        first: [] as number[],
        later: [] as number[],
        torchvision: [] as number[],
        lightly: [] as number[],
      };
      let torch = "";
      const programs = [
        async () => {
          const rate = await onOneCore<Ours>(typescript("views.ts", flags));
          rates.first.push(rate.views_per_s_first_epoch);
          rates.later.push(rate.views_per_s);
        },
        async () => {
          const rate = await onOneCore<Theirs>(command("views.py", "--impl", "v2", ...flags));
          rates.torchvision.push(rate.views_per_s);
          torch = rate.torch;
        },
        async () => {
          const rate = await onOneCore<Theirs>(command("views.py", "--impl", "lightly", ...flags));
          rates.lightly.push(rate.views_per_s);
        },
      ];
      for (let round = 0; round < (quick ? 1 : 6); round++)
        for (const program of round % 2 ? programs : programs.toReversed()) await program();

      const row = (name: string, ours: "first" | "later", peer: "torchvision" | "lightly", bound?: number): Row => {
        const ratio = ratioOfMedians(key(0), rates[ours], rates[peer]);
        const rate = (which: keyof typeof rates) => `${median(rates[which]).toFixed(0)} views/s`;
        const figures = { what: `${what}${name}`, ours: rate(ours), peer: `${peer} ${rate(peer)}`, ratio };
        if (bound === undefined) return figures;
        return { ...figures, target: `ratio >= ${bound}`, reached: verdict(ratio, { atLeast: bound }) };
      };
      const rows =
        source === "flickr"
          ? [row("", "first", "torchvision"), row("", "first", "lightly")]
          : [
              row(", our decoding included", "first", "torchvision", atLeast),
              row(", our decoding included", "first", "lightly"),
              row(", decoded once as in training", "later", "torchvision", atLeast),
            ];
      return {
        rows,
        versions: { torch, torchvision: releases.torchvision, lightly: releases.lightly },
        samples: rates,
      };
    },
  };
}
