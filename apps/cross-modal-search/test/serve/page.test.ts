/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  chromium as playwright,
  type Browser,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createApp } from "../../src/serve/createApp.ts";
import { pageFiles } from "../../src/serve/pageFiles.ts";
import { serve, type RunningServer } from "../../src/serve/serve.ts";
import { chromium } from "./chromium.ts";
import { drawnGallery } from "./drawnGallery.ts";
import { drawnPictures } from "./drawnPictures.ts";
import { stubTowers } from "./stubTowers.ts";

const screenshots = fileURLToPath(new URL("../../../../.nx/screenshots/", import.meta.url));

describe.skipIf(chromium.missing)(`the page in Chromium ${chromium.reason}`, () => {
  let server: RunningServer;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), "nearfar-page-"));

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    const page = await pageFiles();
    expect(page, "the page is built: npx nx run @nearfar/cross-modal-search:page").toBeDefined();
    const towers = stubTowers();
    server = await serve(createApp({ towers, gallery: await drawnGallery(towers, folder), page: page! }), { port: 0 });
    browser = await playwright.launch({ executablePath: chromium.path!, args: chromium.args });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A page of its own, which must not say a word on the console: no error, no refusal by the policy. */
  async function opened(path = "/", options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => message.type() === "error" && said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    onTestFinished(async () => {
      await context.close();
      expect(said).toEqual([]);
    });
    await page.goto(server.url + path);
    return page;
  }
  const cards = (page: Page): Locator => page.getByRole("list", { name: "Pictures" }).getByRole("button");
  const field = (page: Page): Locator => page.getByRole("searchbox", { name: "Search pictures by words" });
  const titles = (page: Page): Promise<string[]> => page.locator(".card .title").allTextContents();
  const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });
  const shot = async (page: Page, name: string): Promise<void> => {
    await page.waitForFunction(() =>
      [...document.images].every(({ complete, loading }) => complete || loading === "lazy"),
    );
    await page.screenshot({ path: join(screenshots, `${name}.png`), animations: "disabled" });
  };
  const until = (locator: Locator): Promise<void> => locator.first().waitFor();

  it("begins with all pictures, and goes on to the next ones", async () => {
    const page = await opened();
    await until(heading(page).filter({ hasText: "All 64 pictures" }));
    await until(cards(page));
    expect(await cards(page).count()).toBe(24);
    await shot(page, "light");
    await page.getByRole("button", { name: "More pictures" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".card").length === 48);
    await page.getByRole("button", { name: "More pictures" }).click();
    await page.waitForFunction(() => document.querySelectorAll(".card").length === 64);
    expect(await page.getByRole("button", { name: "More pictures" }).count()).toBe(0);
    expect(new Set(await titles(page)).size).toBe(64); // every picture once
  });

  it("finds while one types, and keeps what was typed in the address", async () => {
    const page = await opened();
    await field(page).pressSequentially("something red");
    await until(heading(page).filter({ hasText: "Nearest to “something red”" }));
    await until(cards(page).filter({ hasText: "a red" }));
    expect((await titles(page)).slice(0, 8).every((title) => title.startsWith("a red "))).toBe(true); // 8 shapes a colour
    expect(await cards(page).first().getAttribute("aria-label")).toMatch(
      /^a red \w+, score \d\.\d{3}\. Search by this picture$/,
    );
    expect(new URL(page.url()).search).toBe("?q=something%20red");
    await shot(page, "search");
    await page.reload();
    await until(cards(page).filter({ hasText: "a red" }));
    expect(await field(page).inputValue()).toBe("something red");
  });

  it("searches by a picture that is clicked, and goes back", async () => {
    const page = await opened("/?q=blue");
    const first = cards(page).filter({ hasText: "a blue star" });
    await first.click();
    await until(heading(page).filter({ hasText: "Like “a blue star”" }));
    expect(new URL(page.url()).search).toMatch(/^\?like=\d+$/);
    expect(await titles(page)).not.toContain("a blue star");
    await page.goBack();
    await until(heading(page).filter({ hasText: "Nearest to “blue”" }));
    expect(await field(page).inputValue()).toBe("blue");
  });

  it("is used by keys alone: / to the field, arrows through the results, Enter to search, Esc to all", async () => {
    const page = await opened();
    await until(cards(page));
    await page.keyboard.press("/");
    expect(await field(page).evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.type("green");
    await until(heading(page).filter({ hasText: "Nearest to “green”" }));
    await page.keyboard.press("ArrowDown");
    const active = () => page.evaluate(() => [...document.querySelectorAll(".card")].indexOf(document.activeElement!));
    expect(await active()).toBe(0);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await active()).toBe(2);
    await page.keyboard.press("ArrowDown");
    const columns = (await active()) - 2;
    expect(columns).toBeGreaterThan(1);
    await page.keyboard.press("ArrowUp");
    expect(await active()).toBe(2);
    await shot(page, "keys");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowUp");
    expect(await field(page).evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await until(heading(page).filter({ hasText: "Like “a green" }));
    await page.keyboard.press("Escape");
    await until(heading(page).filter({ hasText: "All 64 pictures" }));
  });

  it("searches by a picture that is chosen, dropped or pasted", async () => {
    const one = (await drawnPictures()).find(({ caption }) => caption === "a violet moon")!;
    const page = await opened();
    await until(cards(page));
    const files = { name: "moon.png", mimeType: "image/png", buffer: Buffer.from(one.bytes) };
    await page.locator("input[type=file]").setInputFiles(files);
    await until(heading(page).filter({ hasText: "Nearest to your picture" }));
    await until(cards(page).filter({ hasText: "1.000" }));
    expect((await titles(page))[0]).toBe("a violet moon");
    await shot(page, "picture");
    for (const [event, field] of [
      ["drop", "dataTransfer"],
      ["paste", "clipboardData"],
    ] as const) {
      await page.keyboard.press("Escape");
      await until(heading(page).filter({ hasText: "All 64 pictures" }));
      await page.evaluate(
        ({ event, field, bytes }) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(bytes)], "moon.png", { type: "image/png" }));
          const Kind = event === "drop" ? DragEvent : ClipboardEvent;
          window.dispatchEvent(new Kind(event, { [field]: data, bubbles: true, cancelable: true }));
        },
        { event, field, bytes: [...one.bytes] },
      );
      await until(heading(page).filter({ hasText: "Nearest to your picture" }));
      await until(cards(page).filter({ hasText: "1.000" }));
      expect((await titles(page))[0], event).toBe("a violet moon");
    }
  });

  it("says in the server's words why a text file named .png is no picture, and goes on", async () => {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage(); // the console tells of status 415 here, rightly
    await page.goto(server.url);
    const buffer = Buffer.from("no picture");
    await page.locator("input[type=file]").setInputFiles({ name: "photo.png", mimeType: "image/png", buffer });
    await until(page.getByRole("alert").filter({ hasText: "The body is no picture, whatever it is called." }));
    await field(page).fill("pink");
    await until(cards(page).filter({ hasText: "a pink" }));
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("has a dark look, by the system's wish and by the button, and keeps the choice", async () => {
    const page = await opened("/?q=teal", { colorScheme: "dark" });
    await until(cards(page));
    const look = () => page.evaluate(() => document.documentElement.dataset.look);
    expect(await look()).toBe("dark");
    await shot(page, "dark");
    await page.getByRole("button", { name: "Use the light look" }).click();
    expect(await look()).toBe("light");
    await page.reload();
    await until(cards(page));
    expect(await look()).toBe("light");
  });

  it("fits a phone: nothing wider than the screen, two pictures a line", async () => {
    const page = await opened("/?q=orange", {
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      hasTouch: true,
      isMobile: true,
    });
    await until(cards(page).filter({ hasText: "an orange" }));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const tops = await page.locator(".card").evaluateAll((all) => all.map((card) => card.getBoundingClientRect().top));
    expect(tops.filter((top) => top === tops[0])).toHaveLength(2);
    await shot(page, "phone");
    await page.goto(server.url);
    await until(page.getByRole("button", { name: "a blue circle", exact: true }));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await shot(page, "phone-all");
  });

  it("names everything that can be pressed, and every picture by itself", async () => {
    const page = await opened("/?q=red");
    await until(cards(page));
    const unnamed = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("button, a, input:not([type=file])")]
        .filter(
          (one) =>
            !(one.getAttribute("aria-label") ?? one.textContent)?.trim() &&
            !document.querySelector(`label[for="${one.id}"]`),
        )
        .map((one) => one.outerHTML),
    );
    expect(unnamed).toEqual([]);
    expect(await page.locator("img:not([alt])").count()).toBe(0);
    expect(await page.locator(".card[tabindex='0']").count()).toBe(1); // the tab key passes the results in one step
  });

  it("draws the map: hovering shows a picture and its caption, a click searches by it, a wheel zooms", async () => {
    const page = await opened("/#map");
    await page.getByRole("button", { name: "Show all" }).waitFor();
    await until(page.locator("img.spot"));
    await shot(page, "map");
    const { x, y } = (await page.locator("img.spot").first().boundingBox())!;
    await page.mouse.move(x + 22, y + 22); // its middle
    await until(page.locator(".tip"));
    const title = await page.locator(".tip span").textContent();
    expect((await drawnPictures()).map(({ caption }) => caption)).toContain(title);
    await shot(page, "map-hover");
    await page.mouse.click(x + 22, y + 22);
    await until(heading(page).filter({ hasText: `Like “${title}”` }));
    expect(new URL(page.url()).hash).toBe("#map");
    await until(page.locator("img.spot.found"));
    await shot(page, "map-found");
    const before = await page.locator("iframe").screenshot();
    await page.mouse.wheel(0, -600);
    await expect.poll(async () => Buffer.compare(before, await page.locator("iframe").screenshot())).not.toBe(0);
    await shot(page, "map-zoomed");
    await page.getByRole("button", { name: "Use the dark look" }).click();
    await shot(page, "map-dark");
  });

  it("says so where there is no WebGL", async () => {
    const page = await opened("/");
    await page.context().addInitScript(() => {
      const own = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
        return kind.includes("webgl") ? null : (own as (...given: unknown[]) => unknown).call(this, kind, ...rest);
      } as typeof own;
    });
    await page.reload();
    await page.getByRole("button", { name: "Map" }).click();
    await until(page.getByRole("alert").filter({ hasText: "This browser has no WebGL" }));
    await shot(page, "map-missing");
  });
});
