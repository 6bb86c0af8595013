import { nearfar, type Ended } from "./nearfar.ts";

/** Runs `nearfar`, which must exit with 0: what it said on stderr is the failure otherwise. */
export async function succeed(...args: (string | number)[]): Promise<Ended> {
  const ended = await nearfar(args);
  if (ended.code !== 0) throw new Error(`nearfar ${args.join(" ")}: exit code ${ended.code}\n${ended.stderr}`);
  return ended;
}
