import { UserError } from "./userError.ts";

/** Where each of the columns stands among those of a file; one that is not there is a `UserError` that lists these. */
export function columnPlaces(path: string, columns: readonly string[], wanted: readonly string[]): number[] {
  return wanted.map((name) => {
    const place = columns.indexOf(name);
    if (place >= 0) return place;
    const listed = columns.slice(0, 20).map((column) => `"${column.slice(0, 60)}"`);
    throw new UserError(
      `${path}: no column "${name}"; it has ${listed.join(", ")}${columns.length > 20 ? ", ..." : ""}`,
    );
  });
}
