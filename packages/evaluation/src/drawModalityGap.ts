import type { ModalityGap } from "./modalityGap.ts";

export interface DrawModalityGapOptions {
  readonly title?: string;
  /** The most points that are drawn of each side, evenly taken. */
  readonly most?: number;
}

/**
 * A modality gap as a picture: an SVG of its own, 640 by 480, light and dark, of pictures' and texts' points, their means and the gap.
 *
 * Both axes have the same scale, so that distances are what they look like. Source of the form: Liang et al. 2022, figure 1.
 */
export function drawModalityGap(
  { distance, within, between, points }: ModalityGap,
  { title = "Modality gap", most = 1000 }: DrawModalityGapOptions = {},
): string {
  const all = [...points.images, ...points.texts];
  const span = 1.05 * Math.max(1e-6, ...all.map(Math.abs));
  const scale = SIDE / 2 / span;
  const place = (x: number, y: number) =>
    [LEFT + SIDE / 2 + scale * x, TOP + SIDE / 2 - scale * y].map((v) => v.toFixed(1)) as [string, string];
  const cloud = (side: Float32Array, name: string) => {
    const count = side.length / 2;
    const step = Math.max(1, count / most);
    const dots = Array.from({ length: Math.floor(count / step) }, (_, i) => {
      const at = 2 * Math.floor(i * step);
      const [x, y] = place(side[at]!, side[at + 1]!);
      return `<circle cx="${x}" cy="${y}" r="2.2"/>`;
    });
    return `<g class="${name}" fill-opacity="0.45">${dots.join("")}</g>`;
  };
  const [images, texts] = [place(...centre(points.images)), place(...centre(points.texts))];
  const mark = ([x, y]: readonly [string, string], name: string) =>
    `<circle class="${name} mean" cx="${x}" cy="${y}" r="6"/>`;
  const ticks = ticksOf(span).flatMap((tick) => {
    const [x, y] = place(tick, tick);
    return [
      `<line class="grid" x1="${x}" y1="${TOP}" x2="${x}" y2="${TOP + SIDE}"/><line class="grid" x1="${LEFT}" y1="${y}" x2="${LEFT + SIDE}" y2="${y}"/>`,
      text(x, TOP + SIDE + 16, tick.toFixed(1), 'text-anchor="middle" class="small"'),
      text(LEFT - 8, Number(y) + 4, tick.toFixed(1), 'text-anchor="end" class="small"'),
    ];
  });
  const middle = LEFT + SIDE / 2;
  const legend: readonly [string, string][] = [
    ["images", `pictures (${points.images.length / 2})`],
    ["texts", `texts (${points.texts.length / 2})`],
  ];
  const numbers: readonly [string, number][] = [
    ["gap of the means", distance],
    ["cosine of pictures", within.images],
    ["cosine of texts", within.texts],
    ["cosine across", between],
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${HEIGHT}"/>`,
    text(LEFT, 26, title, 'font-size="16" font-weight="600"'),
    ...ticks,
    `<rect class="frame" x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}"/>`,
    cloud(points.images, "images"),
    cloud(points.texts, "texts"),
    `<line class="gap" x1="${images[0]}" y1="${images[1]}" x2="${texts[0]}" y2="${texts[1]}"/>`,
    mark(images, "images"),
    mark(texts, "texts"),
    text(middle, TOP + SIDE + 36, "first principal component", 'text-anchor="middle"'),
    text(
      18,
      TOP + SIDE / 2,
      "second principal component",
      `text-anchor="middle" transform="rotate(-90 18 ${TOP + SIDE / 2})"`,
    ),
    ...legend.flatMap(([name, label], i) => [
      `<circle class="${name}" cx="${RIGHT + 6}" cy="${TOP + 8 + 22 * i}" r="5"/>`,
      text(RIGHT + 18, TOP + 12 + 22 * i, label),
    ]),
    ...numbers.flatMap(([label, value], i) => [
      text(RIGHT, TOP + 78 + 40 * i, label, 'class="small"'),
      text(RIGHT, TOP + 96 + 40 * i, Number.isFinite(value) ? value.toFixed(3) : "-", 'font-weight="600"'),
    ]),
    "</svg>\n",
  ].join("\n");
}

const [WIDTH, HEIGHT, LEFT, TOP, SIDE] = [640, 480, 62, 42, 386];
const RIGHT = LEFT + SIDE + 24;
const STYLE = `
.paper{fill:#fff}.frame{fill:none;stroke:#8a8a8a}.grid{stroke:#e3e3e3}.gap{stroke:#222;stroke-width:2}
text{fill:#222}.small{font-size:11px;fill:#666}.images{fill:#0072b2}.texts{fill:#d55e00}.mean{stroke:#fff;stroke-width:2}
@media (prefers-color-scheme:dark){.paper{fill:#16181c}.frame{stroke:#777}.grid{stroke:#2c3036}.gap{stroke:#eee}
text{fill:#eee}.small{fill:#aaa}.images{fill:#56b4e9}.texts{fill:#e69f00}.mean{stroke:#16181c}}
`; // colours that the colour-blind tell apart: Okabe and Ito

function centre(points: Float32Array): [number, number] {
  const sum: [number, number] = [0, 0];
  points.forEach((value, i) => (sum[i % 2]! += (2 * value) / points.length));
  return sum;
}

/** Round numbers from -span to span, five or so. */
function ticksOf(span: number): number[] {
  const step = [0.1, 0.2, 0.5].find((width) => span / width <= 3) ?? 1;
  const most = Math.floor(span / step);
  return Array.from({ length: 2 * most + 1 }, (_, i) => (i - most) * step);
}

const text = (x: number | string, y: number | string, words: string, attributes = "") =>
  `<text x="${x}" y="${y}" ${attributes}>${escaped(words)}</text>`;
const escaped = (words: string) => words.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
