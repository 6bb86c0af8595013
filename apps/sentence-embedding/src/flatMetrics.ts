/** The numbers of nested objects under their paths: `{ cosine: { spearman: 0.8 } }` of "sts" is `{ "sts.cosine.spearman": 0.8 }`. */
export function flatMetrics(name: string, value: object): Record<string, number> {
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, part]: [string, unknown]) => {
      if (typeof part === "object" && part !== null) return flatMetrics(`${name}.${key}`, part);
      return { [`${name}.${key}`]: part as number };
    }),
  ) as Record<string, number>;
}
