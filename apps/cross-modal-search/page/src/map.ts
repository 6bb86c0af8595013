import createScatterplot from "regl-scatterplot";
import { ask } from "./api.ts";
import type { FromMap, Spot, ToMap } from "./mapMessages.ts";
import "./map.css";

// The map is a document of its own, which alone may compile text (regl does), and which knows numbers alone: where pictures lie, and which are found.
interface Places {
  readonly ids: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const canvas = document.getElementById("map") as HTMLCanvasElement;
const tell = (message: FromMap) => parent.postMessage(message, location.origin);

const probe = document.createElement("canvas");
if (probe.getContext("webgl") === null && probe.getContext("experimental-webgl") === null)
  tell({ kind: "missing", why: "This browser has no WebGL, or has it switched off; the map is drawn by it." });
else
  draw(await ask<Places>("/api/map")).catch((error: unknown) =>
    tell({ kind: "missing", why: `The map cannot be drawn: ${(error as Error).message}` }),
  );

/** Pictures are shown in squares of 44 pixels. */
const APART = 50;
const MOST = 80;
const CONSIDERED = 2_000;

async function draw({ ids, ...places }: Places): Promise<void> {
  // A map has no scale: it is stretched, at most twofold, to fill the screen, and turned where that is high.
  const high = innerHeight > innerWidth;
  const [x, y] = high ? stretched(places.y, places.x) : stretched(places.x, places.y);
  // Few pictures are drawn large, many small.
  const size = Math.max(3, Math.min(10, 120 / Math.sqrt(ids.length)));
  const plot = createScatterplot({
    canvas,
    width: innerWidth,
    height: innerHeight,
    aspectRatio: innerWidth / innerHeight,
    colorBy: "valueA",
    sizeBy: "valueA",
    opacity: 0.85,
    pointSize: [size, size + 4],
    pointSizeSelected: 2,
    pointOutlineWidth: 2,
    lassoOnLongPress: false,
    cameraDistance: 1.15,
    pointScaleMode: "asinh",
  });
  let found = new Set<number>();
  let look: ToMap & { kind: "look" } = { kind: "look", ground: "#ffffff", quiet: "#888888", accent: "#2a6353" };
  let drawn: Promise<unknown> = Promise.resolve(); // the library leaves out a drawing that is asked for during another
  const redraw = (): Promise<unknown> => {
    plot.set({
      backgroundColor: look.ground,
      pointColor: [look.quiet, look.accent],
      pointColorHover: look.accent,
      pointColorActive: look.accent,
    });
    drawn = drawn.then(() => {
      const valueA = ids.map((id) => (found.has(id) ? 1 : 0));
      return plot.draw({ x, y, valueA }, { zDataType: "categorical" });
    });
    return drawn.then(showSpots);
  };

  /** Pictures in view that do not cover each other, those that were found before the others. */
  let asked = 0;
  const showSpots = (): void => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => {
      const inView: readonly number[] = plot.get("pointsInView");
      const step = Math.max(1, Math.floor(inView.length / CONSIDERED));
      const order = [
        ...inView.filter((at) => found.has(ids[at]!)),
        ...inView.filter((at, i) => i % step === 0 && !found.has(ids[at]!)),
      ];
      const spots: Spot[] = [];
      for (const at of order) {
        const [left, top] = plot.getScreenPosition(at)!;
        if (left < 24 || top < 24 || left > innerWidth - 24 || top > innerHeight - 24) continue;
        if (spots.some((spot) => Math.abs(spot.left - left) < APART && Math.abs(spot.top - top) < APART)) continue;
        spots.push({ id: ids[at]!, left, top, found: found.has(ids[at]!) });
        if (spots.length === MOST) break;
      }
      tell({ kind: "spots", spots });
    });
  };

  plot.subscribe("pointOver", (at: number) => {
    const [left, top] = plot.getScreenPosition(at)!;
    tell({ kind: "over", id: ids[at]!, left, top });
  });
  plot.subscribe("pointOut", () => tell({ kind: "out" }));
  plot.subscribe("view", () => {
    tell({ kind: "out" });
    showSpots();
  });
  plot.subscribe("select", ({ points }: { points: number[] }) => {
    const [at] = points;
    plot.deselect({ preventEvent: true });
    if (at !== undefined) tell({ kind: "chosen", id: ids[at]! });
  });
  addEventListener("resize", () => {
    plot.set({ width: innerWidth, height: innerHeight });
    showSpots();
  });
  addEventListener("message", ({ data, source, origin }: MessageEvent<ToMap>) => {
    if (source !== parent || origin !== location.origin) return;
    if (data.kind === "look") look = data;
    if (data.kind === "found") found = new Set(data.ids);
    if (data.kind === "whole") void plot.zoomToOrigin({ transition: true, transitionDuration: 400 });
    if (data.kind === "look" || data.kind === "found") void redraw();
  });
  await redraw();
  tell({ kind: "ready", pictures: ids.length });
}

function stretched(x: readonly number[], y: readonly number[]): [number[], number[]] {
  const reach = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  const [wide, tall] = [reach(x), reach(y)];
  const both = Math.max(wide, tall);
  return [x.map((value) => value / Math.max(wide, both / 2)), y.map((value) => value / Math.max(tall, both / 2))];
}
