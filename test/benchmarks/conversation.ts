import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { endWithUs } from "./endWithUs.ts";

/** A long-lived program that answers each line with a line of JSON. */
export interface Conversation<Hello, Answer> {
  /** What it said when it was ready. */
  readonly hello: Hello;
  ask(line: string): Promise<Answer>;
  close(): void;
}

/** Starts a program and waits until it says that it is ready; its errors go to stderr. Throws where it ends instead of answering. */
export async function conversation<Hello, Answer>(
  [command, ...args]: readonly string[],
  { env = process.env }: { readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Conversation<Hello, Answer>> {
  const child = spawn(command!, args, { env, stdio: ["pipe", "pipe", "inherit"] });
  endWithUs(child);
  const failed = new Promise<never>((_, reject) => child.on("error", reject));
  failed.catch(() => {}); // told by the next answer that is waited for
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done) throw new Error(`${command}: ended instead of answering.`);
    return JSON.parse(value);
  };
  const close = () => void child.stdin.end();
  const hello = (await next()) as Hello;
  return {
    hello,
    ask: (line) => {
      child.stdin.write(`${line}\n`);
      return next() as Promise<Answer>;
    },
    close,
  };
}
