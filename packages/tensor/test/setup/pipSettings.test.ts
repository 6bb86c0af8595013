import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { pipSettings } from "../../setup/pipSettings.mjs";
import { temporaryFolder } from "./temporaryFolder.ts";

function machine(files: Record<string, string>) {
  const home = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  return { home, env: { XDG_CONFIG_DIRS: join(home, "xdg") } };
}

describe("pipSettings", () => {
  it("reads values on one line, on several, with comments, either separator and [download] over [global]", () => {
    const { home, env } = machine({
      ".config/pip/pip.conf": `# a comment
[global]
index-url = https://global.test/simple
extra-index-url =
    https://one.test/simple
    ; between
    https://two.test/simple
find_links: /wheels file:///more
[download]
index-url = https://download.test/simple
[install]
index-url = https://install.test/simple
`,
    });
    expect(pipSettings(env, home)).toMatchObject({
      indexes: ["https://download.test/simple", "https://one.test/simple", "https://two.test/simple"],
      links: ["/wheels", "file:///more"],
    });
  });

  it("lets the user's file win over the machine's, PIP_CONFIG_FILE over both, and a variable over all", () => {
    const { home, env } = machine({
      "xdg/pip/pip.conf": "[global]\nindex-url = https://machine.test/\n",
      ".config/pip/pip.conf": "[global]\nindex-url = https://user.test/\nextra-index-url =\n",
      "named.conf": "[global]\nindex-url = https://named.test/\n",
    });
    const indexes = (more: NodeJS.ProcessEnv) => pipSettings({ ...env, ...more }, home).indexes;
    expect(indexes({})).toEqual(["https://user.test/"]);
    expect(indexes({ PIP_CONFIG_FILE: join(home, "named.conf") })).toEqual(["https://named.test/"]);
    expect(indexes({ PIP_INDEX_URL: "https://variable.test/" })).toEqual(["https://variable.test/"]);
  });

  it("reads no file with PIP_CONFIG_FILE=/dev/null, and asks no index with no-index", () => {
    const { home, env } = machine({ ".pip/pip.conf": "[global]\nindex-url = https://user.test/\nfind-links = /w\n" });
    expect(pipSettings({ ...env, PIP_CONFIG_FILE: "/dev/null" }, home)).toMatchObject({ indexes: [], links: [] });
    expect(pipSettings({ ...env, PIP_NO_INDEX: "1" }, home)).toMatchObject({ indexes: [], links: ["/w"] });
  });
});
