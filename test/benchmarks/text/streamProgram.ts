/**
 * `nearfar` with the arguments given, and at its end one JSON line: the most memory that it held, in MB.
 *
 *     node --conditions=nearfar-source --import tsx test/benchmarks/text/streamProgram.ts text train FILE ...
 */
import { peakMegabytes } from "../peakMegabytes.ts";
import { say } from "../say.ts";
import type { StreamResult } from "./stream.ts";

process.once("exit", () => say({ peak: peakMegabytes() } satisfies StreamResult));
await import("../../../apps/nearfar/src/main.ts");
