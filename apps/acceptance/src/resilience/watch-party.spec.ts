import type { Schema } from '@viernes/api-client';
import type { Browser, Page } from 'playwright-core';
import { config } from '../config.js';
import { openBrowser, openContext } from '../support/browser.js';
import { BrowserUser } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { processes, waitUntilPlatformIsReady } from '../support/processes.js';
import { unique, uniqueEmail } from '../support/unique.js';
import { longVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

/** The documented maximum difference between two participants. */
const MAX_DIFFERENCE_MS = 300;

/** Number of consecutive samples. With fewer, the players could agree by chance while one is still catching up. */
const AGREEING_SAMPLES = 4;

interface Sample {
  readonly positionMs: number;
  /** Clock of the machine, which both browsers share. */
  readonly atMs: number;
  /** Neither paused nor seeking. */
  readonly isPlaying: boolean;
}

const sample = (page: Page): Promise<Sample> =>
  page
    .locator('video')
    .first()
    .evaluate((element) => {
      const video = element as HTMLVideoElement;
      return { positionMs: video.currentTime * 1000, atMs: Date.now(), isPlaying: !video.paused && !video.seeking };
    });

describe('a watch party of two browsers on two edges', () => {
  let browser: Browser;
  let host: BrowserUser;
  let guest: BrowserUser;
  let film: Schema<'Title'>;
  let code: string;

  beforeAll(async () => {
    film = await (await Editor.signIn()).createReadyTitle(unique('Watch party'), await longVideo());
    browser = await openBrowser();
    host = await BrowserUser.open(await openContext(browser));
    guest = await BrowserUser.open(await openContext(browser, undefined, undefined, config.edgeOnlyUrl));
    await host.signUp('Ada', uniqueEmail(), Viewer.password);
    await guest.signUp('Bob', uniqueEmail(), Viewer.password);
  });
  afterAll(async () => {
    await browser.close();
    await waitUntilPlatformIsReady();
  });

  /** Waits until both players play, or both are paused, at the same position. */
  const expectAgreement = async (isPlaying: boolean, isExpected: (positionMs: number) => boolean): Promise<void> => {
    let agreeing = 0;
    await eventually(
      async () => {
        const [one, other] = await Promise.all([sample(host.page), sample(guest.page)]);
        const elapsedMs = isPlaying ? one.atMs - other.atMs : 0;
        const differenceMs = Math.abs(one.positionMs - other.positionMs - elapsedMs);
        const isSame = one.isPlaying === isPlaying && other.isPlaying === isPlaying && isExpected(one.positionMs);
        agreeing = isSame && differenceMs < MAX_DIFFERENCE_MS ? agreeing + 1 : 0;
        return { agreeing, differenceMs, one, other };
      },
      (state) => state.agreeing >= AGREEING_SAMPLES,
      { what: `both players ${isPlaying ? 'play' : 'are paused'} at one position` },
    );
  };
  /** Uses the keyboard, because the controls hide while the pointer is elsewhere. */
  const togglePlayback = (): Promise<void> => host.page.locator('media-play-button').press('Enter');
  const seek = (seconds: number): Promise<void> =>
    host.page
      .locator('video')
      .first()
      .evaluate((element, to) => void ((element as HTMLVideoElement).currentTime = to), seconds);
  const isPaused = (): Promise<boolean> =>
    host.page
      .locator('video')
      .first()
      .evaluate((element) => (element as HTMLVideoElement).paused);
  const write = async (user: BrowserUser, text: string): Promise<void> => {
    await user.web.field('party.message').fill(text);
    await user.web.button('party.send').click();
  };
  const readTexts = async (user: BrowserUser): Promise<string[]> =>
    (await user.page.getByRole('log').getByRole('listitem').allInnerTexts()).map((text) => text.trim());
  const expectTexts = async (...texts: string[]): Promise<void> => {
    for (const user of [host, guest])
      await eventually(
        () => readTexts(user),
        (shown) => JSON.stringify(shown) === JSON.stringify(texts),
        { what: 'the chat shows each message once' },
      );
  };
  const waitForStatus = ({ page }: BrowserUser, status: 'connected' | 'disconnected'): Promise<void> =>
    page.locator(`[data-testid=party-status][data-connected=${status === 'connected'}]`).waitFor();

  it('opens a party on the page of a title, and joins it by its link through another edge', async () => {
    await host.page.goto(`/titles/${film.id}`);
    await host.web.button('party.watchTogether').click();
    await waitForStatus(host, 'connected');
    const link = new URL(await host.web.field('party.link').inputValue());
    code = link.pathname;
    await guest.page.goto(code);
    await guest.web.button('party.join').click();
    await waitForStatus(guest, 'connected');
    for (const { page } of [host, guest]) {
      await page.getByRole('heading', { name: '2 participants' }).waitFor();
      await page.getByRole('listitem').filter({ hasText: 'Bob' }).waitFor();
    }
    expect(await guest.page.locator('media-play-button').count()).toBe(0);
  });

  it('keeps both players within 300 ms of each other during playback and after pauses and seeks', async () => {
    await togglePlayback();
    await expectAgreement(true, (positionMs) => positionMs > 500);
    await togglePlayback();
    await expectAgreement(false, () => true);
    await seek(12);
    await expectAgreement(false, (positionMs) => Math.abs(positionMs - 12_000) < 1_000);
    await togglePlayback();
    await expectAgreement(true, (positionMs) => positionMs > 12_500);
    await seek(3);
    await expectAgreement(true, (positionMs) => positionMs > 3_200 && positionMs < 12_000);
  });

  it('shows messages and reactions to everyone', async () => {
    await write(host, 'popcorn?');
    await expectTexts('Ada popcorn?');
    await write(guest, 'yes');
    await expectTexts('Ada popcorn?', 'Bob yes');
    await guest.web.button('party.reactions.laugh').click();
    await host.page.getByRole('status').getByRole('img', { name: 'Laughing' }).waitFor();
  });

  it('continues for the guest while the edge of the host is killed, and for both when it has restarted', async () => {
    await togglePlayback();
    await expectAgreement(false, () => true);
    await seek(2);
    await togglePlayback();
    await expectAgreement(true, (positionMs) => positionMs > 2_200 && positionMs < 12_000);
    await processes.kill('edge');
    await waitForStatus(host, 'disconnected');
    // The edge confirms this message only after the host has connected again.
    await write(host, 'still here');
    await write(guest, 'you disappeared');
    await eventually(
      () => readTexts(guest),
      (texts) => texts.includes('Bob you disappeared'),
      { what: 'the guest can write' },
    );
    const during = await sample(guest.page);
    await eventually(
      () => sample(guest.page),
      ({ positionMs }) => positionMs > during.positionMs + 500,
      { what: 'the player of the guest continues' },
    );
    await processes.start('edge');
    await waitForStatus(host, 'connected');
    await expectTexts('Ada popcorn?', 'Bob yes', 'Bob you disappeared', 'Ada still here');
    await seek(4);
    // A video that has ended is paused.
    if (await isPaused()) await togglePlayback();
    await expectAgreement(true, (positionMs) => positionMs > 4_200);
  });

  it('selects another host when the host leaves, and shows the controls of the new host', async () => {
    await host.web.link('party.leave').click();
    await guest.page.getByText('You control the playback for everyone.').waitFor();
    await guest.page.locator('media-play-button').waitFor();
    await guest.page.getByRole('heading', { name: '1 participant' }).waitFor();
    await host.page.goto(code);
    await host.web.button('party.join').click();
    await host.page.getByText('Bob controls the playback.').waitFor();
    expect(await host.page.locator('media-play-button').count()).toBe(0);
    await expectTexts('Ada popcorn?', 'Bob yes', 'Bob you disappeared', 'Ada still here');
  });
});
