import { join } from "node:path";
import { key } from "@nearfar/random";
import { cacheFolder } from "@nearfar/tensor/setup";
import { held } from "../held.ts";
import { median } from "../median.ts";
import type { Measurement, Row } from "../measurement.ts";
import { ratioOfMedians } from "../ratioOfMedians.ts";
import { verdict } from "../verdict.ts";
import { searchSides, type SearchSides, type Side } from "./searchSides.ts";

/** The ten nearest among 1,000,000 x 256 vectors of sentences, one query and 32 at a time: programs stay up and take turns with FAISS. */
export const search: readonly Measurement[] = [
  measurement("search-exact", ["float32"], async (sides) => {
    const { rows, samples } = await compared(sides, "float32", [["faiss", 1]]);
    const same = await sides.found("float32", "faiss");
    const ten = {
      what: `${task(sides)}: ours that are no farther than the tenth of FAISS, of 500 queries`,
      ours: share(same),
    };
    return { rows: [...rows, { ...ten, ...held(">= 0.999", same >= 0.999) }], samples };
  }),
  measurement("search-int8", ["float32", "int8"], async (sides) => {
    const { rows, samples } = await compared(sides, "int8", [
      ["float32", 1 / 2.5],
      ["faiss", 1 / 2.5],
    ]);
    return { rows: [...rows, await recall(sides, "int8", 0.99)], samples };
  }),
  measurement("search-hnsw", ["float32", "hnsw"], async (sides) => {
    const found = await recall(sides, "hnsw", 0.95); // first: its queries bring the graph's pages into memory
    const times = await sides.times(["hnsw"], 1); // alone: an exact scan between would leave nothing of it in the caches
    const ms = median(times.hnsw!);
    const row: Row = {
      what: `${task(sides)}, one query: hnswStore`,
      ours: `${ms.toFixed(2)} ms`,
      ...held("< 3 ms", ms < 3),
    };
    return { rows: [row, found], samples: times };
  }),
];

type Found = { rows: Row[]; samples: Record<string, number[]> };

function measurement(slice: string, kinds: readonly Side[], of: (sides: SearchSides) => Promise<Found>): Measurement {
  return {
    benchmark: "pairs",
    slice,
    measure: async ({ quick }) => {
      // A graph of a million takes minutes: it is kept beside the vectors.
      const folder = join(cacheFolder(), "benchmarks", `search-hnsw-${quick ? "trial" : "1000000"}`);
      const sides = await searchSides(kinds, { quick, folder });
      try {
        return { ...(await of(sides)), versions: { "faiss-cpu": sides.faiss } };
      } finally {
        sides.close();
      }
    },
  };
}

/** One of ours beside others, each with the part of its time that ours may take. */
async function compared(sides: SearchSides, ours: Side, peers: readonly (readonly [Side, number])[]): Promise<Found> {
  const [rows, samples]: [Row[], Record<string, number[]>] = [[], {}];
  for (const queries of [1, 32]) {
    const times = await sides.times([ours, ...peers.map(([peer]) => peer)], queries);
    for (const [side, ms] of Object.entries(times)) samples[`${side}, ${queries}`] = ms;
    for (const [peer, atMost] of peers) {
      const ratio = ratioOfMedians(key(0), times[ours]!, times[peer]!);
      rows.push({
        what: `${task(sides)}, ${queries === 1 ? "one query" : `${queries} queries`}: ${ours}`,
        ours: `${median(times[ours]!).toFixed(1)} ms`,
        peer: `${NAMES[peer]} ${median(times[peer]!).toFixed(1)} ms`,
        ratio,
        target: `ratio <= ${atMost.toFixed(2)}`,
        reached: verdict(ratio, { atMost }),
      });
    }
  }
  return { rows, samples };
}

async function recall(sides: SearchSides, side: Side, least: number): Promise<Row> {
  const found = await sides.found(side, "float32");
  const what = `${task(sides)}: recall of ${side}, of 500 queries`;
  return { what, ours: share(found), ...held(`>= ${least}`, found >= least) };
}

const NAMES: Readonly<Record<Side, string>> = {
  float32: "our float32",
  int8: "our int8",
  hnsw: "hnswStore",
  faiss: "FAISS IndexFlatIP",
};
const task = ({ rows }: SearchSides) => `the 10 nearest of ${rows.toLocaleString("en")} x 256`;
const share = (value: number) => value.toFixed(4);
