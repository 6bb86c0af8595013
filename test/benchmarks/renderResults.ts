import type { Row } from "./measurement.ts";
import type { Ratio } from "./ratioOfMedians.ts";
import type { Result } from "./result.ts";

/** RESULTS.md from the stored results, each with when, where and of what it was measured. */
export function renderResults(results: readonly Result[]): string {
  const sections = results.map(section);
  return `# Results

Written by \`npm run bench\` from \`results/*.json\`; README.md says what each measures. Ratios are ours to the peer's, medians of
pairs measured in turns, with a 95 % interval (paired bootstrap). "Within the noise": the median meets the target, the whole interval
does not. Figures of different runs do not compare: the machine's speed changes from hour to hour.

${sections.join("\n")}`;
}

function section({ name, command, quick, date, commit, machine, versions, rows }: Result): string {
  const trial = quick ? " (quick trial: too few repetitions to be a figure)" : "";
  const made = Object.entries(versions).map(([what, version]) => `${what} ${version}`);
  const { busy = 0 } = machine;
  const use = busy > 0.1 ? ` (other programs used ${(100 * busy).toFixed(0)} % of it just before)` : "";
  const lines = rows.map((row) => `| ${cells(row).map(escape).join(" | ")} |`);
  return `## ${name}${trial}

\`${command}\` · ${date} · commit ${commit} · ${machine.cores} x ${machine.cpu}, ${machine.system}${use} · ${made.join(", ")}

| what | ours | peer | ratio | target | reached |
| --- | --- | --- | --- | --- | --- |
${lines.join("\n")}
`;
}

function cells({ what, ours = "", peer = "", ratio, target = "none", reached }: Row): readonly string[] {
  return [what, ours, peer, ratio === undefined ? "" : ratioText(ratio), target, reached ?? ""];
}

function ratioText({ value, low, high }: Ratio): string {
  return `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

const escape = (text: string) => text.replaceAll("|", "\\|");
