import { rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@nearfar/testing";
import type { Hono } from "hono";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createApp, type AppOptions } from "../../src/serve/createApp.ts";
import { drawnGallery } from "./drawnGallery.ts";
import { drawnPictures } from "./drawnPictures.ts";
import { stubTowers } from "./stubTowers.ts";

interface Answer {
  readonly from: number;
  readonly total: number;
  readonly results: readonly { id: number; path: string; captions: string[]; score: number }[];
}

async function opened(options: Partial<AppOptions> = {}) {
  const folder = temporaryFolder();
  const towers = stubTowers();
  const gallery = await drawnGallery(towers, folder);
  const app = createApp({ towers, gallery, ...options });
  return { app, towers, gallery, folder };
}

const json = async <Body = Answer>(app: Hono, path: string, init?: RequestInit): Promise<Body> => {
  const response = await app.request(path, init);
  expect(response.status).toBe(200);
  return (await response.json()) as Body;
};

/** The status and the message of a refusal. */
const refused = async (app: Hono, path: string, init?: RequestInit): Promise<[number, string]> => {
  const response = await app.request(path, init);
  const { error } = (await response.json()) as { error: string };
  return [response.status, error];
};

const picture = (body: Uint8Array, type = "image/png"): RequestInit => ({
  method: "POST",
  body: new Uint8Array(body),
  headers: { "Content-Type": type },
});

describe("what is found", () => {
  it("by a text are the pictures of its colour, the best first", async () => {
    const { app } = await opened();
    const { results, total } = await json(app, "/api/search?q=something+red&k=8");
    expect(results.map(({ path }) => path.split("/")[0])).toEqual(new Array(8).fill("red")); // 8 shapes a colour
    expect(results.map(({ score }) => score)).toEqual(results.map(({ score }) => score).sort((a, b) => b - a));
    expect(total).toBe(64); // 8 shapes in 8 colours
    expect(results[0]!.captions[0]).toMatch(/^a red /);
  });

  it("by a picture that is sent begins with that picture, at cosine 1", async () => {
    const { app } = await opened();
    const { path, bytes } = (await drawnPictures())[30]!;
    const { results } = await json(app, "/api/search?k=3", picture(bytes));
    expect(results[0]).toMatchObject({ path, score: 1 });
    const anonymous = await json(app, "/api/search?k=3", picture(bytes, "application/octet-stream"));
    expect(anonymous.results).toEqual(results);
  });

  it("by a picture of the gallery leaves that one out, and is else what sending it finds", async () => {
    const { app, gallery } = await opened();
    const similar = await json(app, "/api/similar/12?k=5");
    const sent = await json(app, "/api/search?k=6", picture(await gallery.read(12)));
    expect(sent.results[0]!.id).toBe(12);
    expect(similar.results).toEqual(sent.results.slice(1));
    expect(similar.total).toBe(63);
  });

  it("comes in pages that together are the whole", async () => {
    const { app } = await opened();
    const whole = await json(app, "/api/search?q=blue&k=60");
    const pages = await Promise.all([0, 20, 40].map((from) => json(app, `/api/search?q=blue&k=20&from=${from}`)));
    expect(pages.flatMap(({ results }) => results)).toEqual(whole.results);
    expect((await json(app, "/api/search?q=blue&k=20&from=60")).results).toHaveLength(4); // of 64
    expect((await json(app, "/api/search?q=blue&from=64")).results).toEqual([]);
  });

  it("is searched anew each time, while the text is encoded once", async () => {
    const { app, towers } = await opened();
    await json(app, "/api/search?q=green");
    await json(app, "/api/search?q=green&k=3");
    await json(app, "/api/search?q=%20green");
    expect(towers.encoded.texts).toBe(1);
  });
});

describe("the rest of the API", () => {
  it("says what is served, and browses it", async () => {
    const { app } = await opened();
    expect(await json<object>(app, "/api/about")).toMatchObject({
      name: "pictures",
      model: "stub",
      dimensions: 19,
      pictures: 64,
      limits: { body: 10e6 },
    });
    const { results, total } = await json(app, "/api/pictures?k=10&from=60");
    expect([total, results.map(({ id }) => id)]).toEqual([64, [60, 61, 62, 63]]);
    expect(await json<object>(app, "/api/pictures/63")).toEqual({
      id: 63,
      path: "yellow/triangle.png",
      captions: ["a yellow triangle"],
    });
  });

  it("gives a picture as it is stored, and a small one", async () => {
    const { app, gallery } = await opened();
    const original = await app.request("/pictures/3");
    expect(original.headers.get("content-type")).toBe("image/png");
    expect(new Uint8Array(await original.arrayBuffer())).toEqual(new Uint8Array(await gallery.read(3)));
    const small = await app.request("/thumbnails/3");
    expect(small.headers.get("content-type")).toBe("image/webp");
    const { format, width } = await sharp(await small.arrayBuffer()).metadata();
    expect([format, width]).toEqual(["webp", 240]); // it has 240 pixels and is not enlarged
    const tag = small.headers.get("etag")!;
    expect((await app.request("/thumbnails/3", { headers: { "If-None-Match": tag } })).status).toBe(304);
  });

  it("places every picture on the map, those of a colour near each other", async () => {
    const { app, gallery } = await opened();
    const { ids, x, y } = await json<{ ids: number[]; x: number[]; y: number[] }>(app, "/api/map");
    expect(ids).toEqual(Array.from({ length: 64 }, (_, id) => id));
    expect(Math.max(...x, ...y)).toBeLessThanOrEqual(1);
    expect(Math.min(...x, ...y)).toBeGreaterThanOrEqual(-1);
    const colour = (id: number) => gallery.pictures[id]!.path.split("/")[0];
    const nearest = ids.map((id) => {
      const distance = (other: number) =>
        other === id ? Infinity : Math.hypot(x[id]! - x[other]!, y[id]! - y[other]!);
      return ids.reduce((best, other) => (distance(other) < distance(best) ? other : best), id === 0 ? 1 : 0);
    });
    const same = ids.filter((id) => colour(nearest[id]!) === colour(id)).length;
    expect(same / 64).toBeGreaterThan(3 / 8); // by chance 7 / 63, a ninth
    expect(await json(app, "/api/map")).toEqual({ ids, x, y });
  });
});

describe("what is refused", () => {
  it("is a text that is empty, or too long", async () => {
    const { app } = await opened();
    expect(await refused(app, "/api/search")).toEqual([400, "q is the text to search by; it is empty."]);
    expect((await refused(app, "/api/search?q=%20%20"))[0]).toBe(400);
    expect(await refused(app, `/api/search?q=${"x".repeat(1001)}`)).toEqual([
      414,
      "q may have 1000 characters; got 1001. Shorten it.",
    ]);
  });

  it("is a number that is none, or out of its range", async () => {
    const { app } = await opened();
    for (const query of ["k=0", "k=101", "k=-1", "k=1.5", "k=ten", "k=", "from=-1", "from=5001", "from=1e3", "k=0x10"])
      expect((await refused(app, `/api/search?q=red&${query}`))[0], query).toBe(400);
    expect(await refused(app, "/api/similar/3?k=1000")).toEqual([
      400,
      'k is a whole number from 1 to 100; got "1000".',
    ]);
  });

  it("is a body above the limit, whether it says its length or not", async () => {
    const { app, towers } = await opened({ limitBody: 1000 });
    const before = towers.encoded.pictures;
    const large = new Uint8Array(1001);
    expect(await refused(app, "/api/search", picture(large))).toEqual([
      413,
      "A picture may have 1000 bytes at most. Send a smaller one, or start the server with --limit-body.",
    ]);
    const told = { method: "POST", body: "x", headers: { "Content-Length": "50000000", "Content-Type": "image/png" } };
    expect((await refused(app, "/api/search", told))[0]).toBe(413);
    let pulled = 0;
    const endless = new ReadableStream({ pull: (stream) => (pulled++, stream.enqueue(new Uint8Array(100))) });
    const streamed = { method: "POST", body: endless, duplex: "half", headers: { "Content-Type": "image/png" } };
    expect((await refused(app, "/api/search", streamed as RequestInit))[0]).toBe(413);
    expect(pulled).toBeLessThan(20); // 1,000 bytes are ten chunks; some are read ahead
    expect(towers.encoded.pictures).toBe(before);
  });

  it("is what is no picture, by its bytes and not by its name", async () => {
    const { app } = await opened();
    const text = Buffer.from("this is a text file that was named photo.png");
    expect(await refused(app, "/api/search", picture(text))).toEqual([
      415,
      "The body is no picture, whatever it is called. Send a JPEG, PNG, WebP, GIF, TIFF or AVIF.",
    ]);
    const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`);
    expect((await refused(app, "/api/search", picture(svg, "image/svg+xml")))[1]).toContain("is an SVG");
    const { bytes } = (await drawnPictures())[0]!;
    for (const type of ["text/plain", "multipart/form-data; boundary=x", "application/json", ""])
      expect((await refused(app, "/api/search", picture(bytes, type)))[0], type).toBe(415);
    expect(await refused(app, "/api/search", picture(new Uint8Array()))).toEqual([
      400,
      "The body is empty. Send the bytes of a picture.",
    ]);
  });

  it("is a damaged picture", async () => {
    const { app } = await opened();
    const { bytes } = (await drawnPictures())[0]!;
    expect((await refused(app, "/api/search", picture(bytes.subarray(0, 20))))[0]).toBe(422); // within the header
    expect((await refused(app, "/api/search", picture(bytes.subarray(0, bytes.length / 2))))[0]).toBe(422); // within the pixels
  });

  it("is a picture bomb: few bytes, many pixels", async () => {
    const { app, towers } = await opened();
    const before = towers.encoded.pictures;
    const bomb = await sharp({
      create: { width: 12_000, height: 12_000, channels: 3, background: "white" },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(1e6);
    const [status, message] = await refused(app, "/api/search", picture(bomb));
    expect([status, message]).toEqual([
      413,
      "A picture may have 64 million pixels at most; this one has 12000 x 12000. Make it smaller.",
    ]);
    expect(towers.encoded.pictures).toBe(before);
  });

  it("is a picture that is not there, or whose number is none", async () => {
    const { app } = await opened();
    for (const path of ["/pictures/64", "/thumbnails/99999999999999999999", "/api/similar/64", "/api/pictures/64"])
      expect((await refused(app, path))[0], path).toBe(404);
    for (const id of ["-1", "1.5", "x", "0x1", "1%00", "%2e%2e%2f", ""])
      for (const base of ["/pictures", "/thumbnails", "/api/similar"])
        expect((await refused(app, `${base}/${id}`))[0], `${base}/${id}`).toBe(404);
  });

  it("is every path that leads out", async () => {
    const { app } = await opened({
      page: new Map([["/", { bytes: new Uint8Array(1), type: "text/html" }]]),
    });
    for (const path of [
      "/../package.json",
      "/..%2f..%2fpackage.json",
      "/%2e%2e/%2e%2e/etc/passwd",
      "/pictures/../../etc/passwd",
      "/pictures/..%2f..%2f..%2fetc%2fpasswd",
      "/assets/..%5c..%5cpackage.json",
      "//etc/passwd",
      "/thumbnails/0/../../../etc/passwd",
    ])
      expect((await refused(app, path))[0], path).toBe(404);
  });

  it("is a picture that has become a link out of the folder since, or a text, or nothing", async () => {
    const { app, folder, gallery } = await opened();
    const outside = join(folder, "secret.png");
    await writeFile(outside, (await drawnPictures())[0]!.bytes);
    const file = (id: number) => join(folder, "pictures", gallery.pictures[id]!.path);
    await rm(file(0));
    await symlink(outside, file(0));
    await writeFile(file(1), "no picture any more");
    await rm(file(2));
    for (const id of [0, 1, 2])
      for (const base of ["/pictures", "/thumbnails"])
        expect((await refused(app, `${base}/${id}`))[0], `${base}/${id}`).toBe(404);
    expect((await app.request("/pictures/3")).status).toBe(200);
  });

  it("is another method, with those that are allowed", async () => {
    const { app } = await opened();
    for (const [method, path, allowed] of [
      ["DELETE", "/api/search", "GET, POST, HEAD"],
      ["POST", "/api/about", "GET, HEAD"],
      ["PUT", "/pictures/1", "GET, HEAD"],
      ["POST", "/api/similar/1", "GET, HEAD"],
      ["OPTIONS", "/api/search", "GET, POST, HEAD"],
    ] as const) {
      const response = await app.request(path, { method });
      expect([response.status, response.headers.get("allow")], `${method} ${path}`).toEqual([405, allowed]);
    }
    expect((await app.request("/api/about", { method: "HEAD" })).status).toBe(200);
  });

  it("is another name than the server's own, where it has some", async () => {
    const { app } = await opened({ hosts: ["localhost", "127.0.0.1", "[::1]"] });
    const asked = (host: string) => app.request("/api/about", { headers: { Host: host } });
    expect((await asked("evil.example:3000")).status).toBe(421);
    for (const host of ["localhost:3000", "127.0.0.1", "[::1]:80", "LOCALHOST"])
      expect((await asked(host)).status, host).toBe(200);
  });
});

describe("every answer", () => {
  it("has the headers that keep a browser from guessing and others from reading", async () => {
    const { app } = await opened();
    for (const path of ["/api/about", "/nowhere", "/api/search", "/pictures/1", "/thumbnails/1"]) {
      const { headers } = await app.request(path, { headers: { Origin: "https://elsewhere.example" } });
      expect(headers.get("content-security-policy"), path).toContain("default-src 'none'");
      expect(headers.get("content-security-policy"), path).not.toContain("unsafe");
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("cross-origin-resource-policy"), path).toBe("same-origin");
      expect(headers.get("access-control-allow-origin"), path).toBeNull();
    }
  });

  it("to a fault of the server's own says nothing of it, and the log does", async () => {
    const lines: string[] = [];
    const { app, towers } = await opened({ log: (line) => lines.push(line) });
    towers.texts.encode = () => Promise.reject(new Error("weights at 0x7f are gone"));
    const [status, message] = await refused(app, "/api/search?q=red");
    expect(status).toBe(500);
    expect(message).not.toContain("0x7f");
    expect(lines).toEqual(["GET /api/search: weights at 0x7f are gone"]);
  });

  it("at / without a page is how to build it", async () => {
    const { app } = await opened();
    const response = await app.request("/");
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("npx nx run @nearfar/cross-modal-search:page");
  });
});

describe("the queue", () => {
  it("refuses with 429 and Retry-After when more wait than may, and does the others", async () => {
    const { towers, gallery } = await opened();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = stubTowers(() => held);
    const app = createApp({ towers: { ...towers, texts: slow.texts }, gallery, queue: 2 });
    const waiting = ["red", "green", "blue"].map((q) => app.request(`/api/search?q=${q}`)); // one runs, two wait
    const fourth = await app.request("/api/search?q=pink");
    expect(fourth.status).toBe(429);
    expect(Number(fourth.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(((await fourth.json()) as { error: string }).error).toMatch(/^Too many requests wait already \(2\)\./);
    release();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await app.request("/api/search?q=pink")).status).toBe(200);
  });

  it("drops what waits for a client that has gone", async () => {
    const { towers, gallery } = await opened();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = stubTowers(() => held);
    const app = createApp({ towers: { ...towers, texts: slow.texts }, gallery, queue: 1 });
    const first = app.request("/api/search?q=red");
    const leaving = new AbortController();
    const second = app.request("/api/search?q=green", { signal: leaving.signal });
    expect((await app.request("/api/search?q=blue")).status).toBe(429);
    leaving.abort();
    expect((await second).status).toBe(499);
    const third = app.request("/api/search?q=blue"); // its place is free again
    release();
    expect((await Promise.all([first, third])).map(({ status }) => status)).toEqual([200, 200]);
    expect(slow.encoded.texts).toBe(2); // green never was
  });
});
