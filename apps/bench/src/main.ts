import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchEvents } from './bench-events.js';
import { benchTitles } from './bench-titles.js';
import { benchTranscode } from './bench-transcode.js';
import { benchVideo } from './bench-video.js';
import type { Measure } from './measure.js';
import { seedAndWait } from './platform-seed.js';
import { toTable, writeReport } from './report.js';
import { readSettings, type Settings } from './settings.js';

const BENCHES = ['titles', 'events', 'transcode'] as const;
type Bench = (typeof BENCHES)[number];

/** Exits with 2 if an argument is not the name of a benchmark. */
function parseBenches(args: readonly string[]): readonly Bench[] {
  const unknown = args.filter((arg) => !(BENCHES as readonly string[]).includes(arg));
  if (unknown.length > 0) {
    console.error(`Unknown benchmark: ${unknown.join(', ')}. Valid: ${BENCHES.join(', ')}.`);
    process.exit(2);
  }
  return args.length === 0 ? BENCHES : BENCHES.filter((bench) => args.includes(bench));
}

const startedAt = performance.now();

function log(source: string, text: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`${seconds.padStart(4)} s  ${source.padEnd(10)} ${text}`);
}

async function run(bench: Bench, settings: Settings): Promise<Measure[]> {
  const { EDGE_URL: edgeUrl, EDITOR_EMAIL: email, EDITOR_PASSWORD: password } = settings;
  const { FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath } = settings;
  const onStep = (text: string): void => log(bench, text);
  switch (bench) {
    case 'titles':
      return benchTitles(edgeUrl, onStep);
    case 'events':
      return benchEvents({ postgresUrl: settings.POSTGRES_URL, kafkaBrokers: settings.KAFKA_BROKERS }, onStep);
    case 'transcode': {
      const videoPath = await benchVideo(settings.FILM_PATH, join(tmpdir(), 'viernes-bench'), ffmpegPath);
      return benchTranscode({ editor: { edgeUrl, email, password }, videoPath, ffmpegPath, ffprobePath }, onStep);
    }
  }
}

const benches = parseBenches(process.argv.slice(2));
const settings = readSettings(process.env);
await seedAndWait(settings, (text) => log('seed', text));
const measures: Measure[] = [];
for (const bench of benches) measures.push(...(await run(bench, settings)));
await writeReport(settings.BENCH_REPORT, measures);
console.log(`\n${toTable(measures)}\n\nReport: ${settings.BENCH_REPORT}`);
