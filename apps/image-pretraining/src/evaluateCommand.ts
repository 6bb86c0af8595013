import { choice, json, nonNegativeInteger, positiveInteger, program, table, type Command } from "@nearfar/command";
import { loadEngine } from "@nearfar/tensor";
import { evaluatePictures } from "./evaluatePictures.ts";

interface Flags {
  readonly run: string;
  readonly train: string;
  readonly test: string;
  readonly k: string;
  readonly probe: string;
  readonly workers: string;
  readonly json?: boolean;
}

/** `nearfar image evaluate --run DIR --train <images> --test <images>`. */
export function evaluateCommand(): Command {
  return program("evaluate", "k-NN and linear probe: the trained encoder, the same untrained, and raw pixels")
    .requiredOption("--run <dir>", "the run directory")
    .requiredOption("--train <images>", "labelled pictures to learn the classes from")
    .requiredOption("--test <images>", "labelled pictures to be named")
    .option("--k <n>", "neighbours that vote", "200")
    .option(
      "--probe <name>",
      "the linear probe: standard (standardised features) or imagenet (as they are)",
      "standard",
    )
    .option("--workers <n>", "threads that decode", "1")
    .option("--json", "print JSON")
    .action(run);
}

async function run({ run, train, test, k, probe, workers, json: asJson }: Flags): Promise<void> {
  const options = {
    k: positiveInteger("--k", k),
    probe: choice("probe", probe, ["standard", "imagenet"]),
    workers: nonNegativeInteger("--workers", workers),
  };
  loadEngine();
  const evaluation = await evaluatePictures(run, train, test, {
    ...options,
    progress: (line) => process.stderr.write(`${line} ...\n`),
  });
  if (asJson) process.stdout.write(json(evaluation));
  else process.stdout.write(table(evaluation.rows.map(row)));
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
const row = ({
  representation,
  dimensions,
  knn,
  linear,
}: {
  representation: string;
  dimensions: number;
  knn: number;
  linear: number;
}) => ({
  representation,
  dimensions,
  "k-NN": percent(knn),
  "linear probe": percent(linear),
});
