/** A cell; numbers stand to the right. Give rounded ones as strings through `toFixed`: those stand to the right too. */
export type Cell = string | number;

/**
 * Rows as plain text under their names, aligned, a line each, the last with a newline.
 *
 * The columns are the names of all rows, in the order of their first use; a cell that a row lacks stays empty.
 */
export function table(rows: readonly Readonly<Record<string, Cell | undefined>>[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => {
    const cells = rows.map((row) => String(row[name] ?? ""));
    const width = Math.max(name.length, ...cells.map((cell) => cell.length));
    const right = cells.every((cell) => /^-?[\d.,]*\s?%?$/.test(cell));
    return [name, ...cells].map((cell) => (right ? cell.padStart(width) : cell.padEnd(width)));
  });
  const lines = [names, ...rows].map((_, i) =>
    columns
      .map((column) => column[i]!)
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
