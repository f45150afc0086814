// What the platform costs: npm run bench [-- titles|events|transcode]. Everything on loopback, each figure beside the
// least that this machine needs for the same work, a table at the end and bench-report.json for whoever compares.
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';
import { benchEvents } from './bench-events.ts';
import { benchFilm } from './bench-film.ts';
import { startBenchPlatform } from './bench-platform.ts';
import { benchTitles } from './bench-titles.ts';
import { benchTranscode } from './bench-transcode.ts';
import type { Measure } from './measure.ts';
import { table, writeReport } from './report.ts';

const BENCHES = ['titles', 'events', 'transcode'] as const;
type Bench = (typeof BENCHES)[number];

function chosen(words: readonly string[]): readonly Bench[] {
  const unknown = words.filter((word) => !(BENCHES as readonly string[]).includes(word));
  if (unknown.length > 0) throw new Error(`No such bench: ${unknown.join(', ')}. There are: ${BENCHES.join(', ')}.`);
  return words.length === 0 ? BENCHES : BENCHES.filter((bench) => words.includes(bench));
}

function tell(part: string, text: string): void {
  console.log(`${part.padEnd(10)} ${text}`);
}

const benches = chosen(process.argv.slice(2));
const platform = await startBenchPlatform(tell);
const measures: Measure[] = [];
try {
  const { editor, env, scratchDir } = platform;
  const [ffmpegPath = 'ffmpeg', ffprobePath = 'ffprobe'] = [env['FFMPEG_PATH'], env['FFPROBE_PATH']];
  for (const bench of benches) {
    const step = (text: string): void => tell(bench, text);
    if (bench === 'titles') measures.push(...(await benchTitles(editor.edgeUrl, step)));
    if (bench === 'events') {
      const kafkaBrokers = (env['KAFKA_BROKERS'] ?? '').split(',');
      measures.push(...(await benchEvents({ postgresUrl: env['POSTGRES_URL'] ?? '', kafkaBrokers }, step)));
    }
    if (bench === 'transcode') {
      const filmPath = await benchFilm(process.env['FILM_PATH'], scratchDir, ffmpegPath);
      measures.push(...(await benchTranscode({ editor, filmPath, scratchDir, ffmpegPath, ffprobePath }, step)));
    }
  }
} finally {
  await platform.stop();
}
const reportPath = join(WORKSPACE, 'bench-report.json');
await writeReport(reportPath, measures);
console.log(`\n${table(measures)}\n\nwritten to ${reportPath}`);
