import { UserError } from "@nearfar/formats";

/** What the columns of a table of pairs are, by their names. */
export interface PairColumns {
  readonly path: string;
  readonly captions: readonly string[];
  readonly concept?: string | undefined;
}

/** Names, lower-case, of a picture's path; the first that is there counts. */
const pathNames = ["image", "image_path", "path", "file", "file_name", "filename", "filepath", "image_file", "img"];

/** Names of captions: all columns of the first of these that fits any. */
const captionNames = [
  /^captions?_?\d*$/,
  /^texts?_?\d*$/,
  /^titles?_?\d*$/,
  /^sentences?_?\d*$/,
  /^c_?\d+$/,
  /^labels?_?\d*$/,
];

/**
 * What each column is: by `given`, and what that does not say by its name in any case of letters.
 * Columns among which there is no path or no caption are a `UserError` that says how to name them.
 */
export function pairColumns(file: string, columns: readonly string[], given: Partial<PairColumns> = {}): PairColumns {
  const named = (name: string) => columns.find((column) => column.toLowerCase() === name);
  const path = given.path ?? pathNames.map(named).find((column) => column !== undefined);
  const concept = given.concept ?? named("concept");
  const rest = columns.filter((column) => column !== path && column !== concept);
  const captions =
    given.captions ??
    captionNames
      .map((pattern) => rest.filter((column) => pattern.test(column.toLowerCase())))
      .find((found) => found.length > 0);
  if (path === undefined || captions === undefined || captions.length === 0)
    throw new UserError(
      `${file}: no column ${path === undefined ? "is a picture's path" : "holds captions"}; it has ${columns
        .slice(0, 20)
        .map((column) => `"${column.slice(0, 60)}"`)
        .join(", ")}. Name them "image" and "caption", or say which are: columns { path, captions }.`,
    );
  return { path, captions, concept };
}
