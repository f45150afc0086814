import type { Schema } from '@viernes/api-client';
import type { Locator } from 'playwright-core';
import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { unique, uniqueEmail } from '../support/unique.js';
import { videoState } from '../support/video-element.js';
import { stillVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

describe('the player page', () => {
  const user = openUserPerTest();
  let editor: Editor;
  let title: Schema<'Title'>;

  beforeAll(async () => {
    editor = await Editor.signIn();
    title = await editor.createReadyTitle(unique('Player'), await stillVideo());
  });

  beforeEach(async () => {
    await user().signUp('Bea', uniqueEmail(), Viewer.password);
  });

  const qualityButton = (): Locator => user().page.getByRole('button', { name: /^Quality/ });

  it('returns the focus to the quality button when Escape closes the quality menu', async () => {
    await user().play(title.id);
    await qualityButton().click();
    await user().page.getByRole('menuitemradio', { name: 'Auto' }).waitFor();
    await user().page.keyboard.press('Escape');
    await user().page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await qualityButton().evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('plays the replacement of a lost playback session in the chosen quality', async () => {
    const { page } = user();
    const { renditions } = await editor.getAsset(title.assetId ?? '');
    const lowestWidth = renditions.find(({ name }) => name === '240p')?.width ?? 0;
    await user().play(title.id);
    const video = page.locator('video').first();
    // A paused player replaces its buffer immediately. A playing one keeps what it plays while it loads the next
    // segment, which can be all of this short video on a slow machine.
    await video.evaluate((element) => (element as HTMLVideoElement).pause());
    await qualityButton().click();
    await page.getByRole('menuitemradio', { name: '240p' }).click();
    await video.evaluate((element) => (element as HTMLVideoElement).play());
    await eventually(
      () => videoState(page),
      ({ widthPx }) => widthPx === lowestWidth,
      { what: 'the video plays at 240p' },
    );

    const heartbeat = '**/v1/playback/*/heartbeats';
    await page.route(
      heartbeat,
      (route) =>
        route.fulfill({
          status: 404,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            title: 'The playback session does not exist or has ended',
            status: 404,
            code: 'PLAYBACK_NOT_FOUND',
          }),
        }),
      { times: 1 },
    );
    const replacement = page.waitForResponse(
      (response) => response.url().endsWith('/v1/playback') && response.request().method() === 'POST',
    );
    // A pause sends a heartbeat.
    await video.evaluate((element) => (element as HTMLVideoElement).pause());
    expect((await replacement).status()).toBe(201);

    const { currentSeconds: replacedAt } = await videoState(page);
    const widths = new Set<number>();
    await eventually(
      async () => {
        await video.evaluate((element) => (element as HTMLVideoElement).play());
        const state = await videoState(page);
        if (state.widthPx > 0) widths.add(state.widthPx);
        return state;
      },
      ({ currentSeconds }) => currentSeconds > replacedAt + 5,
      { what: 'the replacement plays for five seconds' },
    );
    expect([...widths]).toEqual([lowestWidth]);
    expect(await qualityButton().textContent()).toContain('240p');
  });

  /** Removes Media Source Extensions, as on older iPhones, and sets whether the video element claims to play HLS. */
  async function removeMediaSource(nativeHls: CanPlayTypeResult): Promise<void> {
    await user().page.addInitScript((support) => {
      for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource'])
        Reflect.deleteProperty(window, name);
      HTMLMediaElement.prototype.canPlayType = (type) => (type === 'application/vnd.apple.mpegurl' ? support : '');
    }, nativeHls);
  }

  it('loads the playlist natively in a browser that plays HLS but has no Media Source Extensions', async () => {
    const { page } = user();
    await removeMediaSource('maybe');
    // Not every Chromium plays HLS, so the playlist stays pending. Its request shows that the element loads it.
    await page.route('**/master.m3u8*', () => undefined);
    const playlist = page.waitForRequest('**/master.m3u8*');
    await page.goto(`/watch/${title.id}`);
    expect((await playlist).resourceType()).toBe('media');
    const source = await page.locator('video').first().getAttribute('src');
    expect(source).toMatch(/^\/v1\/playback\/[^/]+\/master\.m3u8\?token=/);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('states that a browser without any support for HLS cannot play', async () => {
    await removeMediaSource('');
    await user().page.goto(`/watch/${title.id}`);
    await user().heading('Browser not supported').waitFor();
  });
});
