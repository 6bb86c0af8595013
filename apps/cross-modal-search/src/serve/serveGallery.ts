import type { TwoTowers } from "@nearfar/runs";
import { createApp, type AppOptions } from "./createApp.ts";
import { openGallery, type GallerySource, type OpenGalleryOptions } from "./openGallery.ts";
import { pageFiles } from "./pageFiles.ts";
import { serve, type RunningServer, type ServeOptions } from "./serve.ts";

export interface ServeGalleryOptions
  extends OpenGalleryOptions, ServeOptions, Pick<AppOptions, "limitBody" | "queue" | "log"> {}

/**
 * Encodes pictures (or takes their vectors from the cache) and serves them with the page until `close`; `url` says where.
 *
 * On an address of this machine alone it answers only to its own names, so that no page elsewhere can reach it under another one.
 */
export async function serveGallery(
  towers: TwoTowers,
  source: GallerySource,
  options: ServeGalleryOptions,
): Promise<RunningServer> {
  const { host = "127.0.0.1", limitBody, queue, log, say = () => {} } = options;
  const gallery = await openGallery(towers, source, options);
  const page = await pageFiles();
  if (!page)
    say(
      "The page is not built, so that there is the API alone: npx nx run @nearfar/cross-modal-search:page builds it.",
    );
  const app = createApp({
    towers,
    gallery,
    ...(page && { page }),
    ...(limitBody !== undefined && { limitBody }),
    ...(queue !== undefined && { queue }),
    ...(log && { log }),
    ...(LOCAL.includes(host) && { hosts: ["localhost", "127.0.0.1", "[::1]"] }),
  });
  return serve(app, options);
}

const LOCAL = ["localhost", "127.0.0.1", "::1"];
