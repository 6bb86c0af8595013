import type { VectorDtype } from "./vectorDtype.ts";

/** What an index file holds. */
export interface IndexShape {
  readonly dtype: VectorDtype;
  readonly rows: number;
  readonly dimensions: number;
  /** Bytes of all ids. */
  readonly idBytes: number;
}

/** A part of the file: where it begins, and the bytes of one row. */
export interface Section {
  readonly at: number;
  readonly rowBytes: number;
}

export interface IndexLayout extends IndexShape {
  /** The first `headerBytes` of the file. */
  readonly header: Uint8Array;
  readonly size: number;
  readonly vectors: Section;
  readonly codes: Section;
  readonly scales: Section;
  readonly idEnds: Section;
  readonly ids: Section;
}

/**
 * Where everything lies in an index file, which is a safetensors file whose header is filled with spaces to 4,096 bytes:
 *
 * | tensor | type and shape | |
 * | --- | --- | --- |
 * | `vectors` | F32 `[n, d]` | the rows as they were given |
 * | `codes` | int8: I8 `[n, d]`; binary: U8 `[n, ceil(d / 8)]`; float32: none | what is scanned, see `encodeRow` |
 * | `scales` | F32 `[n]` | |
 * | `id_ends` | U64 `[n]` | where each row's id ends in `ids` |
 * | `ids` | U8 | UTF-8, one after the other |
 *
 * The metadata hold `format`, `dtype`, `rows`, `dimensions` and `id_bytes`, and the header is a function of them: reading compares it whole.
 */
export function indexLayout(shape: IndexShape): IndexLayout {
  const { dtype, rows, dimensions, idBytes } = shape;
  const tensors: Record<string, unknown> = {};
  let end = 0;
  const place = (name: string, type: string, tensorShape: number[], bytes: number): Section => {
    const begin = end;
    end += bytes;
    tensors[name] = { dtype: type, shape: tensorShape, data_offsets: [begin, end] };
    return { at: HEADER + begin, rowBytes: bytes / rows };
  };
  const width = Math.ceil(dimensions / 8);
  const vectors = place("vectors", "F32", [rows, dimensions], 4 * rows * dimensions);
  const codes =
    dtype === "float32"
      ? vectors
      : dtype === "int8"
        ? place("codes", "I8", [rows, dimensions], rows * dimensions)
        : place("codes", "U8", [rows, width], rows * width);
  const scales = place("scales", "F32", [rows], 4 * rows);
  const idEnds = place("id_ends", "U64", [rows], 8 * rows);
  const ids = place("ids", "U8", [idBytes], idBytes);
  const metadata = {
    format: FORMAT,
    dtype,
    rows: `${rows}`,
    dimensions: `${dimensions}`,
    id_bytes: `${idBytes}`,
  };
  const json = JSON.stringify({ __metadata__: metadata, ...tensors }).padEnd(HEADER - 8);
  const header = new Uint8Array(HEADER);
  new DataView(header.buffer).setBigUint64(0, BigInt(HEADER - 8), true);
  header.set(Buffer.from(json), 8);
  return { ...shape, header, size: HEADER + end, vectors, codes, scales, idEnds, ids };
}

/** Bytes of the header. */
const HEADER = 4096;
const FORMAT = "nearfar-index-1";
