import { progress, type Progress } from "@nearfar/command";
import { openTwoTowers, type TwoTowers } from "@nearfar/runs";
import { loadEngine } from "@nearfar/tensor";
import { whichTowers, type WhichTowers } from "./whichTowers.ts";

/** Opens two towers by the path of a run or a model folder. */
export type OpenTowers = (path: string) => Promise<TwoTowers>;

/** Told how many of all are done, of what. */
export type TowersProgress = (done: number, total: number, label: string) => void;

/**
 * Opens the towers that the flags name, lends them to `use` with a bar for its progress on stderr, and frees them.
 *
 * Texts that were longer than the model takes are told once, at the end.
 */
export async function withTowers<Result>(
  which: WhichTowers,
  use: (towers: TwoTowers, progress: TowersProgress) => Promise<Result>,
  open: OpenTowers = openTwoTowers,
): Promise<Result> {
  const path = whichTowers(which);
  loadEngine();
  const towers = await open(path);
  let bar: Progress | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  try {
    const result = await use(towers, (done, total, label) => {
      bar ??= progress({ total, label });
      bar.update(done);
      if (done >= total) stop();
    });
    stop();
    if (towers.texts.truncated > 0)
      process.stderr.write(`${towers.texts.truncated} texts were longer than the model takes and were cut.\n`);
    return result;
  } finally {
    stop();
    towers.dispose();
  }
}
