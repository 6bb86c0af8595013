import type { Image } from "@nearfar/formats";
import { contactSheet, decodeImage } from "@nearfar/image-augmentation";
import { expect, it } from "vitest";

const plain = (width: number, height: number, color: readonly number[]): Image => ({
  width,
  height,
  data: Uint8Array.from({ length: 3 * width * height }, (_, i) => color[i % 3]!),
});
const pixel = ({ width, data }: Image, x: number, y: number) => [...data.subarray(3 * (y * width + x)).subarray(0, 3)];
const RED = [255, 0, 0];
const BLUE = [0, 0, 255];
const WHITE = [255, 255, 255];

it("lays rows of cells on white", async () => {
  const png = await contactSheet([[plain(4, 4, RED), plain(40, 10, BLUE)], [plain(3, 3, BLUE)]], { cell: 20, gap: 2 });
  const sheet = await decodeImage(png);
  expect([sheet.width, sheet.height]).toEqual([46, 46]); // 2 + 2 · (20 + 2)
  expect(pixel(sheet, 0, 0)).toEqual(WHITE);
  expect(pixel(sheet, 2, 2)).toEqual(RED); // 4 px enlarged five times fill the cell
  expect(pixel(sheet, 21, 21)).toEqual(RED);
  expect(pixel(sheet, 22, 21)).toEqual(WHITE);
  expect(pixel(sheet, 24, 6)).toEqual(WHITE); // 40x10 becomes 20x5, in the middle
  expect(pixel(sheet, 24, 11)).toEqual(BLUE);
  expect(pixel(sheet, 40, 40)).toEqual(WHITE); // the second row has one picture
});

it("writes labels, whatever their characters", async () => {
  const rows = [[plain(8, 8, RED)]];
  const labels = { rowLabels: [`<b>&"'\u0007`], columnLabels: ["a < b"] };
  const sheet = await decodeImage(await contactSheet(rows, { cell: 48, ...labels }));
  const bare = await decodeImage(await contactSheet(rows, { cell: 48 }));
  expect(sheet.width).toBeGreaterThan(bare.width);
  expect(sheet.height).toBeGreaterThan(bare.height);
  const dark = sheet.data.filter((value, i) => i % 3 === 1 && value < 100).length;
  expect(dark).toBeGreaterThan(48 * 48); // the red cell's green values, and letters
});

it("refuses an empty sheet", async () => {
  await expect(contactSheet([[], []])).rejects.toThrow("there is at least one picture");
});
