import { choice } from "@nearfar/command";
import type { OpenPairsOptions } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import type { PairFlags } from "./withPairFlags.ts";

/** What the flags of `withPairFlags` say to `openPairs`; a malformed flag is a `UserError`. */
export function pairOptions({ images, column = [], where = [], header = true }: PairFlags): OpenPairsOptions {
  const named: { role: "path" | "caption" | "concept"; name: string }[] = column.map((flag) => {
    const [role, name] = split("--column", flag);
    return { role: choice("role", role, ["path", "caption", "concept"]), name };
  });
  const of = (wanted: string) => named.filter(({ role }) => role === wanted).map(({ name }) => name);
  const [path, captions, concept] = [of("path").at(-1), of("caption"), of("concept").at(-1)];
  return {
    ...(images !== undefined && { images }),
    columns: {
      ...(path !== undefined && { path }),
      ...(captions.length > 0 && { captions }),
      ...(concept !== undefined && { concept }),
    },
    where: Object.fromEntries(where.map((flag) => split("--where", flag))),
    header,
    warn: (line) => void process.stderr.write(`${line}\n`),
  };
}

function split(flag: string, value: string): [string, string] {
  const at = value.indexOf("=");
  if (at < 1) throw new UserError(`${flag}: NAME=VALUE was expected; got ${JSON.stringify(value)}.`);
  return [value.slice(0, at), value.slice(at + 1)];
}
