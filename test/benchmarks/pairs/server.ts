import { createRequire } from "node:module";
import { loadEngine } from "@nearfar/tensor";
import { conversation } from "../conversation.ts";
import { held } from "../held.ts";
import type { Measurement } from "../measurement.ts";
import { typescript } from "../typescript.ts";
import { searchVectors } from "./searchVectors.ts";

const ROWS = 100_000;
const QUERIES = 500;
const RATE = 200;

/** The search server under 200 queries a second over 100,000 vectors of sentences; query vectors are cached, answers are not. */
export const server: Measurement = {
  benchmark: "pairs",
  slice: "server",
  measure: async ({ quick }) => {
    const program = typescript("pairs/serverProgram.ts", [await searchVectors(1_000_000), `${ROWS}`]);
    const { hello, close } = await conversation<{ url: string }, object>(program);
    try {
      const paths = Array.from({ length: QUERIES }, (_, i) => `/api/search?q=${i * 199}&k=10`);
      for (const path of paths) await (await fetch(hello.url + path)).arrayBuffer(); // now their vectors are cached
      const found = await autocannon({
        url: hello.url,
        connections: 10,
        overallRate: RATE,
        duration: quick ? 3 : 30,
        requests: paths.map((path) => ({ path })),
      });
      const { latency, requests, non2xx, errors } = found;
      const fine = latency.p99 < 100 && requests.average >= 0.98 * RATE && non2xx === 0 && errors === 0;
      return {
        rows: [
          {
            what: `Search server, ${ROWS} x 256, 10 nearest, 10 connections, ${found.duration.toFixed(0)} s of autocannon`,
            ours: `${requests.average.toFixed(0)} queries/s; latency p50 ${latency.p50} ms, p99 ${latency.p99} ms; ${non2xx + errors} failed`,
            ...held(`${RATE} queries/s with p99 < 100 ms`, fine),
          },
        ],
        versions: { tensorflow: loadEngine().version, autocannon: "9.0.0" },
      };
    } finally {
      close();
    }
  },
};

interface Found {
  readonly duration: number;
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly requests: { readonly average: number };
  readonly non2xx: number;
  readonly errors: number;
}

// It has no types of its own.
const autocannon = createRequire(import.meta.url)("autocannon") as (options: object) => Promise<Found>;
