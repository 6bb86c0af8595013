import { readSafetensorsFile, toFloat32, UserError } from "@nearfar/formats";
import { tf, tree, type Params } from "@nearfar/tensor";

/**
 * The weights in a safetensors file that a model of this project wrote, as a tree; the caller owns them.
 *
 * `shapes` are those of the model beside it: a tensor that is missing, left over or of another shape is a `UserError` that names the first such one.
 */
export async function readWeights(file: string, shapes: ReadonlyMap<string, readonly number[]>): Promise<Params> {
  const { tensors } = await readSafetensorsFile(file);
  for (const name of new Set([...shapes.keys(), ...tensors.keys()])) {
    const [wanted, got] = [shapes.get(name), tensors.get(name)?.shape];
    if (String(wanted) !== String(got))
      throw new UserError(
        `${file}: the weights do not fit config.json beside it: ${name.slice(0, 100)} is ${told(got)}, not ${told(wanted)}. Was one of the files copied from another model?`,
      );
  }
  return tree([...shapes].map(([name, shape]) => [name, tf.tensor(toFloat32(tensors.get(name)!), [...shape])]));
}

const told = (shape: readonly number[] | undefined) => (shape ? `[${shape.join(", ")}]` : "absent");
