import { UserError } from "@nearfar/formats";
import type { LabelledTexts } from "./taskData.ts";
import type { TaskRow } from "./taskRow.ts";

/**
 * The texts and classes of rows; `classes` numbers the labels, and learns new ones unless it is `closed`: then a label that is not in it is
 * a `UserError`.
 */
export function labelledTexts(
  rows: readonly TaskRow[],
  classes: Map<string, number>,
  { closed = false } = {},
): LabelledTexts {
  const labels = Int32Array.from(rows, (row) => {
    const label = row.text("label");
    const known = classes.get(label);
    if (known !== undefined) return known;
    if (closed) throw new UserError(`${row.at}: no training row has its label, ${JSON.stringify(label.slice(0, 60))}.`);
    classes.set(label, classes.size);
    return classes.size - 1;
  });
  return { texts: rows.map((row) => row.text("text")), labels };
}
