import type { Schema } from '@viernes/api-client';
import { Problem } from '../api/problem.js';
import { type MediaSource, type MediaSourceEvents, type Quality, openMediaSource } from './media-source.js';
import { endPlayback, sendHeartbeat, sendLastHeartbeat, startPlayback } from './playback-requests.js';
import { repeatOnce } from './repeat-once.js';
import { startPositionMs, toPositionMs } from './resume-position.js';

export interface TitlePlayerEvents extends Pick<MediaSourceEvents, 'onQualities'> {
  readonly onProblem: (problem: unknown) => void;
}

/** After this many lost sessions without a successful heartbeat, the cause is not the session. */
const MAX_LOST_SESSIONS = 3;

/** Plays one title on one video element: starts a playback session, sends heartbeats and replaces a lost session. */
export class TitlePlayer {
  private playback: Schema<'Playback'> | undefined;
  private source: MediaSource | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private quality: Quality = 'auto';
  private lostSessions = 0;
  private isStarting = false;
  /** Aborted at the end of the current session. */
  private ended = new AbortController();
  private readonly closed = new AbortController();

  constructor(
    private readonly video: HTMLVideoElement,
    /** The ID of the film, the episode, or the series, which plays its next episode. */
    private readonly videoId: string,
    private readonly profileId: string,
    private readonly events: TitlePlayerEvents,
  ) {
    const { signal } = this.closed;
    for (const event of ['pause', 'seeked', 'ended']) {
      video.addEventListener(event, () => this.reportPosition(), { signal });
    }
    document.addEventListener('visibilitychange', () => this.reportPositionIfHidden(), { signal });
    window.addEventListener('pagehide', () => this.endSession(), { signal });
    // A page that returns from the back/forward cache has ended its session.
    window.addEventListener('pageshow', (event) => event.persisted && void this.start(this.positionMs, true), {
      signal,
    });
  }

  /**
   * @param positionMs the start position; by default, where the viewer stopped last time
   * @param isPaused whether to wait for the viewer at the start position
   */
  async start(positionMs?: number, isPaused = false): Promise<void> {
    if (this.isStarting) return;
    this.isStarting = true;
    try {
      const playback = await startPlayback(this.videoId, this.profileId);
      if (this.closed.signal.aborted) return endPlayback(playback.id, positionMs ?? playback.resumePositionMs);
      this.open(playback, positionMs ?? startPositionMs(playback.resumePositionMs, playback.durationMs), isPaused);
    } catch (error) {
      if (!this.closed.signal.aborted) this.events.onProblem(error);
    } finally {
      this.isStarting = false;
    }
  }

  /** Selects a quality for this and every following session. */
  choose(quality: Quality): void {
    this.quality = quality;
    this.source?.choose(quality);
  }

  /** Ends the session and releases the video element. */
  close(): void {
    this.endSession();
    this.closed.abort();
  }

  private get positionMs(): number {
    return toPositionMs(this.video.currentTime);
  }

  private open(playback: Schema<'Playback'>, positionMs: number, isPaused: boolean): void {
    this.playback = playback;
    this.ended = new AbortController();
    this.source = openMediaSource(this.video, {
      playlistUrl: playback.playlistUrl,
      startSeconds: positionMs / 1000,
      quality: this.quality,
      onQualities: this.events.onQualities,
      onLost: () => void this.replaceSession(),
    });
    this.timer = setInterval(() => !this.video.paused && this.reportPosition(), playback.heartbeatSeconds * 1000);
    // A browser can reject playback before the first user gesture. The play button remains.
    if (!isPaused) this.video.play().catch(() => undefined);
  }

  private reportPosition(): void {
    const { playback } = this;
    if (!playback || this.video.readyState === HTMLMediaElement.HAVE_NOTHING) return;
    repeatOnce(() => sendHeartbeat(playback.id, this.positionMs), this.ended.signal).then(
      () => (this.lostSessions = 0),
      (error: unknown) => {
        const isLost = error instanceof Problem && error.code === 'PLAYBACK_NOT_FOUND';
        // After any other error, the next heartbeat reports the position.
        if (isLost && playback === this.playback) void this.replaceSession();
      },
    );
  }

  private reportPositionIfHidden(): void {
    const { playback } = this;
    if (playback && document.visibilityState === 'hidden') sendLastHeartbeat(playback.id, this.positionMs);
  }

  private async replaceSession(): Promise<void> {
    const { positionMs } = this;
    const isPaused = this.video.paused && this.lostSessions === 0;
    this.endSession();
    this.lostSessions += 1;
    if (this.lostSessions < MAX_LOST_SESSIONS) return this.start(positionMs, isPaused);
    this.events.onProblem(new Problem({ title: 'The stream cannot be loaded', status: 0, code: 'NETWORK' }));
  }

  private endSession(): void {
    clearInterval(this.timer);
    this.ended.abort();
    const { playback } = this;
    this.playback = undefined;
    if (playback) endPlayback(playback.id, this.positionMs);
    this.source?.close();
    this.source = undefined;
  }
}
