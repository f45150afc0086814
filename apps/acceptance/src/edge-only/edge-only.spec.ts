import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { decodeWithFfmpeg } from '../support/hls-client.js';
import { requireBody, get } from '../support/http.js';
import { parseMaster, parseMedia, readPlaylist } from '../support/playlists.js';
import { unique } from '../support/unique.js';
import { shortVideo, toVideoFile } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

const run = promisify(execFile);
/** The operator's command-line client, started as a program. */
const CLI = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

/** The edge as it is reachable through one forwarded port: clients cannot reach object storage. */
describe('edge-only access', () => {
  const edgeUrl = config.edgeOnlyUrl ?? '';
  let editor: Editor;

  beforeAll(async () => {
    editor = await Editor.signIn(edgeUrl);
  });

  it('returns part URLs of the edge, which accept the bytes of a part', async () => {
    const { id: titleId } = await editor.createTitle(unique('Edge-only part'));
    const upload = await editor.startUpload(titleId, toVideoFile('small.mp4', Buffer.from('small')));
    expect(await editor.presignParts(upload.id, [1])).toEqual([
      { partNumber: 1, sizeBytes: 5, url: expect.stringMatching(`^/v1/uploads/${upload.id}/parts/1\\?token=`) },
    ]);
    const [part] = await editor.presignParts(upload.id, [1]);
    const response = await fetch(new URL(part?.url ?? '', edgeUrl), { method: 'PUT', body: 'small' });
    expect(response.status).toBe(204);
    expect((await editor.getUpload(upload.id)).uploadedParts).toEqual([{ partNumber: 1, sizeBytes: 5 }]);
  });

  it('uploads, transcodes and plays a video without any URL outside the edge', async () => {
    const title = await editor.createReadyTitle(unique('Edge-only video'), await shortVideo());
    const viewer = await Viewer.signUp(edgeUrl);
    const found = await eventually(
      async () => requireBody(await get<Schema<'Title'>>(new URL(`/v1/titles/${title.id}`, edgeUrl).href), 200),
      ({ isPlayable }) => isPlayable,
      { what: 'the second edge reports the title as playable' },
    );
    const { playlistUrl } = await viewer.play(found.id);
    const absoluteUrl = new URL(playlistUrl, edgeUrl).href;

    const variants = parseMaster(await readPlaylist(absoluteUrl), absoluteUrl);
    expect(variants).not.toHaveLength(0);
    for (const { url } of variants) {
      const { mediaUrls } = parseMedia(await readPlaylist(url), url);
      for (const mediaUrl of [url, ...mediaUrls]) expect(new URL(mediaUrl).origin).toBe(new URL(edgeUrl).origin);
    }
    const { decodedSeconds, stderr } = await decodeWithFfmpeg(absoluteUrl);
    expect(stderr).toBe('');
    expect(decodedSeconds).toBeGreaterThan(7);
  });

  it('passes the smoke test of the command-line client', async () => {
    const { editorEmail, editorPassword, ffmpegPath } = config;
    const env = {
      PATH: process.env['PATH'],
      EDGE_URL: edgeUrl,
      EDITOR_EMAIL: editorEmail,
      EDITOR_PASSWORD: editorPassword,
      FFMPEG_PATH: ffmpegPath,
    };
    // The promise rejects if the exit code is not 0.
    await expect(run(process.execPath, [CLI, 'smoke-test'], { env })).resolves.toBeDefined();
  });
});
