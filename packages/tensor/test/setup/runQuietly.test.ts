import { describe, expect, it } from "vitest";
import { lastWords, runQuietly } from "../../setup/runQuietly.mjs";

describe("runQuietly", () => {
  it("gives the code and what was said", async () => {
    const run = await runQuietly(process.execPath, ["-e", "console.log('out'); process.exit(3)"]);
    expect(run).toEqual({ code: 3, signal: null, timedOut: false, output: "out\n" });
  });

  it("ends the whole group of a program that outstays its time", async () => {
    const child = "require('child_process').spawn('sleep', ['60'], { stdio: 'inherit' })";
    // Without the group, the grandchild would hold the pipe open for a minute.
    const run = await runQuietly(process.execPath, ["-e", `${child}; setInterval(() => {}, 9)`], { timeout: 200 });
    expect(run).toMatchObject({ code: null, signal: "SIGKILL", timedOut: true });
  });

  it("rejects where there is no such program", async () => {
    await expect(runQuietly("no-such-program", [])).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("lastWords", () => {
  it("prefers the last line that names an error, and no line of a stack trace", () => {
    const output = "ERROR: first\nError: second\n    at emitErrorCloseNT (node:1:2)\nEmitted 'error' event at:\nbye\n";
    expect(lastWords(output)).toBe("Error: second");
    expect(lastWords("a.cc:1:2: error: no such file\ncompilation terminated")).toBe("a.cc:1:2: error: no such file");
    expect(lastWords("one\ntwo\n\n")).toBe("two");
    expect(lastWords("")).toBe("it said nothing");
  });
});
