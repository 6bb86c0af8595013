import { program, type Command } from "@nearfar/command";
import { embedCommand } from "./embedCommand.ts";
import { evaluateCommand } from "./evaluateCommand.ts";
import { previewCommand } from "./previewCommand.ts";
import { trainCommand } from "./trainCommand.ts";

/** `nearfar image ...`: train, evaluate, embed, preview. */
export function imageCommands(): Command {
  const image = program("image", "Train, evaluate and use image encoders");
  for (const command of [trainCommand(), evaluateCommand(), embedCommand(), previewCommand()])
    image.addCommand(command);
  return image;
}
