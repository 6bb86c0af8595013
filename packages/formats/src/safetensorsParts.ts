import { dtypes } from "./dtypes.ts";
import type { NamedArray } from "./namedArray.ts";

/** The consecutive pieces of a safetensors file: the header with its length, then the bytes of each tensor (views, not copies). */
export function safetensorsParts(
  tensors: ReadonlyMap<string, NamedArray>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  const sorted = [...tensors].sort(
    ([leftName, left], [rightName, right]) =>
      dtypes[right.dtype].rank - dtypes[left.dtype].rank ||
      Buffer.compare(Buffer.from(leftName), Buffer.from(rightName)),
  );
  const fields: string[] = [];
  if (Object.keys(metadata).length > 0) fields.push(`"__metadata__":${JSON.stringify(metadata)}`);
  const data: Uint8Array[] = [];
  let begin = 0;
  for (const [name, array] of sorted) {
    check(name, array);
    const { dtype, shape, data: values } = array;
    const end = begin + values.byteLength;
    // Text and not an object, which would move names such as "0" to the front.
    fields.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, end] })}`);
    data.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    begin = end;
  }
  const json = Buffer.from(`{${fields.join(",")}}`);
  const length = Math.ceil(json.length / 8) * 8;
  const header = new Uint8Array(8 + length).fill(0x20, 8);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(json, 8);
  return [header, ...data];
}

function check(name: string, { dtype, shape, data }: NamedArray): void {
  const tensor = `writeSafetensors: tensor ${JSON.stringify(name)}`;
  if (name === "__metadata__") throw new Error(`${tensor} has the name that the format keeps for its metadata`);
  if (!(data instanceof dtypes[dtype].array)) {
    throw new Error(`${tensor}: ${dtype} is held in ${dtypes[dtype].array.name}; got ${data.constructor.name}`);
  }
  const count = shape.reduce((product, size) => product * size, 1);
  if (data.length !== count) {
    throw new Error(`${tensor}: shape [${shape.join(", ")}] needs ${count} elements; got ${data.length}`);
  }
}
