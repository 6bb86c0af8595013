import { UserError } from "@nearfar/formats";

/** An optional package, imported; a UserError that says what to install where it is not there or does not load. */
export async function optionalPeer<Module>(store: string, name: string): Promise<Module> {
  try {
    const loaded = (await import(name)) as Module & { default?: Module };
    return loaded.default ?? loaded; // what `import` makes of CommonJS has it all as its default
  } catch (error) {
    const reason = String((error as Error).message).split("\n")[0];
    throw new UserError(`${store}: ${name} does not load: ${reason}. Run \`npm install ${name}\`.`);
  }
}
