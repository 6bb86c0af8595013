import { conversation, type Conversation } from "../conversation.ts";
import { peersEnvironment, releases } from "../peers/environment.ts";
import type { Turn } from "../takeTurns.ts";
import { takeTurns } from "../takeTurns.ts";
import { dataSets } from "../text/dataSets.ts";
import { typescript } from "../typescript.ts";
import { searchVectors } from "./searchVectors.ts";

/** Whose search: an index of ours, or FAISS's flat one. */
export type Side = "float32" | "int8" | "hnsw" | "faiss";

export interface SearchSides {
  readonly rows: number;
  readonly faiss: string;
  /** The milliseconds of a search of so many queries at a time, by turns. */
  times(sides: readonly Side[], queries: number): Promise<Partial<Record<Side, number[]>>>;
  /**
   * The share of one's finds that are no farther than the other's tenth, of 500 queries: among equal sentences any may be the tenth.
   * Aumüller et al. 2020, "ANN-Benchmarks", section 3.
   */
  found(side: Side, of: Side): Promise<number>;
  close(): void;
}

/** Starts our searches and FAISS over the same million vectors of 256 (20,000 for a trial). */
export async function searchSides(
  kinds: readonly Side[],
  { quick, folder }: { readonly quick: boolean; readonly folder?: string },
): Promise<SearchSides> {
  const { command, env } = peersEnvironment(dataSets.sentences);
  const rows = quick ? 20_000 : 1_000_000;
  const vectors = await searchVectors(rows);
  const open: { close(): void }[] = [];
  const start = async <Hello>(line: readonly string[], options = {}): Promise<Conversation<Hello, Answer>> => {
    const program = await conversation<Hello, Answer>(line, options);
    open.push(program);
    return program;
  };
  const close = () => open.forEach((program) => program.close());
  try {
    const theirs = await start<{ faiss: string }>(command("search_server.py", vectors, `${rows}`), { env });
    const more = folder === undefined ? [] : [folder];
    const ours = await start(typescript("pairs/searchServer.ts", [vectors, `${rows}`, kinds.join(","), ...more]));
    const rounds = quick ? 3 : 15;
    return {
      rows,
      faiss: releases["faiss-cpu"],
      times(sides, queries) {
        let asked = 0;
        const each = Math.max(8, queries); // the queries of a turn, see searchServer.ts
        const turn = (side: Side): Turn => {
          return () => {
            const from = (each * Math.floor(asked++ / sides.length)) % (QUERIES - each);
            return side === "faiss" ? theirs.ask(`${queries} ${from}`) : ours.ask(`${side} ${queries} ${from}`);
          };
        };
        return takeTurns(Object.fromEntries(sides.map((side) => [side, turn(side)])) as Record<Side, Turn>, rounds);
      },
      async found(side, of) {
        const ten = async (one: Side) =>
          (await (one === "faiss" ? theirs.ask("find 500") : ours.ask(`find ${one} 500`))).scores;
        const [some, all] = [await ten(side), await ten(of)];
        const hits = some.filter((score, at) => score >= all[at - (at % 10) + 9]! - 1e-5); // sums in float32
        return hits.length / all.length;
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Queries behind the vectors that are searched. */
const QUERIES = 1000;

interface Answer {
  readonly ms: number;
  readonly scores: readonly number[];
}
