import { UserError } from "@nearfar/formats";

/** Queries, of which there is at least one, and none is blank; else a `UserError`. */
export function checkedQueries(queries: readonly string[]): readonly string[] {
  if (queries.length === 0) throw new UserError('What is searched? Give --query "..." once or more.');
  if (queries.some((query) => query.trim() === ""))
    throw new UserError("--query: a text was expected; got a blank one.");
  return queries;
}
