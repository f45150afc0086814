import { setTimeout as sleep } from 'node:timers/promises';
import { PartyPlayer, type PartyTarget } from './party-player.js';

/** A video element that dispatches its events later, as browsers do. */
class FakeVideo extends EventTarget {
  readonly readyState = 4;
  readonly seeking = false;
  readonly ended = false;
  readonly duration = 30;
  currentTime = 0;
  playbackRate = 1;
  paused = true;

  play(): Promise<void> {
    this.switchTo('play', false);
    return Promise.resolve();
  }

  pause(): void {
    this.switchTo('pause', true);
  }

  /** Loads another source: resets `paused`, and dispatches `emptied` instead of `pause`. */
  load(): void {
    this.paused = true;
    setImmediate(() => this.dispatchEvent(new Event('emptied')));
  }

  private switchTo(event: string, isPaused: boolean): void {
    if (this.paused === isPaused) return;
    this.paused = isPaused;
    setImmediate(() => this.dispatchEvent(new Event(event)));
  }
}

const toTarget = (revision: number, isPlaying: boolean): PartyTarget => ({
  playback: { isPlaying, positionMs: 0, atMs: performance.now() },
  revision,
  isHost: true,
});

describe('the player of the host of a party', () => {
  let video: FakeVideo;
  let player: PartyPlayer;
  let controls: boolean[];

  beforeEach(() => {
    vi.stubGlobal('HTMLMediaElement', { HAVE_METADATA: 1 });
    video = new FakeVideo();
    controls = [];
    const clock = { isMeasured: true, now: () => performance.now() };
    player = new PartyPlayer(video as unknown as HTMLVideoElement, clock, (isPlaying) => controls.push(isPlaying));
  });
  afterEach(() => {
    player.close();
    vi.unstubAllGlobals();
  });

  it('reports an action of the host, also when a message of the party arrives before the event of the action', async () => {
    player.setTarget(toTarget(1, false));
    void video.play();
    player.setTarget(toTarget(2, false));
    await sleep(10);
    expect({ controls, isPaused: video.paused }).toEqual({ controls: [true], isPaused: false });
    player.setTarget(toTarget(3, true));
    video.pause();
    player.setTarget(toTarget(4, true));
    await sleep(10);
    expect({ controls, isPaused: video.paused }).toEqual({ controls: [true, false], isPaused: true });
  });

  it('plays and pauses as the party does, and reports neither', async () => {
    player.setTarget(toTarget(1, true));
    await sleep(10);
    expect(video.paused).toBe(false);
    player.setTarget(toTarget(2, false));
    await sleep(10);
    expect({ controls, isPaused: video.paused }).toEqual({ controls: [], isPaused: true });
  });

  it('continues after another source has been loaded, and does not report that as a pause', async () => {
    player.setTarget(toTarget(1, true));
    await sleep(10);
    video.load();
    await sleep(10);
    player.setTarget(toTarget(2, true));
    expect({ controls, isPaused: video.paused }).toEqual({ controls: [], isPaused: false });
  });
});
