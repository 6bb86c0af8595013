import { join } from "node:path";
import { UserError } from "@nearfar/formats";
import type { Encoder } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import { load, loadCheckpoint } from "@nearfar/runs";
import { leaves, tf, type Params } from "@nearfar/tensor";
import { assemble } from "./assemble.ts";
import { checkedSettings } from "./checkedSettings.ts";

/**
 * The encoder of a run: its trained weights, and those that it began with. The caller owns both.
 *
 * Throws UserError for a folder that is no run, a damaged checkpoint, and weights that are not of the encoder that `run.json` names.
 */
export async function loadEncoder(
  dir: string,
): Promise<{ encoder: Encoder; trained: Params; untrained: Params; size: number }> {
  const { configuration } = await load(dir);
  const settings = checkedSettings(configuration, join(dir, "run.json"));
  const { trees } = await loadCheckpoint({ dir });
  const { encoder, method } = assemble(settings);
  const { encoder: trained, ...rest } = (trees.params ?? {}) as Record<string, Params>;
  const { encoder: untrained, ...head } = method.init(key(settings.seed).fold("init")).params as Record<string, Params>;
  tf.dispose([rest, head, trees.state, trees.slots] as never);
  if (shapes(trained) !== shapes(untrained))
    throw new UserError(
      `${dir}: the weights of its last checkpoint are not those of a ${settings.encoder}, which its run.json names. Was one of them copied from another run?`,
    );
  return { encoder, trained: trained!, untrained: untrained!, size: settings.size };
}

/** The paths and shapes of all weights, as one comparable text. */
function shapes(params: Params | undefined): string {
  return params === undefined
    ? ""
    : JSON.stringify([...leaves(params)].map(([path, { shape, dtype }]) => [path, shape, dtype]).sort());
}
