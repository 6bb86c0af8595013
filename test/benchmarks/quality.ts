import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Evaluation } from "@nearfar/image-pretraining";
import { readReport } from "@nearfar/runs";
import { loadEngine } from "@nearfar/tensor";
import { cacheFolder } from "@nearfar/tensor/setup";
import { cifar10 } from "./cifar10.ts";
import { dataFolder } from "./dataFolder.ts";
import { jsonOf } from "./jsonOf.ts";
import type { Measured, Measurement, Row } from "./measurement.ts";
import { outputOf } from "./outputOf.ts";
import { peersEnvironment, releases } from "./peers/environment.ts";
import { provenance } from "./provenance.ts";
import { typescript } from "./typescript.ts";

/** lightly 1.6.0 with the same net, pictures and ten minutes on two cores (peers/simclr_quality.py, seed 0), on another day. */
const recorded = { knn: 47.98, linear: 55.05, pictures: 189_696 } as const;
const BATCH = 128;

/** What is learned on CIFAR-10 by the small net: in ten minutes, and from as many pictures as lightly saw in its ten. */
export const quality: readonly Measurement[] = [
  {
    benchmark: "quality",
    slice: "budget",
    measure: async ({ quick }) => {
      const length = quick ? ["--budget", "5s"] : ["--budget", "600s"];
      const { seconds, seen, evaluation } = await trainAndEvaluate("budget", 0, { length, quick });
      const what = `convnet on CIFAR-10, ${seconds.toFixed(0)} s on two cores, ${seen} pictures seen${tested(quick)}`;
      const target = { target: `> ${recorded.knn}`, reached: knnOf(evaluation) > recorded.knn ? "yes" : "no" } as const;
      return measured(evaluation, what, target, ["untrained", "raw pixels"]);
    },
  },
  ...[0, 1, 2].map((seed): Measurement => ({
    benchmark: "quality",
    slice: `seed${seed}`,
    measure: async ({ quick }) => {
      const steps = quick ? 20 : recorded.pictures / BATCH;
      const { seen, evaluation } = await trainAndEvaluate(`seed${seed}`, seed, {
        length: ["--steps", `${steps}`],
        quick,
      });
      const what = `convnet on CIFAR-10, ${seen} pictures seen (${steps} steps of ${BATCH}), seed ${seed}${tested(quick)}`;
      const least = recorded.knn - 1;
      return measured(evaluation, what, {
        target: `>= ${least.toFixed(2)}`,
        reached: knnOf(evaluation) >= least ? "yes" : "no",
      });
    },
  })),
  { benchmark: "quality", slice: "peer", measure: ({ quick }) => lightly(quick) },
];

interface Training {
  readonly length: readonly string[];
  readonly quick: boolean;
}

/** As a user would: `nearfar image train`, then `nearfar image evaluate`. A training that was interrupted goes on where it was. */
async function trainAndEvaluate(name: string, seed: number, { length, quick }: Training) {
  const archive = join(dataFolder(cifar10), cifar10);
  const of = `${name}-${provenance().commit.replaceAll(" ", "-")}${quick ? "-quick" : ""}`; // never another source's training
  const run = join(cacheFolder(), "benchmarks", `quality-${of}`);
  const nearfar = (...args: string[]) => typescript("../../apps/nearfar/src/main.ts", ["image", ...args]);
  const trained = () => existsSync(join(run, "report.json")); // written at a training's end
  // Ten minutes in two pieces are not ten minutes; and a quick trial begins anew.
  if (quick || (name === "budget" && !trained())) await rm(run, { recursive: true, force: true });
  const from = ["train", `${archive}#train`, "--run", run, "--resume", "--config", "small"];
  if (!trained()) await outputOf(nearfar(...from, "--seed", `${seed}`, ...length));
  const { seconds, seen } = (await readReport({ dir: run })) as unknown as { seconds: number; seen: number };
  const parts = ["--train", `${archive}#${quick ? "test" : "train"}`, "--test", `${archive}#test`];
  const evaluation = await jsonOf<Evaluation>(nearfar("evaluate", "--run", run, ...parts, "--json"));
  await rm(run, { recursive: true, force: true }); // measured: the next time it is trained anew
  return { seconds, seen, evaluation };
}

/** Evaluating all pictures takes minutes: a trial learns the classes from the 10,000 that it then asks for. */
const tested = (quick: boolean) => (quick ? " (classes from the test pictures themselves)" : "");
const percent = (share: number) => (100 * share).toFixed(2);
const accuracies = ({ knn, linear }: { knn: number; linear: number }) =>
  `k-NN ${percent(knn)}, linear ${percent(linear)}`;
const find = ({ rows }: Evaluation, name: string) => rows.find(({ representation }) => representation === name)!;
const knnOf = (evaluation: Evaluation) => 100 * find(evaluation, "trained").knn;

function measured(
  evaluation: Evaluation,
  what: string,
  target: Pick<Row, "target" | "reached">,
  baselines: readonly Evaluation["rows"][number]["representation"][] = [],
): Measured {
  const trained = find(evaluation, "trained");
  const peer = `lightly k-NN ${recorded.knn}, linear ${recorded.linear} (recorded)`;
  return {
    rows: [
      {
        what: `${what}: k-NN, linear probe`,
        ours: accuracies(trained),
        peer,
        ...target,
        target: `k-NN ${target.target}`,
      },
      ...baselines.map((name) => ({ what: `the same evaluation: ${name}`, ours: accuracies(find(evaluation, name)) })),
    ],
    versions: { tensorflow: loadEngine().version },
  };
}

/** The peer's own program on this machine, in one go. */
async function lightly(quick: boolean): Promise<Measured> {
  const { command, env } = peersEnvironment(cifar10);
  const checkpoint = join(env.PEERS_CACHE!, "simclr-benchmark.pt");
  await rm(checkpoint, { force: true });
  const seconds = quick ? "5" : "600";
  const program = command("simclr_quality.py", "--budget", seconds, "--slice", seconds, "--ckpt", checkpoint);
  await outputOf(program, { env });
  const result = await jsonOf<{
    train_s: number;
    images_seen: number;
    knn_top1: number;
    linear_top1: number;
    torch: string;
  }>([...program, "--eval"], { env });
  const what = `convnet on CIFAR-10, ${result.train_s.toFixed(0)} s on two cores, ${result.images_seen} pictures seen: lightly on this machine`;
  const peer = `lightly ${accuracies({ knn: result.knn_top1, linear: result.linear_top1 })}`;
  return { rows: [{ what, peer }], versions: { torch: result.torch, lightly: releases.lightly } };
}
