import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@nearfar/testing";
import { describe, expect, it } from "vitest";
import { pageFiles } from "../../src/serve/pageFiles.ts";

describe("pageFiles", () => {
  it("holds the built page's files by their paths, and no link, no file of another kind", async () => {
    const folder = temporaryFolder();
    const page = join(folder, "page");
    mkdirSync(join(page, "assets"), { recursive: true });
    writeFileSync(join(folder, "secret.js"), "secret");
    for (const [name, text] of Object.entries({
      "index.html": "<p>",
      "assets/a.js": "1",
      "assets/a.map": "{}",
      ".env": "x",
    }))
      writeFileSync(join(page, name), text);
    symlinkSync(join(folder, "secret.js"), join(page, "assets", "link.js"));
    symlinkSync(folder, join(page, "out"));
    const files = (await pageFiles(page))!;
    expect([...files.keys()].sort()).toEqual(["/", "/assets/a.js", "/index.html"]);
    expect(files.get("/")).toMatchObject({ type: "text/html; charset=utf-8" });
  });

  it("is undefined where the page is not built", async () => {
    expect(await pageFiles(join(temporaryFolder(), "nowhere"))).toBeUndefined();
    expect(await pageFiles(temporaryFolder())).toBeUndefined();
  });
});
