import { readSafetensorsFile, UserError, type NamedArray } from "@nearfar/formats";
import { checkpointFormat, type CheckpointPaths } from "./checkpointFormat.ts";
import { checkpointPath } from "./checkpointPath.ts";
import { checkPaths } from "./checkPaths.ts";
import { parseObject } from "./parseObject.ts";
import type { PlainObject } from "./plain.ts";
import type { Run } from "./run.ts";

/** A checkpoint as it lies in its file, checked; nothing of it is on the engine yet. */
export interface StoredCheckpoint {
  readonly step: number;
  readonly tensors: ReadonlyMap<string, NamedArray>;
  readonly paths: CheckpointPaths;
  readonly plain: PlainObject;
}

/** Reads and checks the checkpoint of a step. A file that is cut, changed or of another format is a `UserError` that names it. */
export async function readCheckpoint(run: Pick<Run, "dir">, step: number): Promise<StoredCheckpoint> {
  const file = checkpointPath(run.dir, step);
  const { tensors, metadata } = await readSafetensorsFile(file);
  const { format, step: told, paths, plain, sha256 } = metadata;
  if (format !== checkpointFormat.name)
    throw new UserError(
      `${file}: format "${checkpointFormat.name}" was expected; got ${JSON.stringify(format) ?? "none"}.`,
    );
  if (told === undefined || paths === undefined || plain === undefined)
    throw new UserError(`${file}: the metadata lacks step, paths or plain.`);
  if (checkpointFormat.digest(tensors, { format, step: told, paths, plain }) !== sha256)
    throw new UserError(`${file}: the content does not fit its sha256; it was changed or damaged.`);
  if (told !== String(step)) throw new UserError(`${file}: this is the checkpoint of step ${told}; was it renamed?`);
  for (const [name, { dtype }] of tensors)
    if (dtype !== "F32" && dtype !== "I32" && dtype !== "BOOL")
      throw new UserError(`${file}: tensors are F32, I32 or BOOL; got ${dtype} for ${JSON.stringify(name)}.`);
  return {
    step,
    tensors,
    paths: checkPaths(parseObject(paths, file), tensors, file),
    plain: parseObject(plain, file),
  };
}
