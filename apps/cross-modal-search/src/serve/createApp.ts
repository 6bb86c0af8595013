import { UserError } from "@nearfar/formats";
import type { TwoTowers } from "@nearfar/runs";
import { Hono, type Context } from "hono";
import { ApiError } from "./apiError.ts";
import { apiLimits } from "./apiLimits.ts";
import { checkUpload } from "./checkUpload.ts";
import type { Gallery } from "./gallery.ts";
import type { PageFile } from "./pageFiles.ts";
import { mapSecurity } from "./mapSecurity.ts";
import { pictureIndex, type PictureHit } from "./pictureIndex.ts";
import { pictureMap } from "./pictureMap.ts";
import { pictureType } from "./pictureType.ts";
import { queryVectors } from "./queryVectors.ts";
import { readBody } from "./readBody.ts";
import { securityHeaders } from "./securityHeaders.ts";
import { thumbnails } from "./thumbnails.ts";
import { wholeParameter } from "./wholeParameter.ts";

export interface AppOptions {
  readonly towers: TwoTowers;
  readonly gallery: Gallery;
  /** The built page; without it `/` says how to build it. */
  readonly page?: ReadonlyMap<string, PageFile>;
  /** The most bytes of a picture that is sent. */
  readonly limitBody?: number;
  /** Encodings that may wait for the one that runs. */
  readonly queue?: number;
  /** The names under which this server may be asked for; any where none is given. */
  readonly hosts?: readonly string[];
  /** Told of errors that are no client's fault. */
  readonly log?: (line: string) => void;
}

/**
 * The HTTP API of a gallery and its page, to be bound by `serve` or asked by `app.request`; README has the table of addresses.
 *
 * Every refusal is JSON, `{ "error": "what to do" }`.
 */
export function createApp({
  towers,
  gallery,
  page,
  limitBody = 10e6,
  queue = 64,
  hosts,
  log = () => {},
}: AppOptions): Hono {
  const { pictures, vectors, version } = gallery;
  const index = pictureIndex(vectors);
  const queries = queryVectors(towers, { waiting: queue });
  const map = pictureMap(vectors);
  const thumbnail = thumbnails(gallery.read);
  const app = new Hono();

  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value);
    // A page of another site may make its own name mean this machine, and then read what only this machine should.
    const host = c.req.header("host")?.replace(/:\d+$/, "").toLowerCase();
    if (hosts && host !== undefined && !hosts.includes(host))
      throw new ApiError(421, `This server answers to ${hosts.join(", ")}; it was asked for "${host.slice(0, 80)}".`);
    return next();
  });
  app.onError((error, c) => {
    if (error instanceof ApiError) {
      const body = JSON.stringify({ error: error.message });
      return c.body(body, error.status as 400, { "Content-Type": "application/json", ...error.headers });
    }
    log(`${c.req.method} ${c.req.path}: ${error.message}`);
    return c.json({ error: "Something went wrong here; the server's own output says what." }, 500);
  });
  app.notFound((c) => c.json({ error: `There is nothing at ${c.req.path.slice(0, 80)}.` }, 404));

  const described = (id: number) => ({ id, ...pictures[id]! });
  const answer = (c: Context, from: number, hits: readonly PictureHit[], total: number) =>
    c.json({
      from,
      total: Math.min(total, apiLimits.from + apiLimits.k),
      results: hits.map(({ id, score }) => ({ ...described(id), score: Math.round(1e4 * score) / 1e4 })),
    });
  const range = (c: Context) => ({
    k: wholeParameter(c, "k", { otherwise: 24, low: 1, high: apiLimits.k }),
    from: wholeParameter(c, "from", { otherwise: 0, low: 0, high: apiLimits.from }),
  });
  const known = (c: Context): number => {
    const id = Number(c.req.param("id"));
    if (id < pictures.length) return id;
    throw new ApiError(
      404,
      `There is no picture ${c.req.param("id")!.slice(0, 20)}; there are ${pictures.length}, from 0.`,
    );
  };
  /** What a browser has of this version it need not load again. */
  const cached = async (
    c: Context,
    tag: string,
    make: () => Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string }>,
  ) => {
    c.header("ETag", `"${version}-${tag}"`);
    c.header("Cache-Control", "private, no-cache");
    if (c.req.header("if-none-match") === `"${version}-${tag}"`) return c.body(null, 304);
    const { bytes, type } = await make();
    return c.body(bytes, 200, { "Content-Type": type });
  };

  app.get("/api/about", (c) =>
    c.json({
      name: gallery.name,
      model: towers.name,
      dimensions: towers.dimensions,
      pictures: pictures.length,
      version,
      suggestions: suggestions(gallery),
      limits: { ...apiLimits, body: limitBody },
    }),
  );
  app.get("/api/pictures", (c) => {
    const { k, from } = range(c);
    const results = pictures.slice(from, from + k).map((_, at) => described(from + at));
    return c.json({ from, total: Math.min(pictures.length, apiLimits.from + apiLimits.k), results });
  });
  app.get("/api/pictures/:id{[0-9]+}", (c) => c.json(described(known(c))));
  app.get("/api/search", async (c) => {
    const { k, from } = range(c);
    const text = (c.req.query("q") ?? "").trim();
    if (text === "") throw new ApiError(400, "q is the text to search by; it is empty.");
    if (text.length > apiLimits.text)
      throw new ApiError(414, `q may have ${apiLimits.text} characters; got ${text.length}. Shorten it.`);
    const vector = await queries.text(text, c.req.raw.signal);
    return answer(c, from, await index.find(vector, { k, from }), pictures.length);
  });
  app.post("/api/search", async (c) => {
    const { k, from } = range(c);
    const bytes = await readBody(c.req.raw, limitBody);
    await checkUpload(bytes, c.req.header("content-type"));
    const vector = await queries.picture(bytes, c.req.raw.signal);
    return answer(c, from, await index.find(vector, { k, from }), pictures.length);
  });
  app.get("/api/similar/:id{[0-9]+}", async (c) => {
    const { k, from } = range(c);
    const id = known(c);
    const vector = vectors.data.subarray(id * vectors.dimensions, (id + 1) * vectors.dimensions);
    return answer(c, from, await index.find(vector, { k, from, except: id }), pictures.length - 1);
  });
  app.get("/api/map", async (c) => c.json(await map()));
  app.get("/pictures/:id{[0-9]+}", (c) => {
    const id = known(c);
    return cached(c, `${id}`, async () => {
      const bytes = await gallery.read(id).catch(gone);
      const type = pictureType(bytes);
      if (type === undefined) throw new ApiError(404, `${pictures[id]!.path}: is no picture any more.`);
      return { bytes: new Uint8Array(bytes), type };
    });
  });
  app.get("/thumbnails/:id{[0-9]+}", (c) => {
    const id = known(c);
    return cached(c, `${id}s`, async () => ({
      bytes: await thumbnail(id, c.req.raw.signal).catch(gone),
      type: "image/webp",
    }));
  });
  for (const path of page?.keys() ?? [])
    app.get(path, (c) => {
      const { bytes, type } = page!.get(path)!;
      if (path === "/map.html") c.header("Content-Security-Policy", mapSecurity);
      c.header("Cache-Control", path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
      return c.body(bytes, 200, { "Content-Type": type });
    });
  if (!page) app.get("/", (c) => c.text(`The page is not built. Run: ${BUILD}\nThe API is at /api/about.\n`, 503));

  const methods = new Map<string, Set<string>>();
  for (const { path, method } of app.routes)
    if (method !== "ALL") methods.set(path, (methods.get(path) ?? new Set()).add(method));
  for (const [path, allowed] of methods)
    app.all(path, (c) => {
      const list = [...allowed, ...(allowed.has("GET") ? ["HEAD"] : [])].join(", ");
      throw new ApiError(405, `${c.req.method} is not done here; ${list} is.`, { Allow: list });
    });
  return app;
}

const BUILD = "npx nx run @nearfar/cross-modal-search:page";

/** Captions from all over the gallery, short ones, to begin with. */
function suggestions({ pictures }: Gallery): string[] {
  const found = new Set<string>();
  for (let part = 0; part < 6; part++) {
    const begin = Math.floor((pictures.length * part) / 6);
    const caption = pictures
      .slice(begin, begin + 50)
      .flatMap(({ captions }) => captions)
      .find((text) => text.length > 1 && text.length <= 60 && !found.has(text));
    if (caption !== undefined) found.add(caption);
  }
  return [...found];
}

/** A file that was moved or broken since the server began. */
function gone(error: unknown): never {
  if (error instanceof ApiError) throw error;
  const reason = error instanceof UserError ? error.message : "this picture cannot be read any more.";
  throw new ApiError(404, reason);
}
