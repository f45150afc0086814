import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { processes, waitUntilPlatformIsReady } from '../support/processes.js';
import { unique } from '../support/unique.js';
import { shortVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

const PLAYERS = 5;
const START_MS = 4_000;

/** A player that sends heartbeats one after the other, until one fails. Each position is later than the one before. */
class Player {
  acknowledgedMs = START_MS;
  readonly failed: Promise<void>;

  constructor(
    readonly viewer: Viewer,
    readonly playback: Schema<'Playback'>,
  ) {
    this.failed = this.sendHeartbeats();
  }

  private async sendHeartbeats(): Promise<void> {
    for (let positionMs = START_MS + 1; ; positionMs += 1) {
      const response = await this.viewer.heartbeat(this.playback.id, positionMs).catch(() => undefined);
      if (response?.status !== 200) return;
      this.acknowledgedMs = positionMs;
    }
  }
}

describe('a video service that is killed while it receives heartbeats', () => {
  let players: readonly Player[];

  beforeAll(async () => {
    const editor = await Editor.signIn();
    const title = await editor.createReadyTitle(unique('Heartbeats'), await shortVideo());
    players = await Promise.all(
      Array.from({ length: PLAYERS }, async () => {
        const viewer = await Viewer.signUp();
        return new Player(viewer, await viewer.play(title.id));
      }),
    );
  });

  afterAll(() => waitUntilPlatformIsReady());

  it('loses no acknowledged position, and requests heartbeats at intervals of less than 10 s', async () => {
    await eventually(
      async () => players.map(({ acknowledgedMs }) => acknowledgedMs),
      (positions) => positions.every((positionMs) => positionMs > START_MS + 2),
    );
    const names = (await processes.list()).map(({ name }) => name);
    const name = names.find((each) => each === 'video') ?? 'monolith';
    await processes.kill(name);
    await Promise.all(players.map(({ failed }) => failed));
    await processes.start(name);
    await waitUntilPlatformIsReady();
    for (const { viewer, acknowledgedMs, playback } of players) {
      await eventually(
        () => viewer.continueWatching(),
        ([entry]) => (entry?.positionMs ?? 0) >= acknowledgedMs,
      );
      expect(playback.heartbeatSeconds).toBeLessThan(10);
    }
  });
});
