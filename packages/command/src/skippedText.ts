/** Pictures that a training could not read and went on without: how many and the first three by path, in a line; undefined where there are none. */
export function skippedText(unreadable: readonly { readonly path: string }[]): string | undefined {
  if (unreadable.length === 0) return undefined;
  const some = unreadable.slice(0, NAMED).map(({ path }) => path);
  const more = unreadable.length > NAMED ? " ... (all in report.json)" : "";
  return `${unreadable.length} pictures could not be read and were skipped: ${some.join(", ")}${more}.`;
}

const NAMED = 3;
