import type { Key } from "@nearfar/random";
import type { Mode, Params, Scalar, Tensor, Tensor2D } from "@nearfar/tensor";

/**
 * A method of contrastive learning: encoders joined to a loss.
 *
 * Every function is pure: params, state and what they return are trees of tensors, and what is not returned is not kept. Between `embed` and
 * `objective` the trainer may join micro-batches, so that no method knows how its batch was cut.
 */
export interface Method<Batch = Tensor, Embeddings extends Tensor | Params = Tensor | Params> {
  readonly name: string;
  /** First weights, and first state: queues, prototypes' assignments, teachers, centres. */
  init(key: Key): { params: Params; state: Params };
  /** Per example: may be called on micro-batches. */
  embed(params: Params, state: Params, batch: Batch, mode: Mode): Embeddings;
  /** On the whole batch. `log` holds scalars worth a line beside the loss. */
  objective(
    params: Params,
    state: Params,
    z: Embeddings,
  ): { loss: Scalar; state: Params; log: Readonly<Record<string, Scalar>> };
  /** What changes after the optimizer: momentum encoders, normalised prototypes, a temperature that is kept within bounds. */
  afterStep?(params: Params, state: Params): { params: Params; state: Params };
  /** The rows that the collapse monitor looks at, `[m, d]`. */
  watched(z: Embeddings): Tensor2D;
  /** The loss of embeddings that know nothing, where that is known: worth printing beside the loss. */
  chance(z: Embeddings): number | undefined;
}
