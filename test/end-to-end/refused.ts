import { expect } from "vitest";
import { nearfar } from "./nearfar.ts";

/** Expects one line on stderr that matches, exit code 2, and nothing else. */
export async function refused(args: readonly (string | number)[], message: RegExp): Promise<void> {
  const { code, stdout, stderr } = await nearfar(args);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split("\n"), stderr).toHaveLength(1);
  expect(stderr).not.toMatch(/\.[jt]s:\d+/); // a place in a program is a stack trace
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
}
