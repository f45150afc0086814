import { config } from '../config.js';
import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { unique } from '../support/unique.js';
import { type VideoFile, shortVideo } from '../support/video-files.js';

describe('the upload page', () => {
  const user = openUserPerTest();
  let editor: Editor;
  let video: VideoFile;

  beforeAll(async () => {
    [editor, video] = await Promise.all([Editor.signIn(), shortVideo()]);
  });

  beforeEach(async () => {
    await user().signIn(config.editorEmail, config.editorPassword);
  });

  it('repeats a request for the URLs of parts that received no response', async () => {
    const { page } = user();
    await page.route('**/v1/uploads/*/parts', (route) => route.abort(), { times: 1 });
    await user().upload(unique('Interrupted upload'), video);
    await page.locator('[data-state=ready]').waitFor();
  });

  it('stays on the form of the next upload while the previous video is still being processed', async () => {
    const { page } = user();
    const completion = page.waitForResponse((response) => response.url().endsWith('/complete'));
    await user().upload(unique('Previous upload'), video);
    const { id } = (await (await completion).json()) as { id: string };
    await user().button('Upload another video').click();
    await page.getByLabel('Choose a video file').waitFor();

    await editor.waitForAsset(id);
    // Long enough for the last event of the stream to arrive and render.
    await page.waitForTimeout(1_000);
    expect(await page.getByTestId('asset-state').count()).toBe(0);
    expect(await page.getByLabel('Choose a video file').count()).toBe(1);
  });

  it('stays paused when the upload is paused at the moment when the last part arrives', async () => {
    const { page } = user();
    await page.evaluate(() => {
      window.XMLHttpRequest = class extends XMLHttpRequest {
        override send(body?: XMLHttpRequestBodyInit | null): void {
          // Runs after the listeners of the app, before it has rendered the next step.
          this.addEventListener('load', () => {
            const buttons = [...document.querySelectorAll('button')];
            buttons.find(({ textContent }) => textContent === 'Pause')?.click();
          });
          super.send(body);
        }
      };
    });
    const completion = page.waitForResponse((response) => response.url().endsWith('/complete'));
    await user().upload(unique('Paused upload'), video);
    await (await completion).finished();
    // Long enough to render the response.
    await page.waitForTimeout(1_000);
    expect(await page.getByTestId('asset-state').count()).toBe(0);
    expect(await page.getByText('paused', { exact: true }).count()).toBe(1);

    await user().button('Continue upload').click();
    await page.locator('[data-state=ready]').waitFor();
  });

  it('subscribes once to an asset whose final state is playable', async () => {
    const { page } = user();
    let subscriptions = 0;
    await page.route('**/v1/assets/*/events', async (route) => {
      subscriptions += 1;
      const id = new URL(route.request().url()).pathname.split('/')[3] ?? '';
      const asset = { ...(await editor.getAsset(id)), state: 'playable', isFinal: true };
      await route.fulfill({
        contentType: 'text/event-stream',
        body: `event: asset\ndata: ${JSON.stringify(asset)}\n\n`,
      });
    });
    await user().upload(unique('Partly failed'), video);
    await page.locator('[data-state=playable]').waitFor();
    // The first resubscription of a stream that broke off follows after about 500 ms.
    await page.waitForTimeout(3_000);
    expect(subscriptions).toBe(1);
  });
});
