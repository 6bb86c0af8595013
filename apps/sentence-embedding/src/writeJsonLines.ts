import { UserError, writeFileAtomic } from "@nearfar/formats";

/**
 * Does the work and writes its rows to a `.jsonl` file, a line each, atomically; without a path it only does the work.
 *
 * The file is opened first, so that one that cannot be written is told before the work and not after it. Another ending is a `UserError`.
 */
export async function writeJsonLines<Result>(
  path: string | undefined,
  work: () => Promise<Result>,
  rows: (result: Result) => Iterable<unknown>,
): Promise<Result> {
  if (path === undefined) return work();
  if (!/\.(jsonl|ndjson)$/i.test(path))
    throw new UserError(`${path}: JSON Lines are written; give an --out that ends in .jsonl.`);
  let result: Result | undefined;
  await writeFileAtomic(path, async (handle) => {
    result = await work();
    let held = "";
    for (const row of rows(result)) {
      held += `${JSON.stringify(row)}\n`;
      if (held.length < 2 ** 20) continue;
      await handle.writeFile(held);
      held = "";
    }
    await handle.writeFile(held);
  });
  return result!;
}
