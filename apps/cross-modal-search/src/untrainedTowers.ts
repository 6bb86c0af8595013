import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { key } from "@nearfar/random";
import { load, openTwoTowers, type TwoTowers } from "@nearfar/runs";
import { tf } from "@nearfar/tensor";
import { assemble } from "./assemble.ts";
import { checkedSettings } from "./checkedSettings.ts";
import { openImageStart } from "./openImageStart.ts";
import { openTextStart } from "./openTextStart.ts";
import { pairModel } from "./pairModel.ts";
import type { Settings } from "./settings.ts";

/**
 * The two towers of a run as its training began with them: new ones by its seed, others as their folders have them.
 *
 * A new static table weighs its words by how often they stand in `captions`. UserError where a folder that it started from is not there any
 * more.
 */
export async function untrainedTowers(dir: string, captions: () => Iterable<string>): Promise<TwoTowers> {
  const settings = checkedSettings((await load(dir)).configuration as unknown as Settings);
  const { lock, seed, dimensions } = settings;
  const towers = {
    image: await openImageStart(settings),
    text: await openTextStart(settings, { captions, tokenizer: join(dir, "tokenizer.json") }),
  };
  const { params, state } = assemble(settings, towers).method.init(key(seed).fold("init"));
  const locked = lock === "none" ? undefined : towers[lock].encoder.init(key(seed));
  const model = pairModel(towers, params, { dimensions, locked });
  const folder = await mkdtemp(join(tmpdir(), "nearfar-untrained-"));
  try {
    await model.write(folder);
    return await openTwoTowers(folder);
  } finally {
    model.dispose();
    tf.dispose([params, state, locked ?? {}] as never);
    await rm(folder, { recursive: true, force: true });
  }
}
