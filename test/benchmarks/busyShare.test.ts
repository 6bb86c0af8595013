import { spawn } from "node:child_process";
import { cpus } from "node:os";
import { expect, it } from "vitest";
import { busyShare } from "./busyShare.ts";

it("sees what another program uses", async () => {
  const child = spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" });
  try {
    const busy = await busyShare({ milliseconds: 500 });
    expect(busy).toBeGreaterThan(0.5 / cpus().length); // it turns on one core
    expect(busy).toBeLessThanOrEqual(1);
  } finally {
    child.kill();
  }
});
