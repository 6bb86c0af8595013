import type { TextRole } from "@nearfar/data";

/** What a flag may call a column. */
export const textRoleNames = [
  "text",
  "label",
  "anchor",
  "positive",
  "negative",
  "sentence1",
  "sentence2",
  "score",
  "document",
] as const satisfies readonly TextRole[];
