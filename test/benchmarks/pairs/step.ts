import { writeFile } from "node:fs/promises";
import { key } from "@nearfar/random";
import { conversation } from "../conversation.ts";
import { median } from "../median.ts";
import type { Measurement } from "../measurement.ts";
import { peersEnvironment, releases } from "../peers/environment.ts";
import { ratioOfMedians } from "../ratioOfMedians.ts";
import { takeTurns } from "../takeTurns.ts";
import { typescript } from "../typescript.ts";
import { verdict } from "../verdict.ts";
import { workFile } from "../workFile.ts";

/** The two-tower step beside open_clip's, the same nets on the same captions: two programs stay up and take turns. */
export const step: readonly Measurement[] = (["vit", "conv"] as const).map((tower) => ({
  benchmark: "pairs",
  slice: `step-${tower}`,
  measure: async ({ quick }) => {
    const { command, env } = peersEnvironment("flickr8k");
    const theirs = await conversation<
      { torch: string; params: number; tokens: readonly (readonly number[])[] },
      { ms: number }
    >(command("clip_step_server.py", "--tower", tower), { env });
    const tokens = workFile("clip-tokens.json");
    await writeFile(tokens, JSON.stringify(theirs.hello.tokens));
    const ours = await conversation<{ engine: string; params: number }, { ms: number }>(
      typescript("pairs/stepServer.ts", [tower, tokens]),
    );
    try {
      if (ours.hello.params !== theirs.hello.params)
        throw new Error(`pairs: both nets have the same weights; got ${ours.hello.params} and ${theirs.hello.params}.`);
      const times = await takeTurns({ ours: () => ours.ask("1"), peer: () => theirs.ask("1") }, quick ? 3 : 24);
      const ratio = ratioOfMedians(key(0), times.ours, times.peer);
      const row = {
        what: `Two-tower step, ${tower} and open_clip's text transformer, 64 pictures of 64 px, AdamW (${times.ours.length} pairs)`,
        ours: `${median(times.ours).toFixed(0)} ms`,
        peer: `open_clip ${median(times.peer).toFixed(0)} ms`,
        ratio,
        target: "ratio <= 1.2",
        reached: verdict(ratio, { atMost: 1.2 }),
      };
      const versions = { torch: theirs.hello.torch, open_clip: releases.open_clip_torch };
      return { rows: [row], versions: { tensorflow: ours.hello.engine, ...versions }, samples: times };
    } finally {
      ours.close();
      theirs.close();
    }
  },
}));
