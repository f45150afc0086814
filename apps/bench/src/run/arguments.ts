import { parseArgs } from 'node:util';
import type { BenchOptions } from './bench.js';

export interface Arguments {
  /** Names of benches. Empty: all. */
  readonly names: readonly string[];
  readonly options: BenchOptions;
  readonly isHelp: boolean;
  /** Writes the report into the documents and the reference of the regression test. */
  readonly isUpdatingDocs: boolean;
  /** Compares ratios with the reference and warns. */
  readonly isComparing: boolean;
}

export const HELP = `npm run bench                      runs all benches
npm run bench -- reads events      runs the named benches
  --seconds N        seconds of load per sample (default 2)
  --rounds N         interleaved samples of each side (default 6)
  --titles N         titles in the catalog (default 100000)
  --compare          compares the ratios with apps/bench/reference.json and warns
  --update-docs      writes apps/bench/reference.json and the tables of the documents`;

/** @throws TypeError for an unknown argument, RangeError for an invalid number */
export function parseArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      seconds: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '6' },
      titles: { type: 'string', default: '100000' },
      compare: { type: 'boolean', default: false },
      'update-docs': { type: 'boolean', default: false },
    },
  });
  return {
    names: positionals,
    options: {
      sliceSeconds: toPositiveInteger('seconds', values.seconds),
      rounds: toPositiveInteger('rounds', values.rounds),
      titles: toPositiveInteger('titles', values.titles),
    },
    isHelp: values.help,
    isUpdatingDocs: values['update-docs'],
    isComparing: values.compare,
  };
}

function toPositiveInteger(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`--${name}: not a positive integer: ${text}`);
  return value;
}
