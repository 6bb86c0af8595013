/** The types of task, and of each the columns that it reads, by the names that they usually have. */
export const taskTypes = {
  sts: {
    sentence1: ["sentence1"],
    sentence2: ["sentence2"],
    score: ["score", "similarity_score", "similarity"],
  },
  retrieval: {},
  classification: { text: ["text", "sentence"], label: ["label", "intent", "class", "category"] },
  clustering: { text: ["text", "sentence"], label: ["label", "intent", "class", "category"] },
  pairs: {
    sentence1: ["sentence1", "question1"],
    sentence2: ["sentence2", "question2"],
    label: ["label", "is_duplicate"],
  },
  bitext: { sentence1: ["sentence1", "source"], sentence2: ["sentence2", "target"] },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
