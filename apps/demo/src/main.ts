import { existsSync } from "node:fs";
import { join } from "node:path";
import { nonNegativeInteger, program, runProgram } from "@nearfar/command";
import { loadEngine } from "@nearfar/tensor";
import { demo } from "./demo.ts";
import { openPictures } from "./openPictures.ts";
import { serveDemo } from "./serveDemo.ts";
import { split } from "./split.ts";
import { storyFolders } from "./storyFolders.ts";

interface Flags {
  readonly quick?: boolean;
  readonly serve?: boolean;
  readonly port: string;
  readonly out: string;
}

const nearfar = program(
  "npm run demo --",
  "SimCLR for emoji and icons, SimCSE for their tags, CLIP to join them; then what they learned",
)
  .option("--quick", "the same in about a minute")
  .option("--serve", "open the page afterwards, or at once where it was trained before")
  .option("--port <n>", "the page's port; 0 for any that is free", "3000")
  .option("--out <dir>", "where the runs and the sheet go", "demo")
  .action(run);

async function run({ quick = false, serve = false, port: given, out }: Flags): Promise<void> {
  const port = nonNegativeInteger("--port", given);
  loadEngine();
  process.stderr.write("Emoji and icons of npm: drawn the first time (half a minute), then from the cache ...\n");
  const set = await openPictures();
  const isTold = existsSync(join(storyFolders(out).joined, "report.json"));
  if (!(serve && isTold)) await demo(set, split(set.items), { seconds: quick ? QUICK : WHOLE, out });
  if (serve) await serveDemo(set, { out, port });
  else process.stdout.write("Open the page: npm run demo -- --serve\n");
}

// Twice these, as CLIP alone has as long, and then the questions: below six minutes, and about one.
const WHOLE = { simclr: 25, simcse: 10, clip: 95 };
const QUICK = { simclr: 5, simcse: 2, clip: 10 };

process.exitCode = await runProgram(nearfar, process.argv.slice(2));
