import type { PairSet } from "@nearfar/data";
import { encodePictures, loadEncoder, type Network } from "@nearfar/image-pretraining";
import { tf } from "@nearfar/tensor";
import { answers } from "./answers.ts";
import { changedPictures } from "./changedPictures.ts";
import { share } from "./share.ts";
import { side } from "./side.ts";

/** How many pictures are found again after a crop, flip and jitter, as shares: by a run's encoder and by the same one untrained. */
export async function foundAgain(run: string, set: PairSet): Promise<{ trained: number; untrained: number }> {
  const { encoder, trained, untrained } = await loadEncoder(run);
  const changed = await changedPictures(set);
  const of = async (params: Network["params"]) => {
    const encoded = (pictures: PairSet) =>
      encodePictures({ ...pictures, labels: [] }, { encoder, params }, { size: side, workers: 0 });
    return share(answers(await encoded(changed), await encoded(set), 1).hits);
  };
  const shares = { trained: await of(trained), untrained: await of(untrained) };
  tf.dispose([trained, untrained] as never);
  return shares;
}
