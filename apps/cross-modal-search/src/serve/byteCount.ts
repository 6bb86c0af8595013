import { UserError } from "@nearfar/formats";

/** A flag's value as bytes: `512kb`, `10mb`, `1gb`, or a plain number; a kilobyte is 1,000 bytes. Anything else is a `UserError`. */
export function byteCount(flag: string, text: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(kb|mb|gb)?$/i.exec(text.trim()) ?? [];
  const bytes = Math.floor(Number(number) * UNITS[unit.toLowerCase() as keyof typeof UNITS]);
  if (!(bytes >= 1 && bytes <= 2 ** 31 - 1))
    throw new UserError(`${flag}: a size from 1 byte to 2gb was expected, such as 10mb; got "${text}".`);
  return bytes;
}

const UNITS = { "": 1, kb: 1e3, mb: 1e6, gb: 1e9 } as const;
