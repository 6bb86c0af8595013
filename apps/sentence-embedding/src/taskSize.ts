import type { TaskData } from "./taskData.ts";

/** How much a task measures, by names for people. */
export function taskSize(data: TaskData): Readonly<Record<string, number>> {
  switch (data.type) {
    case "retrieval":
      return { queries: data.queries.length, documents: data.documents.length };
    case "classification":
      return { train: data.train.texts.length, test: data.test.texts.length, classes: data.classes };
    case "clustering":
      return { texts: data.set.texts.length, classes: data.classes };
    default:
      return { pairs: data.left.length };
  }
}
