import { json, nonNegativeInteger, positiveInteger, positiveNumber, program, type Command } from "@nearfar/command";
import { UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";
import { clusterTexts, type ClusterTextsOptions, type TextClusters } from "./clusterTexts.ts";
import { columnOptions } from "./columnOptions.ts";
import { shortText } from "./shortText.ts";
import { withColumnFlags, type ColumnFlags } from "./withColumnFlags.ts";
import { withEncoder } from "./withEncoder.ts";
import { withModelFlags } from "./withModelFlags.ts";
import { writeJsonLines } from "./writeJsonLines.ts";

interface Flags extends ColumnFlags {
  readonly run?: string;
  readonly init?: string;
  readonly clusters?: string;
  readonly threshold?: string;
  readonly least?: string;
  readonly seed: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `nearfar text cluster <files> --run DIR | --init FOLDER --clusters N | --threshold COSINE`. */
export function clusterCommand(): Command {
  const command = program("cluster", "Group texts by what they say").argument("<files...>", "files of texts");
  return withColumnFlags(
    withModelFlags(command)
      .option("--clusters <n>", "so many groups, by k-means")
      .option("--threshold <cosine>", "instead: groups of texts at least so near to one of them, such as 0.75")
      .option("--least <n>", "with --threshold: the fewest texts of a group (10)")
      .option("--seed <n>", "same seed, same groups", "0")
      .option("--out <file>", "every text with its group, a file ending in .jsonl")
      .option("--json", "print JSON"),
  ).action(run);
}

async function run(files: string[], flags: Flags): Promise<void> {
  const { out, json: asJson } = flags;
  const by = groupsOf(flags);
  const root = key(nonNegativeInteger("--seed", flags.seed)).fold("cluster");
  const options = { by, columns: columnOptions(flags), say: (line: string) => void process.stderr.write(`${line}\n`) };
  const { rows, ...found } = await writeJsonLines(
    out,
    () => withEncoder(flags, (encoder, progress) => clusterTexts(root, encoder, files, { ...options, progress })),
    (clusters) => clusters.rows,
  );
  process.stdout.write(asJson ? json({ texts: rows.length, ...found }) : printed(found));
}

function groupsOf({ clusters, threshold, least }: Flags): ClusterTextsOptions["by"] {
  if (clusters !== undefined && threshold === undefined && least === undefined)
    return { clusters: positiveInteger("--clusters", clusters) };
  if (threshold === undefined || clusters !== undefined)
    throw new UserError("How is it grouped? Give --clusters N, or --threshold COSINE [--least N]: one of them.");
  return {
    threshold: positiveNumber("--threshold", threshold),
    ...(least !== undefined && { least: positiveInteger("--least", least) }),
  };
}

function printed({ clusters, alone }: Pick<TextClusters, "clusters" | "alone">): string {
  const parts = clusters.map(
    ({ size, nearest }, place) =>
      `cluster ${place + 1}, ${size} texts\n${nearest.map((text) => `  ${shortText(text)}\n`).join("")}`,
  );
  if (alone > 0) parts.push(`${alone} texts belong to none.\n`);
  return parts.join("");
}
