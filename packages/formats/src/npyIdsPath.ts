/** Where the ids of the rows of an npy matrix lie: `vectors.npy` has `vectors.ids.jsonl`. */
export function npyIdsPath(path: string): string {
  return path.replace(/\.npy$/i, ".ids.jsonl");
}
