/** The examples of one step as lists of tokens, and what their rows say beside the texts. */
export interface Drawn {
  readonly step: number;
  /** One list of tokens per text of an example: `texts[i]` are those of example i. */
  readonly texts: readonly (readonly Int32Array[])[];
  readonly scores?: Float32Array;
  readonly labels?: Int32Array;
  /** The texts themselves, where a teacher has to read them. */
  readonly raw?: readonly string[];
}
