import { UserError } from "@nearfar/formats";
import { indexLayout, type IndexLayout, type IndexShape } from "./indexLayout.ts";
import { limits } from "./limits.ts";
import type { VectorDtype } from "./vectorDtype.ts";

/** The layout that a file's first 4,096 bytes tell; a UserError for any other than `indexLayout` makes, and for another size of the file. */
export function parseIndexHeader(header: Uint8Array, size: number, path: string): IndexLayout {
  const shape = shapeOf(header);
  const layout = shape && indexLayout(shape);
  if (!layout || Buffer.compare(layout.header, header) !== 0)
    throw new UserError(
      `${path}: this is no index of nearfar, or its header is damaged. Make it again with writeIndex.`,
    );
  if (layout.size !== size)
    throw new UserError(`${path}: the index takes ${layout.size} bytes; got ${size}. Was the file cut off?`);
  return layout;
}

function shapeOf(header: Uint8Array): IndexShape | undefined {
  try {
    const { __metadata__: metadata } = JSON.parse(Buffer.from(header.subarray(8)).toString()) as Json;
    const { dtype, rows, dimensions, id_bytes: idBytes } = metadata ?? {};
    const shape = {
      dtype: dtype as VectorDtype,
      rows: Number(rows),
      dimensions: Number(dimensions),
      idBytes: Number(idBytes),
    };
    const { rows: n, dimensions: d, idBytes: bytes } = shape;
    const fits =
      [n, d, bytes].every((size) => Number.isSafeInteger(size) && size >= 0) &&
      n >= 1 &&
      n <= limits.rows &&
      d >= 1 &&
      d <= limits.dimensions;
    return fits && ["float32", "int8", "binary"].includes(shape.dtype) ? shape : undefined;
  } catch {
    return undefined;
  }
}

interface Json {
  __metadata__?: Record<string, unknown>;
}
