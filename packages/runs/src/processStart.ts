import { readFile } from "node:fs/promises";

/**
 * A text that no other process has had: when process `pid` started, in ticks since a boot of a known name.
 *
 * A pid alone does not do: in a container a restarted program often gets the pid of the one that died. Undefined where
 * there is no such process, or no `/proc` (macOS, Windows). Field 22 of `/proc/<pid>/stat`: proc(5).
 */
export async function processStart(pid: number): Promise<string | undefined> {
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    const fields = await readFile(`/proc/${pid}/stat`, "utf8");
    const afterName = fields.slice(fields.lastIndexOf(")") + 2).split(" "); // the name may hold blanks and parentheses
    return `${boot.trim()} ${afterName[22 - 3]}`;
  } catch {
    return undefined;
  }
}
