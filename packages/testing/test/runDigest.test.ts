import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runDigest, temporaryFolder } from "@nearfar/testing";
import { describe, expect, it } from "vitest";

describe("runDigest", () => {
  it("tells the last checkpoint and the log, and notices a changed byte in either", () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, "checkpoints"));
    const write = (checkpoint: string, log: string) => {
      writeFileSync(join(dir, "checkpoints/step-00000001.safetensors"), "old");
      writeFileSync(join(dir, "checkpoints/step-00000002.safetensors"), checkpoint);
      writeFileSync(join(dir, "log.jsonl"), log);
      return runDigest(dir);
    };
    const first = write("abc", "{}\n");
    // Source: FIPS 180-2, appendix B.1, the digest of "abc".
    const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(first).toEqual({ name: "step-00000002.safetensors", sha256, log: "{}\n" });
    expect(write("abd", "{}\n")).not.toEqual(first);
    expect(write("abc", "{}\n{}\n")).not.toEqual(first);
  });
});
