import { UserError } from "@nearfar/formats";
import { tf, tree, type Params } from "@nearfar/tensor";
import type { Checkpoint } from "./checkpoint.ts";
import { checkpointSteps } from "./checkpointSteps.ts";
import { lastGoodCheckpoint } from "./lastGoodCheckpoint.ts";
import { readCheckpoint, type StoredCheckpoint } from "./readCheckpoint.ts";
import type { Run } from "./run.ts";

export interface LoadCheckpointOptions {
  /** The newest if absent. */
  step?: number;
}

/**
 * Reads a checkpoint and puts its tensors on the engine, in the order in which their trees were built; the caller owns them.
 *
 * A file that is cut, changed or missing is a `UserError` that names it, says what is wrong, and which earlier one is
 * good and how to go on from that; so is a run without checkpoints.
 */
export async function loadCheckpoint(run: Pick<Run, "dir">, { step }: LoadCheckpointOptions = {}): Promise<Checkpoint> {
  const steps = await checkpointSteps(run);
  const wanted = step ?? steps.at(-1);
  if (wanted === undefined) throw new UserError(`${run.dir}: no checkpoint yet. Train it further before it is used.`);
  if (!steps.includes(wanted))
    throw new UserError(`${run.dir}: no checkpoint of step ${wanted}. There are: ${steps.join(", ") || "none"}.`);
  return onEngine(await readCheckpoint(run, wanted).catch((error: unknown) => withAdvice(run, wanted, error)));
}

async function withAdvice(run: Pick<Run, "dir">, step: number, error: unknown): Promise<never> {
  if (!(error instanceof UserError)) throw error;
  const good = await lastGoodCheckpoint(run, { before: step });
  const advice =
    good === undefined
      ? "No earlier checkpoint is good: train again, in another folder."
      : `The checkpoint of step ${good} is good: delete this file to go on from there.`;
  throw new UserError(`${error.message.replace(/\.?$/, ".")} ${advice}`);
}

function onEngine({ step, tensors, paths, plain }: StoredCheckpoint): Checkpoint {
  const made = paths.leaves.map((path) => {
    const { data, shape, dtype } = tensors.get(path)!;
    return [path, tf.tensor(data as Float32Array | Int32Array | Uint8Array, [...shape], types[dtype])] as const;
  });
  const trees = tree(made) as Record<string, Params>;
  for (const path of paths.bare) addBranch(trees, path.split("."));
  return { step, trees, plain };
}

const types: Readonly<Record<string, "float32" | "int32" | "bool">> = { F32: "float32", I32: "int32", BOOL: "bool" };

function addBranch(root: object, names: readonly string[]): void {
  let branch = root as Record<string, object>;
  for (const name of names) branch = (branch[name] ??= Object.create(null) as object) as Record<string, object>;
}
