import { existsSync } from "node:fs";

const places = [
  process.env.NEARFAR_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const path = places.find((place) => place !== undefined && existsSync(place));

/** A Chromium of this machine for playwright-core, or the reason for which a test that wants one is skipped. */
export const chromium = {
  path,
  missing: path === undefined,
  reason:
    path === undefined ? "(skipped: no Chromium here; apt-get install chromium, or say where by NEARFAR_CHROMIUM)" : "",
  /** WebGL in software; root has no sandbox. */
  args: [
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
};
