import { cpus } from "node:os";
import { setTimeout } from "node:timers/promises";

/**
 * The share of all cores that is in use, from 0 to 1, while this program waits: that of other programs.
 *
 * A peer whose threads wait for each other by turning, as OpenMP's do, takes several times as long on a machine that is not its own.
 */
export async function busyShare({ milliseconds = 1000 } = {}): Promise<number> {
  const before = total();
  await setTimeout(milliseconds);
  const after = total();
  return 1 - (after.idle - before.idle) / Math.max(1, after.all - before.all);
}

function total(): { idle: number; all: number } {
  const times = cpus().map(({ times }) => times);
  const idle = times.reduce((sum, one) => sum + one.idle, 0);
  return { idle, all: times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0) };
}
