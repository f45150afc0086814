import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './eventually.js';
import { freePorts } from './free-port.js';

const run = promisify(execFile);
const VERSION = '0.0.1a15';
const FOLDER = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'viernes', `rotel-${VERSION}`);

/**
 * Finds Rotel (https://rotel.dev), an OpenTelemetry Collector in Rust, in the cache of this user. The first call installs
 * its wheel from PyPI (10 MB), which contains the program.
 *
 * @returns the path of the program
 * @throws Error if python3 with venv is missing, or the wheel is not available for this machine
 */
export async function installOtlpCollector(): Promise<string> {
  if (!existsSync(FOLDER)) {
    const draft = `${FOLDER}.${process.pid}`;
    try {
      await run('python3', ['-m', 'venv', draft]);
      const flags = ['--quiet', '--disable-pip-version-check', '--no-input', '--no-deps', '--only-binary', ':all:'];
      const requirements = ['--require-hashes', '-r', join(import.meta.dirname, 'otlp-collector-requirements.txt')];
      await run(join(draft, 'bin', 'python'), ['-m', 'pip', 'install', ...flags, ...requirements]);
      // A concurrent run can have been faster.
      await rename(draft, FOLDER).catch((error: unknown) => {
        if (!existsSync(FOLDER)) throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }
  const [python = ''] = await readdir(join(FOLDER, 'lib'));
  return join(FOLDER, 'lib', python, 'site-packages', 'rotel', 'rotel-agent');
}

/** A span as the collector prints it. */
export interface CollectedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  /** For example `SPAN_KIND_SERVER`. */
  readonly kind: string;
}

/** A running collector, which prints the spans that it receives, and discards them. */
export class OtlpCollector {
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    /** The URL for OTLP over HTTP. */
    readonly endpoint: string,
  ) {
    child.stdout?.on('data', (data: Buffer) => (this.output += data.toString()));
  }

  /** @param program the path that `installOtlpCollector` returns */
  static async start(program: string): Promise<OtlpCollector> {
    const [httpPort = 0, grpcPort = 0] = await freePorts(2);
    const receiver = [`--otlp-http-endpoint=127.0.0.1:${httpPort}`, `--otlp-grpc-endpoint=127.0.0.1:${grpcPort}`];
    const exporter = ['--exporter=blackhole', '--debug-log=traces', '--debug-log-verbosity=detailed'];
    const child = spawn(program, ['start', ...receiver, ...exporter], { stdio: ['ignore', 'pipe', 'inherit'] });
    const collector = new OtlpCollector(child, `http://127.0.0.1:${httpPort}`);
    await eventually(async () => (await fetch(collector.endpoint)).status > 0);
    return collector;
  }

  get spans(): readonly CollectedSpan[] {
    return this.output
      .split(/^ResourceSpans #/m)
      .slice(1)
      .flatMap((resource) => {
        const service = /-> service\.name: Str\((.*)\)/.exec(resource)?.[1] ?? '';
        return resource
          .split(/^Span #/m)
          .slice(1)
          .map((span) => ({ service, ...toSpan(span) }));
      });
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}

function toSpan(text: string): Omit<CollectedSpan, 'service'> {
  const read = (field: string): string => new RegExp(`^ +${field} *: (.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  return {
    traceId: read('Trace ID'),
    spanId: read('ID'),
    parentSpanId: read('Parent ID'),
    name: read('Name'),
    kind: read('Kind'),
  };
}
