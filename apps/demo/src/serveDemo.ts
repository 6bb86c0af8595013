import { join } from "node:path";
import { onInterrupt } from "@nearfar/command";
import { serveGallery } from "@nearfar/cross-modal-search";
import { filesFingerprint, type IconItem, type PairSet } from "@nearfar/data";
import { openTwoTowers } from "@nearfar/runs";
import { storyFolders } from "./storyFolders.ts";

/** Serves the joined towers of a finished story over all pictures, with the page, until it is interrupted. */
export async function serveDemo(set: PairSet<IconItem>, { out, port }: { out: string; port: number }): Promise<void> {
  const { joined } = storyFolders(out);
  const towers = await openTwoTowers(joined);
  try {
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const server = await serveGallery(towers, set, {
      port,
      say,
      cache: join(joined, "gallery"),
      model: await filesFingerprint([join(joined, "model", "model.safetensors")]),
    });
    const interrupted = new Promise<void>((resolve) => onInterrupt(resolve)); // before anyone is told that it runs
    process.stdout.write(`Open ${server.url} (Ctrl-C ends it)\n`);
    await interrupted;
    await server.close();
  } finally {
    towers.dispose();
  }
}
