import { writeFile } from "node:fs/promises";
import { key } from "@nearfar/random";
import { conversation } from "../conversation.ts";
import { median } from "../median.ts";
import type { Measurement } from "../measurement.ts";
import { outputOf } from "../outputOf.ts";
import { peersEnvironment, releases } from "../peers/environment.ts";
import { ratioOfMedians } from "../ratioOfMedians.ts";
import { takeTurns } from "../takeTurns.ts";
import { typescript } from "../typescript.ts";
import { verdict } from "../verdict.ts";
import { dataSets } from "./dataSets.ts";
import { miniLm } from "../miniLm.ts";
import { workFile } from "../workFile.ts";

const PAIRS = 24;

/** The unsupervised SimCSE step of all-MiniLM-L6-v2 beside sentence-transformers', on the same sentences in the same order. */
export const simcse: Measurement = {
  benchmark: "text",
  slice: "simcse",
  measure: async ({ quick }) => {
    const { command, env } = peersEnvironment(dataSets.sentences);
    const sentences = workFile("simcse-sentences.json");
    await writeFile(sentences, await outputOf(command("sentences.py", `${64 * (PAIRS + 8)}`), { env }));
    const ours = await conversation<{ engine: string; params: number }, { ms: number }>(
      typescript("text/simcseServer.ts", [miniLm(), sentences]),
    );
    const theirs = await conversation<{ torch: string; params: number }, { ms: number }>(
      command("simcse_step_server.py"),
      { env },
    );
    try {
      if (ours.hello.params !== theirs.hello.params)
        throw new Error(
          `simcse: both nets have the same weights; got ${ours.hello.params} and ${theirs.hello.params}.`,
        );
      const sides = { ours: () => ours.ask("1"), peer: () => theirs.ask("1") };
      const times = await takeTurns(sides, quick ? 3 : PAIRS);
      const ratio = ratioOfMedians(key(0), times.ours, times.peer);
      const row = {
        what: `SimCSE step, all-MiniLM-L6-v2, 64 sentences of at most 32 tokens, dropout, AdamW, tokenising included (${times.ours.length} pairs)`,
        ours: `${median(times.ours).toFixed(0)} ms`,
        peer: `sentence-transformers ${median(times.peer).toFixed(0)} ms`,
        ratio,
        target: "ratio <= 1.2",
        reached: verdict(ratio, { atMost: 1.2 }),
      };
      const versions = { torch: theirs.hello.torch, "sentence-transformers": releases["sentence-transformers"] };
      return { rows: [row], versions: { tensorflow: ours.hello.engine, ...versions }, samples: times };
    } finally {
      ours.close();
      theirs.close();
    }
  },
};
