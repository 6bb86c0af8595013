import { expect, it } from "vitest";
import { takeTurns } from "./takeTurns.ts";

it("gives every side a turn in each round, every second round in the opposite order", async () => {
  const order: string[] = [];
  const side = (name: string, ms: number) => async () => {
    order.push(name);
    return { ms };
  };
  const times = await takeTurns({ ours: side("ours", 1.234), peer: side("peer", 2) }, 3);
  expect(order).toEqual(["peer", "ours", "ours", "peer", "peer", "ours"]);
  expect(times).toEqual({ ours: [1.23, 1.23, 1.23], peer: [2, 2, 2] });
});
