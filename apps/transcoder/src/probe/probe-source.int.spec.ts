import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandbox } from '../sandbox/sandbox.js';
import { createVideo, FFMPEG, FFPROBE } from '../testing/videos.js';
import { ProbeSource } from './probe-source.service.js';

const UNFINISHED = { code: 'TRANSCODE_FAILED' };

describe('a probe', () => {
  let folder: string;
  let sourcePath: string;

  const script = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return path;
  };
  const probe = (tools: { readonly ffmpeg?: string; readonly ffprobe?: string }) => {
    const sandbox = new Sandbox({
      SCRATCH_DIR: folder,
      FFMPEG_PATH: tools.ffmpeg ?? FFMPEG,
      FFPROBE_PATH: tools.ffprobe ?? FFPROBE,
      FFMPEG_MEMORY_MIB: 4096,
      PATH: process.env['PATH'] ?? '',
    });
    return new ProbeSource(sandbox).run({ sourcePath, folder, signal: new AbortController().signal });
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'viernes-probe-'));
    // Its header does not contain the duration, so ffmpeg measures it.
    await createVideo(folder, 'live.mkv', { size: '64x64', seconds: 2, extraArguments: ['-live', '1'] });
    sourcePath = join(folder, 'live.mkv');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['killed', 'kill -9 $$'],
    ['out of memory', 'exit 244'],
  ])('fails the attempt instead of storing an incomplete duration when ffmpeg is %s', async (name, end) => {
    const ffmpeg = await script(`ffmpeg-${name}`, `echo out_time_us=1000000\n${end}`);
    await expect(probe({ ffmpeg })).rejects.toMatchObject(UNFINISHED);
  });

  it.each([
    ['killed', 'kill -9 $$'],
    ['out of memory', `echo '{ "error": { "code": -12, "string": "Cannot allocate memory" } }'\nexit 1`],
  ])('fails the attempt instead of rejecting the source when ffprobe is %s', async (name, end) => {
    await expect(probe({ ffprobe: await script(`ffprobe-${name}`, end) })).rejects.toMatchObject(UNFINISHED);
  });

  it('measures the duration of a source with ffmpeg', async () => {
    await expect(probe({})).resolves.toMatchObject({ durationMs: expect.closeTo(2_000, -2) });
  });
});
