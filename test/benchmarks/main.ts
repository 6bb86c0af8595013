/**
 * The benchmarks: each measurement is stored when it is done, and RESULTS.md is written anew from what is stored.
 *
 *     npm run bench [-- step|views|memory|quality|text|pairs] [--slice NAME] [--missing] [--quick]
 */
import { choice, program, runProgram } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { busyShare } from "./busyShare.ts";
import type { Measurement } from "./measurement.ts";
import { measurements } from "./measurements.ts";
import { provenance } from "./provenance.ts";
import { Skipped } from "./skipped.ts";
import { readResults, storeResult } from "./storeResult.ts";

const folder = import.meta.dirname;
const benchmarks = [...new Set(measurements.map(({ benchmark }) => benchmark))];
const nameOf = ({ benchmark, slice }: Measurement) => `${benchmark}-${slice}`;
const say = (line: string) => process.stderr.write(`bench: ${line}\n`);

const bench = program("bench", "Measure speed, quality and memory beside the peers")
  .argument("[benchmark]", `one of: ${benchmarks.join(", ")}; all without it`)
  .option("--slice <name>", "one measurement of the benchmark")
  .option("--missing", "only what has no stored figure yet: goes on after a stop")
  .option("--quick", "few repetitions, marked as a trial: whether it runs, not how fast")
  .action(run);

interface Flags {
  readonly slice?: string;
  readonly missing?: boolean;
  readonly quick?: boolean;
}

async function run(benchmark: string | undefined, { slice, missing = false, quick = false }: Flags): Promise<void> {
  const chosen = await without(missing, select(benchmark, slice));
  for (const measurement of chosen) {
    const name = nameOf(measurement);
    const command = `npm run bench -- ${measurement.benchmark} --slice ${measurement.slice}${quick ? " --quick" : ""}`;
    say(`${name} ...`);
    const busy = Number((await busyShare()).toFixed(2));
    if (busy > 0.1)
      say(`other programs use ${(100 * busy).toFixed(0)} % of the cores: figures of speed made now are not fair.`);
    try {
      const { rows, versions, samples } = await measurement.measure({ quick });
      const of = { node: process.version, ...versions };
      const { machine, ...origin } = provenance();
      const where = { ...origin, machine: { ...machine, busy } };
      const result = { name, command, quick, ...where, versions: of, rows, ...(samples ? { samples } : {}) };
      const stored = await storeResult(folder, result, measurements.map(nameOf));
      for (const { what, ours, peer, ratio, target, reached } of rows) {
        const figures = [
          ours,
          peer,
          ratio && `ratio ${ratio.value.toFixed(2)} (${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})`,
        ];
        const held = target && `target ${target}: ${reached}`;
        process.stdout.write(`${what}: ${[...figures, held].filter(Boolean).join("; ")}\n`);
      }
      if (!stored) say(`${name}: a quick trial; the stored figure stays.`);
    } catch (error) {
      if (!(error instanceof Skipped)) throw error;
      say(`${name}: skipped: ${error.message}`);
    }
  }
}

function select(benchmark: string | undefined, slice: string | undefined): readonly Measurement[] {
  if (benchmark === undefined) {
    if (slice !== undefined)
      throw new UserError(`--slice is a part of a benchmark; name one of: ${benchmarks.join(", ")}.`);
    return measurements;
  }
  const named = choice("benchmark", benchmark, benchmarks);
  const all = measurements.filter((measurement) => measurement.benchmark === named);
  if (slice === undefined) return all;
  const wanted = choice(
    `slice of ${named}`,
    slice,
    all.map((measurement) => measurement.slice),
  );
  return all.filter((measurement) => measurement.slice === wanted);
}

async function without(missing: boolean, chosen: readonly Measurement[]): Promise<readonly Measurement[]> {
  if (!missing) return chosen;
  const done = new Set((await readResults(folder)).filter(({ quick }) => !quick).map(({ name }) => name));
  return chosen.filter((measurement) => !done.has(nameOf(measurement)));
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
process.exitCode = await runProgram(bench, process.argv.slice(2));
