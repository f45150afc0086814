import { parseArgs, type ParseArgsConfig } from 'node:util';

/**
 * What was typed after a command. A slip ends the program with the fault in one line, exit code 2.
 *
 * @param command as in `npm run <command>`; its --help is pointed at
 */
export function typedOptions<const Config extends ParseArgsConfig>(
  command: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`${error.message}\nnpm run ${command} -- --help tells more.`);
    process.exit(2);
  }
}
