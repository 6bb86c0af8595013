import { join } from "node:path";

/** Where the checkpoint of a step lies: `checkpoints/step-00001200.safetensors`. Without a step, their folder. */
export function checkpointPath(dir: string, step?: number): string {
  const folder = join(dir, "checkpoints");
  return step === undefined ? folder : join(folder, `step-${String(step).padStart(8, "0")}.safetensors`);
}
