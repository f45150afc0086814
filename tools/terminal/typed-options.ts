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
