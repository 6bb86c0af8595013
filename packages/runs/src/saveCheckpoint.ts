import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileError, writeSafetensorsFile, type NamedArray } from "@nearfar/formats";
import { leaves, tf, type Params } from "@nearfar/tensor";
import type { Checkpoint } from "./checkpoint.ts";
import { checkpointFormat, type CheckpointPaths } from "./checkpointFormat.ts";
import { checkpointPath } from "./checkpointPath.ts";
import { checkpointSteps } from "./checkpointSteps.ts";
import { exactJson } from "./exactJson.ts";
import type { OpenRun } from "./run.ts";

/**
 * Writes a checkpoint, whole or not at all, and returns its path; the one place that reads a run's tensors back from the engine.
 *
 * A leaf's name in the file is its path: `params.encoder.conv1.weight`. This checkpoint and the newest before it are
 * kept; older ones, and later ones (of a run that went on from an earlier step), are then removed.
 * Throws RangeError for a leaf that is not float32, int32 or bool, and for a plain number that is not finite.
 */
export async function saveCheckpoint(run: OpenRun, { step, trees, plain }: Checkpoint): Promise<string> {
  if (!Number.isSafeInteger(step) || step < 0)
    throw new RangeError(`saveCheckpoint: a step is a whole number from 0; got ${step}.`);
  const path = checkpointPath(run.dir, step);
  const tensors = arraysOf(trees);
  const paths: CheckpointPaths = { leaves: [...tensors.keys()], bare: bareBranches(trees) };
  const metadata = {
    format: checkpointFormat.name,
    step: String(step),
    paths: JSON.stringify(paths),
    plain: exactJson(plain, { what: path }),
  };
  const folder = checkpointPath(run.dir);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError(folder, error);
  });
  await writeSafetensorsFile(path, tensors, { ...metadata, sha256: checkpointFormat.digest(tensors, metadata) });
  await prune(run, step);
  return path;
}

const dtypes: Readonly<Record<string, NamedArray["dtype"]>> = { float32: "F32", int32: "I32", bool: "BOOL" };

function arraysOf(trees: Params): Map<string, NamedArray> {
  const arrays = new Map<string, NamedArray>();
  for (const [path, leaf] of leaves(trees)) {
    const dtype = dtypes[leaf.dtype];
    if (!dtype)
      throw new RangeError(`saveCheckpoint: leaves are float32, int32 or bool; got ${leaf.dtype} for "${path}".`);
    arrays.set(path, { shape: leaf.shape, dtype, data: leaf.dataSync() });
  }
  return arrays;
}

function bareBranches(branch: Params, prefix = ""): string[] {
  return Object.entries(branch).flatMap(([name, child]) => {
    if (child instanceof tf.Tensor) return [];
    const path = `${prefix}${name}`;
    return Object.keys(child).length === 0 ? [path] : bareBranches(child, `${path}.`);
  });
}

async function prune(run: OpenRun, step: number): Promise<void> {
  const steps = await checkpointSteps(run);
  const kept = steps.filter((other) => other <= step).slice(-2);
  for (const other of steps) if (!kept.includes(other)) await rm(checkpointPath(run.dir, other), { force: true });
  // Siblings of atomic writes whose process was killed: nobody but the holder of the lock writes here.
  const folder = checkpointPath(run.dir);
  for (const name of await readdir(folder)) if (/^\.step-.*\.tmp$/.test(name)) await rm(join(folder, name));
}
