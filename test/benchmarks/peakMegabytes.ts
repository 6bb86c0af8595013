import { existsSync, readFileSync } from "node:fs";

/**
 * The most memory that this process has held so far, in MB of 10^6 bytes.
 *
 * On Linux VmHWM: getrusage's figure begins at the size of the process that started this one.
 */
export function peakMegabytes(): number {
  const status = "/proc/self/status";
  const peak = existsSync(status) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, "utf8"))?.[1] : undefined;
  return (Number(peak ?? process.resourceUsage().maxRSS) * 1024) / 1e6;
}
