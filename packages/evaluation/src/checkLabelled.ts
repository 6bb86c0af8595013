import { UserError } from "@nearfar/formats";
import { checkVectors } from "@nearfar/search";
import type { Labelled } from "./labelled.ts";

/**
 * Checks a training and a test set at the door and returns the number of classes, the largest label + 1 unless given.
 *
 * Throws UserError where labels are missing or the training set has one class; RangeError where a matrix or a label is malformed.
 */
export function checkLabelled(name: string, train: Labelled, test: Labelled, classes?: number): number {
  checkSet(`${name}: train`, train);
  checkSet(`${name}: test`, test);
  if (train.dimensions !== test.dimensions)
    throw new RangeError(
      `${name}: train and test have the same dimensions; got ${train.dimensions} and ${test.dimensions}. Are they of one encoder?`,
    );
  if (train.labels.every((label) => label === train.labels[0]))
    throw new UserError(
      `${name}: the training set has at least two classes; got one. Is each example labelled with its class (pictures by a folder per class)?`,
    );
  const largest = Math.max(largestOf(train.labels), largestOf(test.labels));
  if (classes !== undefined && !(Number.isInteger(classes) && classes > largest))
    throw new RangeError(`${name}: classes is above the largest label; got ${classes} and ${largest}.`);
  return classes ?? largest + 1;
}

function checkSet(name: string, set: Labelled): void {
  checkVectors(name, set);
  const { labels, rows } = set;
  if (labels.length === 0)
    throw new UserError(
      `${name}: labels are missing. Does each example have its class (pictures by a folder per class)?`,
    );
  if (labels.length !== rows)
    throw new RangeError(`${name}: there is one label per row; got ${labels.length} for ${rows} rows.`);
  const bad = labels.findIndex((label) => label < 0);
  if (bad !== -1)
    throw new UserError(
      `${name}: every row has a label from 0; got ${labels[bad]} in row ${bad}. Is an example without a class (a picture outside the class folders)?`,
    );
}

const largestOf = (labels: Int32Array) => labels.reduce((a, b) => Math.max(a, b));
