import { choice } from "@nearfar/command";
import type { Configuration } from "./configuration.ts";
import * as configs from "./configs/index.ts";

/** The configuration of a name; an unknown one is a `UserError` with the nearest. */
export function configurationFor(name: string): Configuration {
  return configs[choice("configuration", name, Object.keys(configs) as (keyof typeof configs)[])];
}
