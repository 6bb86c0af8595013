import { UserError } from "@nearfar/formats";

/** Which model a command uses: that of a run, or a model folder. */
export interface WhichTowers {
  readonly run?: string;
  readonly init?: string;
}

/** The folder that is named; neither or both are a `UserError`. */
export function whichTowers({ run, init }: WhichTowers): string {
  if ((run === undefined) === (init === undefined))
    throw new UserError(
      "Which model? Give --run DIR (a run directory) or --init FOLDER (a model folder): one of them.",
    );
  return (run ?? init)!;
}
