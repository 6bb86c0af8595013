import { key } from "@nearfar/random";
import { cifar10 } from "./cifar10.ts";
import { conversation } from "./conversation.ts";
import { median } from "./median.ts";
import type { Measurement } from "./measurement.ts";
import { peersEnvironment, releases } from "./peers/environment.ts";
import { ratioOfMedians } from "./ratioOfMedians.ts";
import { takeTurns } from "./takeTurns.ts";
import { typescript } from "./typescript.ts";
import { verdict } from "./verdict.ts";

interface Net {
  readonly net: "resnet18" | "convnet";
  /** Its name in the peers' programs. */
  readonly peer: "resnet18" | "small";
  /** Steps per turn: a turn takes some hundreds of milliseconds at least. */
  readonly stepsPerTurn: number;
  /** The ratio that is the target, where there is one. */
  readonly atMost?: number;
}

/** SimCLR's step beside lightly's: two programs stay up and take turns, the first of a pair alternating. */
export const step: readonly Measurement[] = [
  stepOf({ net: "resnet18", peer: "resnet18", stepsPerTurn: 1, atMost: 1.2 }),
  stepOf({ net: "convnet", peer: "small", stepsPerTurn: 10 }),
];

function stepOf({ net, peer, stepsPerTurn, atMost }: Net): Measurement {
  return {
    benchmark: "step",
    slice: net,
    measure: async ({ quick }) => {
      const { command, env } = peersEnvironment(cifar10);
      const ours = await conversation<{ engine: string; params: number }, { ms: number }>(
        typescript("stepServer.ts", [net]),
      );
      const theirs = await conversation<{ torch: string; params: number }, { ms: number }>(
        command("simclr_step_server.py", "--net", peer),
        { env },
      );
      try {
        if (ours.hello.params !== theirs.hello.params)
          throw new Error(
            `step: both nets have the same weights; got ${ours.hello.params} and ${theirs.hello.params}.`,
          );
        const steps = `${stepsPerTurn}`;
        const sides = { ours: () => ours.ask(steps), lightly: () => theirs.ask(steps) };
        const times = await takeTurns(sides, quick ? 3 : 24);
        const ratio = ratioOfMedians(key(0), times.ours, times.lightly);
        const target =
          atMost === undefined ? {} : { target: `ratio <= ${atMost}`, reached: verdict(ratio, { atMost }) };
        const row = {
          what: `SimCLR step, ${net}, 128 views of 32x32, SGD (${times.ours.length} pairs of ${stepsPerTurn})`,
          ours: `${median(times.ours).toFixed(1)} ms`,
          peer: `lightly ${median(times.lightly).toFixed(1)} ms`,
          ratio,
          ...target,
        };
        const versions = { tensorflow: ours.hello.engine, torch: theirs.hello.torch, lightly: releases.lightly };
        return { rows: [row], versions, samples: times };
      } finally {
        ours.close();
        theirs.close();
      }
    },
  };
}
