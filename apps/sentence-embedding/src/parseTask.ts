import { choice } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import type { Task } from "./task.ts";
import { taskTypes } from "./taskTypes.ts";

/**
 * The task that a flag names: `TYPE:PATH`, of `classification` also `classification:TRAIN,TEST`; anything else is a `UserError`.
 *
 * - `sts:file` (sentence1, sentence2, score), `pairs:file` (sentence1, sentence2, label 0 or 1), `bitext:file` (sentence1, sentence2),
 *   `classification:file` (text, label, split) and `clustering:file` (text, label): tables that `openTable` reads;
 * - `retrieval:folder`: BEIR's layout, `corpus.jsonl`, `queries.jsonl` and `qrels.tsv` or `qrels/test.tsv`, each gzipped or not.
 *
 * After a `?` stand options, joined by `&`: `sentence1=en` says which column is one of those above; `header=no` that a first row is data and
 * its columns are 1, 2, ...; `subsets=genre` parts an STS task; every other `column=value` keeps the rows with that value, such as `split=dev`.
 */
export function parseTask(spec: string): Task {
  const colon = spec.indexOf(":");
  const type = choice("task", colon === -1 ? spec : spec.slice(0, colon), names);
  const rest = colon === -1 ? "" : spec.slice(colon + 1);
  const mark = rest.lastIndexOf("?");
  const path = mark === -1 ? rest : rest.slice(0, mark);
  const files = type === "classification" ? path.split(",") : [path];
  if (files.length > 2 || files.some((file) => file.trim() === ""))
    throw new UserError(`task ${quoted(spec)}: ${EXPECTED[type]} was expected.`);
  const { header, subsets, ...others } = optionsOf(spec, mark === -1 ? "" : rest.slice(mark + 1));
  if (header !== undefined && (type === "retrieval" || !["yes", "no"].includes(header)))
    throw new UserError(`task ${quoted(spec)}: header=yes or header=no of a table was expected; got header=${header}.`);
  if (subsets !== undefined && type !== "sts")
    throw new UserError(`task ${quoted(spec)}: only a task of type sts has subsets.`);
  const isRole = ([name]: [string, string]) => Object.hasOwn(taskTypes[type], name);
  const entries = Object.entries(others);
  return {
    spec,
    type,
    files,
    columns: Object.fromEntries(entries.filter(isRole)),
    where: Object.fromEntries(entries.filter((entry) => !isRole(entry))),
    header: header !== "no",
    ...(subsets !== undefined && { subsets }),
  };
}

const names = Object.keys(taskTypes) as Task["type"][];

const EXPECTED: Readonly<Record<Task["type"], string>> = {
  sts: "sts:FILE",
  retrieval: "retrieval:FOLDER",
  classification: "classification:FILE or classification:TRAIN,TEST",
  clustering: "clustering:FILE",
  pairs: "pairs:FILE",
  bitext: "bitext:FILE",
};

const quoted = (text: string) => JSON.stringify(text);

function optionsOf(spec: string, query: string): Record<string, string> {
  const entries =
    query === ""
      ? []
      : query.split("&").map((option): [string, string] => {
          const equals = option.indexOf("=");
          if (equals < 1)
            throw new UserError(`task ${quoted(spec)}: NAME=VALUE was expected after "?"; got ${quoted(option)}.`);
          return [option.slice(0, equals), option.slice(equals + 1)];
        });
  const twice = entries.find(([name], i) => entries.findIndex(([other]) => other === name) !== i);
  if (twice) throw new UserError(`task ${quoted(spec)}: "${twice[0]}" is given twice.`);
  return Object.fromEntries(entries);
}
