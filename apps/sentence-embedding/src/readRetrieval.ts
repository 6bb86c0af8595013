import { existsSync } from "node:fs";
import { join } from "node:path";
import { openTable, UserError } from "@nearfar/formats";
import type { Task } from "./task.ts";
import type { TaskData } from "./taskData.ts";
import type { TaskRow } from "./taskRow.ts";
import { taskRows } from "./taskRows.ts";

/**
 * A folder in BEIR's layout: a document is its title and its text; the queries are those with judgements.
 *
 * Judgements lie in `qrels/SPLIT.tsv`, or in `qrels.tsv`, which may have a column "split"; the split is "test" unless the task says
 * another. A judgement of a query or document that is not there is a `UserError`.
 */
export async function readRetrieval({ files, where }: Task): Promise<TaskData> {
  const folder = files[0]!;
  const corpus = await openTable(fileIn(folder, ["corpus.jsonl"]));
  const titled = corpus.columns.includes("title");
  const documents = new Map<string, string>();
  for (const row of await taskRows(corpus, { id: "_id", ...(titled && { title: "title" }), text: "text" }))
    documents.set(unseen(documents, row), `${row.anyText("title")} ${row.anyText("text")}`.trim());
  const texts = new Map<string, string>();
  for (const row of await taskRows(await openTable(fileIn(folder, ["queries.jsonl"])), { id: "_id", text: "text" }))
    texts.set(unseen(texts, row), row.text("text"));
  const rows = await judgements(folder, where);
  const places = new Map([...documents.keys()].map((id, place) => [id, place]));
  const relevance = new Map<string, Map<number, number>>();
  for (const row of rows) {
    const [query, document] = [row.text("query-id"), row.text("corpus-id")];
    const place = places.get(document);
    if (!texts.has(query)) throw new UserError(`${row.at}: queries.jsonl has no query ${JSON.stringify(query)}.`);
    if (place === undefined)
      throw new UserError(`${row.at}: corpus.jsonl has no document ${JSON.stringify(document)}.`);
    if (!relevance.has(query)) relevance.set(query, new Map());
    relevance.get(query)!.set(place, row.number("score"));
  }
  return {
    type: "retrieval",
    queries: [...relevance.keys()].map((id) => texts.get(id)!),
    documents: [...documents.values()],
    relevance: [...relevance.values()],
  };
}

async function judgements(folder: string, where: Readonly<Record<string, string>>): Promise<TaskRow[]> {
  const { split = "test", ...others } = where;
  const ofSplit = join("qrels", `${split}.tsv`);
  const path = fileIn(folder, [ofSplit, "qrels.tsv"]);
  const table = await openTable(path);
  const columns = Object.fromEntries(["query-id", "corpus-id", "score"].map((name) => [name, name]));
  if (path.startsWith(join(folder, ofSplit))) return taskRows(table, columns, others);
  return taskRows(table, columns, table.columns.includes("split") ? { ...where, split } : where);
}

/** The first of these files that the folder has, gzipped or not. */
function fileIn(folder: string, names: readonly string[]): string {
  if (!existsSync(folder)) throw new UserError(`${folder}: there is no such folder; retrieval:FOLDER was expected.`);
  const paths = names.flatMap((name) => [join(folder, name), join(folder, `${name}.gz`)]);
  const found = paths.find((path) => existsSync(path));
  if (found === undefined)
    throw new UserError(
      `${folder}: retrieval reads BEIR's layout, corpus.jsonl, queries.jsonl and qrels.tsv (or qrels/test.tsv), gzipped or not; there is no ${names.join(" or ")}.`,
    );
  return found;
}

function unseen(known: ReadonlyMap<string, unknown>, row: TaskRow): string {
  const id = row.text("id");
  if (known.has(id)) throw new UserError(`${row.at}: the _id ${JSON.stringify(id)} stands there twice.`);
  return id;
}
