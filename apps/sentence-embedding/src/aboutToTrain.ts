import type { TextStart } from "@nearfar/encoders";
import type { ExampleSource } from "./exampleSource.ts";
import type { Settings } from "./settings.ts";

/** What is trained on what, in a line. */
export function aboutToTrain(
  { method, init, batch }: Settings,
  { source, start }: { source: ExampleSource; start: TextStart },
): string {
  const counts = [
    source.count === undefined ? "examples streamed from the files" : `${source.count} examples`,
    source.duplicates > 0 && `${source.duplicates} duplicates`,
    source.blank > 0 && `${source.blank} blank rows passed over`,
    source.short > 0 && `${source.short} too short for it`,
  ].filter(Boolean);
  return `${method} from ${init}, ${start.tokenizer.vocabularySize} tokens, ${start.encoder.features} dimensions, batch ${batch}: ${counts.join(", ")}.`;
}
