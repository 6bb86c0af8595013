import { outputOf } from "./outputOf.ts";

/** Runs a program that prints one value as JSON, and returns it. Throws where it fails, or prints anything else. */
export async function jsonOf<T>(
  command: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv } = {},
): Promise<T> {
  return JSON.parse(await outputOf(command, options)) as T;
}
