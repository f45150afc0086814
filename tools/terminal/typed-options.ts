import { parseArgs, type ParseArgsConfig } from 'node:util';

/**
 * Parses the arguments of an npm script. Exits with 2 if they are invalid.
 *
 * @param command as in `npm run <command>`, for the error message
 */
export function typedOptions<const Config extends ParseArgsConfig>(
  command: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`${error.message}\nRun npm run ${command} -- --help for the options.`);
    process.exit(2);
  }
}

/** Parses the flags of an npm script. With --help, prints `help` and exits. */
export function readFlags<const Name extends string>(
  command: string,
  help: string,
  names: readonly Name[],
): Readonly<Record<Name, boolean>> {
  const flag = { type: 'boolean', default: false } as const;
  const flags = Object.fromEntries(names.map((name) => [name, flag]));
  const { values } = typedOptions(command, { options: { ...flags, help: { ...flag, short: 'h' } } });
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  return values as Readonly<Record<Name, boolean>>;
}
