import { UserError } from "@nearfar/formats";

const seconds = { s: 1, m: 60, h: 3600 } as const;

/** A flag's value as seconds: `90`, `90s`, `10m`, `1.5h`; anything else, and 0, is a `UserError` that names the flag. */
export function duration(flag: string, text: string): number {
  const parts = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(text);
  const value = parts ? Number(parts[1]) * seconds[(parts[2] || "s") as keyof typeof seconds] : NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UserError(`${flag}: a time such as 90s, 10m or 1.5h was expected; got ${JSON.stringify(text)}.`);
}
