import { Editor } from '../support/editor.js';
import { waitUntilPlatformIsReady, playableTitle, restoreRelease, restarts } from './platform.js';
import { BACKING, waitForComponents } from './pods.js';
import { release } from './release.js';
import { report, stopwatch } from './report.js';

describe('a release that switches to the monolith', () => {
  beforeAll(() => restoreRelease());
  afterAll(() => restoreRelease());

  it('serves the same data and transcodes new videos with two Deployments', async () => {
    const { id } = await playableTitle();
    const elapsed = stopwatch();
    await release.upgrade({ mode: 'monolith' });
    report(`monolith: helm upgrade --wait took ${elapsed()}`);
    await waitForComponents(['monolith', 'transcoder', ...BACKING]);
    await waitUntilPlatformIsReady();
    expect((await playableTitle()).id).toBe(id);
    expect((await Editor.signIn()).session.account.role).toBe('editor');
    expect(await restarts()).toEqual({});
  });

  it('passes helm test, which uploads, transcodes, and plays a video through the network policies', async () => {
    expect(await release.test()).toMatch(/Phase:\s+Succeeded/);
  });
});
