/** The most pictures of an answer, the farthest place that is searched, and the most characters of a text. */
export const apiLimits = { k: 100, from: 5_000, text: 1_000 } as const;
