/** What a flag says, once read; undefined where it was not given. */
export function ifGiven<T>(flag: string | undefined, parse: (value: string) => T): T | undefined {
  return flag === undefined ? undefined : parse(flag);
}
