import { spawn } from "node:child_process";
import { endWithUs } from "./endWithUs.ts";

/** Runs a program to its end and returns what it printed; its stderr is ours. Throws where it fails. */
export async function outputOf(
  [command, ...args]: readonly string[],
  { env = process.env }: { readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const child = spawn(command!, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  endWithUs(child);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (output += piece));
  const end = await new Promise<number | string>((resolve, reject) =>
    child.on("error", reject).on("close", (code, signal) => resolve(code ?? signal!)),
  );
  if (end !== 0) throw new Error(`${command} ${args.join(" ")}: ended with ${end}.`);
  return output;
}
