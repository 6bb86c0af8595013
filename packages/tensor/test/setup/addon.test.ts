import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compileCommand, prebuiltSha256 } from "../../setup/addon.mjs";
import { sha256Of } from "../../setup/sha256Of.mjs";

const addon = fileURLToPath(new URL("../../setup/prebuilt/linux-x64/tfjs_binding.node", import.meta.url));

describe("the addon that we ship", () => {
  it("is the one whose sha256 is recorded", async () => {
    expect(await sha256Of(addon)).toBe(prebuiltSha256());
  });

  it("names no path of the machine that made it", () => {
    const text = readFileSync(addon, "latin1");
    expect(text).toContain("$ORIGIN/../../deps/lib");
    expect(text).not.toMatch(/\/(home|root|tmp|usr|work|Users|build)\//);
  });
});

describe("compileCommand", () => {
  it("is one call of g++ with relative sources", () => {
    const [command, args] = compileCommand({ headers: "/h", engineFolder: "/e", output: "/o" });
    expect([command, ...args].join(" ")).toBe(
      "g++ -O2 -std=c++17 -fPIC -shared -s -DNAPI_VERSION=8 -I /h -I /e/include -I . binding/tfjs_backend.cc " +
        "binding/tfjs_binding.cc -o /o -Wl,--no-as-needed -Wl,-rpath,$ORIGIN/../../deps/lib -Wl,--build-id=none " +
        "-L/e/lib -l:libtensorflow_cc.so.2 -l:libtensorflow_framework.so.2",
    );
  });
});
