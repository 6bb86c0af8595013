import type { Attribute } from "./native.ts";

/** A small graph of TensorFlow's operations on float32 tensors: its last node is the result. */
export interface Graph {
  readonly inputs: readonly string[];
  readonly nodes: readonly GraphNode[];
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Names of inputs and of nodes before this one. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute | { strings: readonly string[] }>>;
}

/**
 * The bytes of a `saved_model.pb` with such a graph and no variables.
 *
 * Fields by tensorflow's protobuf definitions. SavedModel: version 1, meta_graphs 2. MetaGraphDef: meta_info 1 (tags 4), graph 2. GraphDef: node 1,
 * versions 4 (producer 1). NodeDef: name 1, op 2, input 3, attr 5 (key 1, value 2). AttrValue: list 1 (s 2), s 2, i 3, f 4, b 5, type 6.
 */
export function encodeGraph({ inputs, nodes }: Graph): Uint8Array {
  const all = [...inputs.map(placeholder), ...nodes.map(encodeNode)].map((node) => field(1, node));
  const graph = Buffer.concat([...all, field(4, number(1, PRODUCER))]);
  const meta = Buffer.concat([field(1, field(4, text("serve"))), field(2, graph)]);
  return Buffer.concat([number(1, 1), field(2, meta)]);
}

/** The graph version of TensorFlow 2.12 and later: older rules for defaults do not apply. */
const PRODUCER = 1395;
const FLOAT = 1;

const placeholder = (name: string) =>
  encodeNode({ name, op: "Placeholder", inputs: [], attributes: { dtype: { type: "float32" } } });

function encodeNode({ name, op, inputs, attributes }: GraphNode): Buffer {
  const list = Object.entries(attributes).map(([key, value]) =>
    field(5, Buffer.concat([field(1, text(key)), field(2, encodeAttribute(value))])),
  );
  return Buffer.concat([
    field(1, text(name)),
    field(2, text(op)),
    ...inputs.map((one) => field(3, text(one))),
    ...list,
  ]);
}

function encodeAttribute(value: GraphNode["attributes"][string]): Buffer {
  if ("strings" in value) return field(1, Buffer.concat(value.strings.map((one) => field(2, text(one)))));
  if ("string" in value) return field(2, text(value.string));
  if ("int" in value) return number(3, value.int);
  if ("bool" in value) return number(5, Number(value.bool));
  if ("type" in value) return number(6, FLOAT);
  const bytes = Buffer.alloc(5);
  bytes[0] = (4 << 3) | 5;
  bytes.writeFloatLE(value.float, 1);
  return bytes;
}

const text = (value: string) => Buffer.from(value);
const field = (number: number, body: Buffer) => Buffer.concat([varint((number << 3) | 2), varint(body.length), body]);
const number = (field: number, value: number) => Buffer.concat([varint(field << 3), varint(value)]);

/** Seven bits a byte, the lowest first. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
}
