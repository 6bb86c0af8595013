/** Texts and the class of each, from 0. */
export interface LabelledTexts {
  readonly texts: readonly string[];
  readonly labels: Int32Array;
}

/** What a task's files hold, checked: row i of two lists is one pair. */
export type TaskData =
  | {
      readonly type: "sts";
      readonly left: readonly string[];
      readonly right: readonly string[];
      readonly scores: Float64Array;
      /** Of each pair the subset that it belongs to. */
      readonly subsets?: readonly string[];
    }
  | {
      readonly type: "pairs";
      readonly left: readonly string[];
      readonly right: readonly string[];
      /** 1 for pairs that belong together. */
      readonly labels: Int32Array;
    }
  | { readonly type: "bitext"; readonly left: readonly string[]; readonly right: readonly string[] }
  | {
      readonly type: "classification";
      readonly train: LabelledTexts;
      readonly test: LabelledTexts;
      readonly classes: number;
    }
  | { readonly type: "clustering"; readonly set: LabelledTexts; readonly classes: number }
  | {
      readonly type: "retrieval";
      readonly queries: readonly string[];
      readonly documents: readonly string[];
      /** Of each query the judged documents and their grades. */
      readonly relevance: readonly ReadonlyMap<number, number>[];
    };
