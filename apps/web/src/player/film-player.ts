import { Problem } from '../api/problem.js';
import type { Playback } from '../api/types.js';
import { type HlsSourceEvents, openHls } from './hls-source.js';
import { endPlayback, heartbeat, lastHeartbeat, startPlayback } from './playback-api.js';
import { beginAtMs, positionMsOf } from './resume-position.js';

export interface FilmPlayerEvents extends Pick<HlsSourceEvents, 'onQualities'> {
  readonly onProblem: (problem: unknown) => void;
}

/** Sessions in a row that are lost before a heartbeat got through: then the film, not the session, is at fault. */
const MOST_LOST_SESSIONS = 3;

/** One film on one video element: a playback session, its heartbeats, and a new session at the same place when it is lost. */
export class FilmPlayer {
  private playback: Playback | undefined;
  private source: ReturnType<typeof openHls> | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private lostSessions = 0;
  private isStarting = false;
  private readonly closed = new AbortController();

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly titleId: string,
    private readonly profileId: string,
    private readonly events: FilmPlayerEvents,
  ) {
    const { signal } = this.closed;
    for (const moment of ['pause', 'seeked', 'ended']) video.addEventListener(moment, () => this.beat(), { signal });
    document.addEventListener('visibilitychange', () => this.beatIfHidden(), { signal });
    window.addEventListener('pagehide', () => this.leave(), { signal });
    window.addEventListener('pageshow', (event) => event.persisted && void this.start(this.positionMs, true), {
      signal,
    });
  }

  /**
   * @param atMs where to begin; without it, where the viewer stopped last time
   * @param isPaused whether to wait there for the viewer
   */
  async start(atMs?: number, isPaused = false): Promise<void> {
    if (this.isStarting) return;
    this.isStarting = true;
    try {
      const playback = await startPlayback(this.titleId, this.profileId);
      if (this.closed.signal.aborted) return endPlayback(playback.id, atMs ?? playback.resumePositionMs);
      this.open(playback, atMs ?? beginAtMs(playback.resumePositionMs, playback.durationMs), isPaused);
    } catch (error) {
      if (!this.closed.signal.aborted) this.events.onProblem(error);
    } finally {
      this.isStarting = false;
    }
  }

  choose(level: number): void {
    this.source?.choose(level);
  }

  /** Ends the session and lets go of the element. */
  close(): void {
    this.leave();
    this.closed.abort();
  }

  private get positionMs(): number {
    return positionMsOf(this.video.currentTime);
  }

  private open(playback: Playback, beginMs: number, isPaused: boolean): void {
    this.playback = playback;
    this.source = openHls(this.video, playback.playlistUrl, beginMs / 1000, {
      onQualities: this.events.onQualities,
      onLost: () => void this.startAnew(),
    });
    this.timer = setInterval(() => !this.video.paused && this.beat(), playback.heartbeatSeconds * 1000);
    // A browser that wants a tap first refuses; the play button is there for it.
    if (!isPaused) this.video.play().catch(() => undefined);
  }

  private beat(): void {
    const { playback } = this;
    if (!playback || this.video.readyState === HTMLMediaElement.HAVE_NOTHING) return;
    heartbeat(playback.id, this.positionMs).then(
      () => (this.lostSessions = 0),
      (error: unknown) => {
        const isGone = error instanceof Problem && error.code === 'PLAYBACK_NOT_FOUND';
        // Anything else passes: the next heartbeat tells the position as well.
        if (isGone && playback === this.playback) void this.startAnew();
      },
    );
  }

  private beatIfHidden(): void {
    const { playback } = this;
    if (playback && document.visibilityState === 'hidden') lastHeartbeat(playback.id, this.positionMs);
  }

  private async startAnew(): Promise<void> {
    const { positionMs: atMs } = this;
    const isPaused = this.video.paused && this.lostSessions === 0;
    this.leave();
    this.lostSessions += 1;
    if (this.lostSessions < MOST_LOST_SESSIONS) return this.start(atMs, isPaused);
    this.events.onProblem(new Problem({ title: 'The film stopped arriving', status: 0, code: 'NETWORK' }));
  }

  private leave(): void {
    clearInterval(this.timer);
    const { playback } = this;
    this.playback = undefined;
    if (playback) endPlayback(playback.id, this.positionMs);
    this.source?.close();
    this.source = undefined;
  }
}
