import type { TextExample } from "./textExample.ts";
import type { TextColumns, TextKind } from "./textRoles.ts";

/** One reading of a set's examples, in order, by stream. */
export interface TextPass extends AsyncIterable<TextExample> {
  /** Blank lines, and rows of which a text is blank, passed over so far. */
  readonly blank: number;
}

/** Files of texts and what their columns make of them. */
export interface TextSet {
  readonly kind: TextKind;
  readonly files: readonly string[];
  /** What the columns of each file are. */
  readonly columns: readonly TextColumns[];
  /** Texts of an example. */
  readonly width: number;
  /** What is read and what follows from it, to be printed: a line. */
  readonly description: string;
  /** All examples of all files, file after file; the set can be read any number of times. */
  examples(): TextPass;
}
