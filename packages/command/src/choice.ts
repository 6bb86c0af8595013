import { UserError } from "@nearfar/formats";
import { nearest } from "./nearest.ts";

/**
 * `value` if it is one of `names`; else a `UserError`: `unknown method "simcrl"; nearest: "simclr". Known: "moco", "simclr".`
 *
 * `what` is the word for it: method, encoder, configuration.
 */
export function choice<Name extends string>(what: string, value: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  const near = nearest(value, names);
  const known = names.map((name) => JSON.stringify(name)).join(", ");
  throw new UserError(
    `unknown ${what} ${JSON.stringify(value)}${near === undefined ? "" : `; nearest: "${near}"`}. Known: ${known}.`,
  );
}
