import { UserError } from "@nearfar/formats";

/** What a column can be to an example. */
export type TextRole =
  "text" | "label" | "anchor" | "positive" | "negative" | "sentence1" | "sentence2" | "score" | "document";

/** What the columns make of a row; the loss follows from it. */
export type TextKind = "unlabelled" | "labelled" | "pairs" | "triplets" | "scored";

/** The columns that play each role, by their names. */
export type TextRoles = Readonly<Partial<Record<TextRole, readonly string[]>>>;

/** The columns of a row's texts, in their order, and of what else is read. */
export interface TextColumns {
  readonly kind: TextKind;
  readonly texts: readonly string[];
  readonly score?: string;
  readonly label?: string;
  readonly document?: string;
}

/** Names, lower-case, that make (first, second) an anchor and its positive; the first that fits is taken. */
const pairNames = [
  ["anchor", "positive"],
  ["query", "positive"],
  ["question", "positive"],
  ["question", "answer"],
  ["query", "answer"],
  ["query", "passage"],
  ["query", "document"],
  ["question1", "question2"],
  ["title", "body"],
  ["title", "abstract"],
  ["title", "text"],
  ["source", "target"],
  ["sentence1", "sentence2"],
] as const;

const scoreNames = ["score", "similarity_score", "similarity"];
const textNames = ["text", "sentence"];
const labelNames = ["label", "intent", "class", "category"];
/** Beside two sentences these tell which of them belong together, so that no row is a pair by itself. */
const verdictNames = [...labelNames, "gold_label", "is_duplicate"];
const negativeName = /^(hard_)?negatives?(_?\d+)?$/;

/**
 * What each column is, by its name in any case of letters, or by `given` alone where that is not empty.
 * Columns that make no kind of example are a `UserError` that says which do.
 */
export function textRoles(path: string, columns: readonly string[], given: TextRoles): TextColumns {
  const roles = Object.keys(given).length > 0 ? given : byName(columns);
  const one = (role: TextRole) => roles[role]?.[0];
  const [text, label, anchor, positive] = [one("text"), one("label"), one("anchor"), one("positive")];
  const [sentence1, sentence2, score] = [one("sentence1"), one("sentence2"), one("score")];
  const document = one("document") === undefined ? {} : { document: one("document")! };
  if (sentence1 !== undefined && sentence2 !== undefined && score !== undefined)
    return { kind: "scored", texts: [sentence1, sentence2], score, ...document };
  if (anchor !== undefined && positive !== undefined) {
    const negatives = roles.negative ?? [];
    return { kind: negatives.length > 0 ? "triplets" : "pairs", texts: [anchor, positive, ...negatives], ...document };
  }
  if (text !== undefined && label !== undefined) return { kind: "labelled", texts: [text], label, ...document };
  if (text !== undefined) return { kind: "unlabelled", texts: [text], ...document };
  throw new UserError(
    `${path}: the columns ${columns
      .slice(0, 20)
      .map((name) => `"${name.slice(0, 60)}"`)
      .join(", ")} make no example. Expected are ` +
      `text | text, label | anchor, positive | anchor, positive, negative | sentence1, sentence2, score; say which is which: ` +
      `--column text=${JSON.stringify(columns.at(-1) ?? "NAME")}`,
  );
}

function byName(columns: readonly string[]): TextRoles {
  const find = (names: readonly string[]) => {
    for (const name of names) {
      const found = columns.find((column) => column.toLowerCase() === name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const score = find(scoreNames);
  const sentences = [find(["sentence1"]), find(["sentence2"])] as const;
  if (score !== undefined && sentences[0] !== undefined && sentences[1] !== undefined)
    return { sentence1: [sentences[0]], sentence2: [sentences[1]], score: [score] };
  for (const [left, right] of pairNames) {
    const anchor = find([left]);
    const positive = find([right]);
    if (anchor === undefined || positive === undefined) continue;
    if (left.endsWith("1") && find(verdictNames) !== undefined) return {};
    return {
      anchor: [anchor],
      positive: [positive],
      negative: columns.filter((name) => negativeName.test(name.toLowerCase())),
    };
  }
  const text = find(textNames) ?? (columns.length === 1 ? columns[0] : undefined);
  const label = find(labelNames);
  if (text === undefined) return {};
  return { text: [text], ...(label === undefined ? {} : { label: [label] }) };
}
