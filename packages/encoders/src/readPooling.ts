import { UserError } from "@nearfar/formats";
import type { Pooling } from "./pool.ts";
import { poolingFlags } from "./poolingFlags.ts";
import { readJsonObject } from "./readJsonObject.ts";

/**
 * The way of pooling that a `1_Pooling/config.json` states: by flags, `pooling_mode_mean_tokens`, ..., or by name as since sentence-transformers 6.
 *
 * None is the mean, as there. Several at once, which concatenate, and a width that is not the encoder's are a `UserError`.
 */
export async function readPooling(file: string, width: number): Promise<Pooling> {
  const json = await readJsonObject(file);
  const stated = json.word_embedding_dimension ?? json.embedding_dimension ?? width;
  if (stated !== width)
    throw new UserError(`${file}: it pools states of width ${JSON.stringify(stated)}, and the encoder's is ${width}`);
  const modes = named(json.pooling_mode) ?? Object.keys(poolingFlags).filter((flag) => json[flag] === true);
  const kinds = modes.map((mode) => poolingFlags[mode] ?? poolingNames[mode] ?? "");
  if (kinds.length > 1 || kinds[0] === "")
    throw new UserError(
      `${file}: one way of pooling of ${Object.keys(poolingNames).join(", ")} is supported; got ${modes.join(", ").slice(0, 200)}`,
    );
  return (kinds[0] as Pooling | undefined) ?? "mean";
}

const named = (mode: unknown) => (mode === undefined ? undefined : [mode].flat().map(String));

const poolingNames: Readonly<Record<string, Pooling>> = {
  cls: "cls",
  mean: "mean",
  max: "max",
  mean_sqrt_len_tokens: "mean-sqrt-len",
  weightedmean: "weighted-mean",
  lasttoken: "last",
};
