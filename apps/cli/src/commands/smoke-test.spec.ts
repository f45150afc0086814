import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../program.js';

describe('viernes smoke-test', () => {
  it('exits with 2 and names a missing file of SMOKE_TEST_VIDEO before it sends a request', async () => {
    const path = join(tmpdir(), 'viernes-missing-video.mp4');
    const output: string[] = [];
    const exitCode = await runCli(['smoke-test'], {
      env: {
        EDGE_URL: 'http://127.0.0.1:9',
        EDITOR_EMAIL: 'editor@example.org',
        EDITOR_PASSWORD: 'secret',
        SMOKE_TEST_VIDEO: path,
      },
      signal: new AbortController().signal,
      print: (text) => output.push(text),
      log: (text) => output.push(text),
      confirm: async () => false,
    });
    expect(exitCode).toBe(2);
    expect(output).toEqual([`The file of SMOKE_TEST_VIDEO, ${path}, does not exist. Check the path.`]);
  });
});
