import type { Labelled } from "@nearfar/evaluation";
import { matrix } from "@nearfar/testing";

/** Vectors of nested lists with their labels. */
export function labelled(rows: readonly (readonly number[])[], labels: readonly number[]): Labelled {
  return { ...matrix(rows), labels: Int32Array.from(labels) };
}
