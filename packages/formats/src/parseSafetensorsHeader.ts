import { dtypes } from "./dtypes.ts";
import type { Dtype } from "./dtypes.ts";
import { duplicateKey } from "./duplicateKey.ts";
import { UserError } from "./userError.ts";

/** A tensor's place: bytes `begin` to `end` after the header. */
export interface Placed {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly tensors: readonly Placed[];
  readonly metadata: Record<string, string>;
}

/**
 * Checks a header against the format and against the number of data bytes behind it: https://github.com/huggingface/safetensors#format
 * and `Metadata::validate` of `tensor.rs`; the tensors lie one after the other and fill the file exactly.
 */
export function parseSafetensorsHeader(bytes: Uint8Array, dataBytes: number, where: string): SafetensorsHeader {
  const header = parseJson(bytes, where);
  const tensors: Placed[] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") metadata = checkedMetadata(value, where);
    else tensors.push(checkedTensor(name, value, where));
  }
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let at = 0;
  for (const { name, begin, end } of tensors) {
    if (begin !== at) {
      const what = begin < at ? "overlaps the tensor before it" : "leaves a hole before it";
      throw new UserError(`${where}: tensor ${quoted(name)} ${what}: it begins at ${begin}, ${at} was expected`);
    }
    at = end;
  }
  if (at !== dataBytes) {
    const what = at > dataBytes ? "was the file cut off?" : "bytes are left over.";
    throw new UserError(`${where}: the tensors need ${at} bytes after the header; got ${dataBytes}: ${what}`);
  }
  return { tensors, metadata };
}

function parseJson(bytes: Uint8Array, where: string): Record<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UserError(`${where}: the header is not valid UTF-8`);
  }
  if (!text.startsWith("{")) {
    throw new UserError(`${where}: the header must begin with "{"; got ${quoted(text.slice(0, 1))}`);
  }
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new UserError(`${where}: the header is not valid JSON: ${(error as Error).message}`);
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw new UserError(`${where}: the header has ${quoted(twice)} twice`);
  return header;
}

function checkedMetadata(value: unknown, where: string): Record<string, string> {
  if (!isObject(value)) throw new UserError(`${where}: __metadata__ must be an object; got ${quoted(value)}`);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") {
      throw new UserError(`${where}: metadata ${quoted(key)} must be a string; got ${quoted(text)}`);
    }
  }
  return value as Record<string, string>;
}

function checkedTensor(name: string, value: unknown, where: string): Placed {
  const tensor = `${where}: tensor ${quoted(name)}`;
  if (!isObject(value)) throw new UserError(`${tensor} must be an object; got ${quoted(value)}`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string" || !Object.hasOwn(dtypes, dtype)) {
    throw new UserError(`${tensor} has dtype ${quoted(dtype)}; known are ${Object.keys(dtypes).join(", ")}`);
  }
  if (!isCounts(shape)) throw new UserError(`${tensor} has shape ${quoted(shape)}; whole numbers >= 0 were expected`);
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw new UserError(`${tensor} has data_offsets ${quoted(offsets)}; two whole numbers >= 0 were expected`);
  }
  const [begin, end] = offsets as [number, number];
  if (begin > end) throw new UserError(`${tensor} ends before it begins: data_offsets [${begin}, ${end}]`);
  let need = dtypes[dtype as Dtype].width;
  for (const size of shape) {
    need *= size;
    if (!Number.isSafeInteger(need)) throw new UserError(`${tensor} has shape [${shape.join(", ")}], too large`);
  }
  if (end - begin !== need) {
    throw new UserError(
      `${tensor}, ${dtype} [${shape.join(", ")}], needs ${need} bytes; data_offsets [${begin}, ${end}] hold ${end - begin}`,
    );
  }
  return { name, dtype: dtype as Dtype, shape, begin, end };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
}

/** As JSON and not too long for one line: names come from the file. */
function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 100 ? `${text.slice(0, 100)}...` : text;
}
