import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { config } from '../config.js';
import { Editor, filmFile } from '../support/editor.js';
import { bodyOf, send } from '../support/http.js';
import type { PartAddress } from '../support/api-types.js';
import { unique } from '../support/unique.js';

const run = promisify(execFile);
const CLI = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

/** What one forwarded port shows: the edge, and nothing of the store. */
describe('a platform with one door', () => {
  const { oneDoorUrl = '', editorEmail, editorPassword, ffmpegPath } = config;

  it('names no address but its own', async () => {
    const editor = await Editor.signIn();
    const { id: titleId } = await editor.makeTitle(unique('One door'));
    const { id } = await editor.openUpload(titleId, filmFile('small.mp4', Buffer.from('small')));
    const path = new URL(`/v1/uploads/${id}/parts`, oneDoorUrl).href;
    const answer = await send<{ parts: readonly PartAddress[] }>('POST', path, {
      token: editor.token,
      body: { partNumbers: [1] },
    });
    expect(bodyOf(answer, 200).parts).toEqual([
      { partNumber: 1, sizeBytes: 5, url: expect.stringMatching(`^/v1/uploads/${id}/parts/1\\?token=`) },
    ]);
    const sent = await fetch(new URL(answer.body.parts[0]?.url ?? '', oneDoorUrl), { method: 'PUT', body: 'small' });
    expect(sent.status).toBe(204);
    expect((await editor.upload(id)).uploadedParts).toEqual([{ partNumber: 1, sizeBytes: 5 }]);
  });

  it('takes a film and plays it: the check of an installation passes', async () => {
    const env = {
      PATH: process.env['PATH'],
      EDGE_URL: oneDoorUrl,
      EDITOR_EMAIL: editorEmail,
      EDITOR_PASSWORD: editorPassword,
      FFMPEG_PATH: ffmpegPath,
    };
    const { stdout } = await run(process.execPath, [CLI, 'smoke-test'], { env });
    expect(stdout.trim().split('\n').at(-1)).toContain(`${oneDoorUrl} works`);
    expect(stdout).toContain('ok    fetch the first segments');
  });
});
