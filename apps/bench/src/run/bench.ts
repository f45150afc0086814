import type { Row } from './row.js';
import type { Platform } from './platform.js';

export interface BenchOptions {
  /** Seconds of load in one sample. */
  readonly sliceSeconds: number;
  /** Rounds of interleaved samples. An even number gives each variant every position equally often. */
  readonly rounds: number;
  /** Titles in the catalog. */
  readonly titles: number;
}

export interface BenchContext {
  readonly options: BenchOptions;
  readonly platform: Platform;
  /** Reports what is measured now. */
  readonly onStep: (text: string) => void;
}

/** One folder of this app. Returns rows whose IDs start with its name. */
export interface Bench {
  readonly name: string;
  /** One line for `npm run bench -- --help`. */
  readonly summary: string;
  readonly run: (context: BenchContext) => Promise<readonly Row[]>;
}
