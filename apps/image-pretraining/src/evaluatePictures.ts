import type { ImageSet } from "@nearfar/data";
import { imagenetProbe, knn, linearProbe, type Labelled } from "@nearfar/evaluation";
import { UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { load } from "@nearfar/runs";
import { encodePictures, type Encoded, type Network } from "./encodePictures.ts";
import { loadEncoder } from "./loadEncoder.ts";
import { openPictures } from "./openPictures.ts";

export interface EvaluateOptions {
  readonly workers?: number;
  readonly k?: number;
  readonly temperature?: number;
  /** On standardised features, as SimCLR's CIFAR-10 probe; or as is usual on ImageNet. */
  readonly probe?: "standard" | "imagenet";
  /** Told which row is being computed. */
  readonly progress?: (line: string) => void;
}

/** One row of the table: an encoder (or none) and its accuracies, 0 to 1. */
export interface Row {
  readonly representation: "trained" | "untrained" | "raw pixels";
  readonly dimensions: number;
  readonly knn: number;
  readonly linear: number;
}

export interface Evaluation {
  readonly train: number;
  readonly test: number;
  readonly classes: number;
  readonly k: number;
  readonly temperature: number;
  readonly rows: readonly Row[];
}

/**
 * k-NN and linear probe on labelled pictures: of the trained encoder, of the same encoder untrained, and of raw pixels.
 *
 * Frozen features of the encoder, before the projector, in evaluation mode. Throws UserError where labels are missing or do not meet.
 */
export async function evaluatePictures(
  dir: string,
  train: string,
  test: string,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { workers = 1, k = 200, temperature = 0.1, probe = "standard", progress = () => {} } = options;
  const probing = probe === "imagenet" ? imagenetProbe : {};
  const { encoder, trained, untrained, size } = await loadEncoder(dir);
  const { seed } = (await load(dir)).configuration;
  const [left, right] = [(await openPictures(train, workers)).set, (await openPictures(test, workers)).set];
  const classes = commonClasses(left, right);
  // Told before the pictures are encoded, not after it.
  if (k > left.items.length)
    throw new UserError(
      `--k ${k}: more neighbours than the ${left.items.length} pictures of --train ${train}. Give --k ${left.items.length} or less.`,
    );
  const networks: [Row["representation"], Network | "pixels"][] = [
    ["trained", { encoder, params: trained }],
    ["untrained", { encoder, params: untrained }],
    ["raw pixels", "pixels"],
  ];
  const rows: Row[] = [];
  for (const [representation, network] of networks) {
    progress(`${representation}: encoding ${left.items.length + right.items.length} pictures`);
    const known = labelled(left, await encodePictures(left, network, { size, workers }), classes);
    const asked = labelled(right, await encodePictures(right, network, { size, workers }), classes);
    progress(`${representation}: k-NN and linear probe`);
    rows.push({
      representation,
      dimensions: known.dimensions,
      knn: knn(known, asked, { k, temperature, classes: classes.length }),
      linear: linearProbe(key(seed).fold("probe"), known, asked, { ...probing, classes: classes.length }),
    });
  }
  return { train: left.items.length, test: right.items.length, classes: classes.length, k, temperature, rows };
}

function commonClasses(train: ImageSet, test: ImageSet): readonly string[] {
  for (const [flag, { name, labels }] of [
    ["--train", train],
    ["--test", test],
  ] as const)
    if (labels.length === 0)
      throw new UserError(
        `${flag} ${name}: evaluation needs labelled pictures, a subfolder per class; these have no labels.`,
      );
  const strange = test.labels.find((label) => !train.labels.includes(label));
  if (strange !== undefined)
    throw new UserError(
      `--test ${test.name}: its class "${strange}" is not among those of --train (${train.labels.slice(0, 5).join(", ")} ...).`,
    );
  return train.labels;
}

function labelled(set: ImageSet, { indices, ...vectors }: Encoded, classes: readonly string[]): Labelled {
  const number = new Map(classes.map((label, i) => [label, i]));
  return { ...vectors, labels: indices.map((index) => number.get(set.items[index]!.label!)!) };
}
