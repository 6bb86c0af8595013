import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { smokeTest } from "../../setup/smokeTest.mjs";
import { fakeRoot } from "./fakeEngine.ts";

const name = "@tensorflow/tfjs-node";

/** A stand-in with the calls that the smoke test makes; its gradients are those given. */
function fakeTensorFlow(version: string, byFilter: number[]) {
  const { root, packageFolder } = fakeRoot();
  const tensor = (values: number[]) => `{ dataSync: () => Float32Array.from(${JSON.stringify(values)}) }`;
  writeFileSync(
    join(packageFolder, "index.js"),
    `module.exports = {
      backend: () => ({ binding: { TF_Version: "${version}" } }), tensor4d() {}, ones() {},
      grads: () => () => [${tensor([1, 2, 1, 2, 4, 2, 1, 2, 1])}, ${tensor(byFilter)}],
    };`,
  );
  return root;
}

describe("smokeTest", () => {
  it("is content with the right version and gradients, in a process of its own", async () => {
    const root = fakeTensorFlow("2.18.0", [12, 16, 24, 28]); // sums of the four windows of 1..9, by hand
    expect(await smokeTest(root, { package: name, version: "2.18.0" })).toBe(undefined);
  });

  it("names a wrong version, unless any will do", async () => {
    const root = fakeTensorFlow("2.9.1", [12, 16, 24, 28]);
    const problem = await smokeTest(root, { package: name, version: "2.18.0" });
    expect(problem).toBe("error: TensorFlow is 2.9.1 instead of 2.18.0");
    expect(await smokeTest(root, { package: name })).toBe(undefined);
  });

  it("names a wrong gradient, a package that cannot be loaded, and a crash", async () => {
    const wrong = fakeTensorFlow("2.18.0", [12, 16, 24, 27]);
    expect(await smokeTest(wrong, { package: name })).toMatch(/gradient is 12,16,24,27 instead of 12,16,24,28/);
    expect(await smokeTest(fakeRoot().root, { package: name })).toMatch(/^error: Cannot find module/);
    const { root, packageFolder } = fakeRoot();
    writeFileSync(join(packageFolder, "index.js"), "process.kill(process.pid, 'SIGILL'); for (;;);");
    expect(await smokeTest(root, { package: name })).toMatch(/this processor lacks AVX/);
  });
});
