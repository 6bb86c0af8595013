import { checkReadable } from "./checkReadable.ts";

/** A picture that could not be read, and why. */
export interface UnreadableItem {
  readonly path: string;
  readonly reason: string;
}

/** Plain JSON for a run's report. */
export interface UnreadableReport {
  readonly tried: number;
  readonly unreadable: readonly UnreadableItem[];
}

export interface Unreadable {
  /** After each batch: how many pictures were tried, and those that failed. Throws UserError when too many have. */
  record(tried: number, failures: readonly UnreadableItem[]): void;
  report(): UnreadableReport;
}

/**
 * Counts the pictures of a run that cannot be read, each path once, and stops it past 10 %.
 *
 * `total` is the number of pictures in the set; the share is of the pictures tried so far, judged from the 20th on (or when all
 * were tried). `from` is the report of the run that this one resumes.
 */
export function unreadable(
  total: number,
  { from = { tried: 0, unreadable: [] } as UnreadableReport } = {},
): Unreadable {
  let tried = from.tried;
  const reasons = new Map(from.unreadable.map(({ path, reason }) => [path, reason]));
  const report = () => ({
    tried,
    unreadable: [...reasons].map(([path, reason]) => ({ path, reason })).sort((a, b) => (a.path < b.path ? -1 : 1)),
  });
  return {
    record(more, failures) {
      // An epoch tries every picture once, so that tries beyond the total are repeats.
      tried = Math.min(total, tried + more);
      for (const { path, reason } of failures) if (!reasons.has(path)) reasons.set(path, reason);
      if (tried >= Math.min(20, total)) checkReadable(report().unreadable, tried);
    },
    report,
  };
}
