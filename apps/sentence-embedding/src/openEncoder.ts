import { openModel, type SentenceModel } from "@nearfar/encoders";
import { UserError } from "@nearfar/formats";
import { openRunModel } from "@nearfar/runs";

/** Which model a command uses: that of a run, or a model folder. */
export interface WhichModel {
  readonly run?: string;
  readonly init?: string;
}

/** The encoder of a run (`DIR/model`) or of a model folder; neither or both, and a run that has none yet, are a `UserError`. */
export async function openEncoder({ run, init }: WhichModel): Promise<SentenceModel> {
  if ((run === undefined) === (init === undefined))
    throw new UserError(
      "Which model? Give --run DIR (a run directory) or --init FOLDER (a model folder): one of them.",
    );
  return init === undefined ? openRunModel(run!) : openModel(init);
}
