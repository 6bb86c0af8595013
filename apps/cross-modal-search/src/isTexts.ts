/** Whether a path is a table of texts, by its ending; else it is of pictures. */
export const isTexts = (path: string): boolean => /\.(txt|csv|tsv|jsonl|ndjson|json|parquet)(\.gz)?$/i.test(path);
