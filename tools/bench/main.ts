// What the platform costs: npm run bench [-- titles|events|transcode]. Everything on loopback, each figure beside the
// least that this machine needs for the same work, a table at the end and bench-report.json for whoever compares.
import { join } from 'node:path';
import { onSignals } from '../start/signals.ts';
import { WORKSPACE } from '../workspace.ts';
import { benchEvents } from './bench-events.ts';
import { benchFilm } from './bench-film.ts';
import { startBenchPlatform } from './bench-platform.ts';
import { benchTitles } from './bench-titles.ts';
import { benchTranscode } from './bench-transcode.ts';
import type { Measure } from './measure.ts';
import { table, writeReport } from './report.ts';
import { Teardown } from './teardown.ts';

const BENCHES = ['titles', 'events', 'transcode'] as const;
type Bench = (typeof BENCHES)[number];

function chosen(words: readonly string[]): readonly Bench[] {
  const unknown = words.filter((word) => !(BENCHES as readonly string[]).includes(word));
  if (unknown.length > 0) {
    console.error(`No such bench: ${unknown.join(', ')}. There are: ${BENCHES.join(', ')}.`);
    process.exit(2);
  }
  return words.length === 0 ? BENCHES : BENCHES.filter((bench) => words.includes(bench));
}

const startedAt = performance.now();

function tell(part: string, text: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(`${seconds.padStart(4)} s  ${part.padEnd(10)} ${text}`);
}

async function measureAll(benches: readonly Bench[], teardown: Teardown): Promise<Measure[]> {
  const { editor, env, scratchDir } = await startBenchPlatform(teardown, tell);
  const [ffmpegPath = 'ffmpeg', ffprobePath = 'ffprobe'] = [env['FFMPEG_PATH'], env['FFPROBE_PATH']];
  const measures: Measure[] = [];
  for (const bench of benches) {
    const step = (text: string): void => tell(bench, text);
    if (bench === 'titles') measures.push(...(await benchTitles(editor.edgeUrl, step)));
    if (bench === 'events') {
      const kafkaBrokers = (env['KAFKA_BROKERS'] ?? '').split(',');
      measures.push(...(await benchEvents({ postgresUrl: env['POSTGRES_URL'] ?? '', kafkaBrokers }, step)));
    }
    if (bench === 'transcode') {
      const filmPath = await benchFilm(process.env['FILM_PATH'], scratchDir, ffmpegPath);
      measures.push(...(await benchTranscode({ editor, filmPath, ffmpegPath, ffprobePath }, step)));
    }
  }
  return measures;
}

const benches = chosen(process.argv.slice(2));
const teardown = new Teardown();
onSignals(
  () => void teardown.run().finally(() => process.exit(130)),
  () => process.exit(130),
);
try {
  const measures = await measureAll(benches, teardown);
  const reportPath = join(WORKSPACE, 'bench-report.json');
  await writeReport(reportPath, measures);
  console.log(`\n${table(measures)}\n\nwritten to ${reportPath}`);
} finally {
  await teardown.run();
}
