import type { DataType, Tensor } from "@tensorflow/tfjs-core";
import { tf } from "./tf.ts";

/** An attribute of a TensorFlow operation, by its kind. */
export type Attribute =
  { type: DataType } | { int: number } | { float: number } | { bool: boolean } | { string: string };

/**
 * Runs one TensorFlow operation by its name and returns its outputs, outside the gradient tape.
 *
 * `attributes` are those of the operation's definition (tensorflow/core/ops). Use it inside `tf.customGrad` with a gradient of its own.
 */
export function native(op: string, inputs: Tensor[], attributes: Record<string, Attribute>, outputs = 1): Tensor[] {
  const backend = tf.backend() as unknown as NativeBackend;
  if (!backend.executeMultipleOutputs)
    throw new Error(`native: ${op} needs the native engine; call loadEngine() first.`);
  const list = Object.entries(attributes).map(([name, value]) => encode(backend, name, value));
  return backend.executeMultipleOutputs(op, list, inputs, outputs);
}

interface NativeBackend {
  binding: Record<string, number>;
  getDTypeInteger(type: DataType): number;
  executeMultipleOutputs?(op: string, attributes: object[], inputs: Tensor[], outputs: number): Tensor[];
}

function encode(backend: NativeBackend, name: string, attribute: Attribute): object {
  const { binding } = backend;
  if ("type" in attribute) return { name, type: binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(attribute.type) };
  if ("int" in attribute) return { name, type: binding.TF_ATTR_INT, value: attribute.int };
  if ("float" in attribute) return { name, type: binding.TF_ATTR_FLOAT, value: attribute.float };
  if ("bool" in attribute) return { name, type: binding.TF_ATTR_BOOL, value: attribute.bool };
  return { name, type: binding.TF_ATTR_STRING, value: attribute.string };
}
