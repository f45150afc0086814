import { decideCorrection, targetPositionMs, type PartyPlayback } from './decide-correction.js';
import type { PartyClock } from './party-clock.js';

const CHECK_INTERVAL_MS = 250;

/** A seek takes effect within this time, unless the network is slow. */
const SEEK_COOLDOWN_MS = 1_000;

/** If the party does not confirm an action of the host within this time, the player returns to the state of the party. */
const CONFIRMATION_MS = 3_000;

/** A smaller distance from the position of the party is not treated as a seek by the user. */
const MIN_SEEK_MS = 300;

export interface PartyTarget {
  readonly playback: PartyPlayback;
  readonly revision: number;
  readonly isHost: boolean;
}

/** Keeps a video element at the position of the party. Reports the actions of the host. */
export class PartyPlayer {
  private target: PartyTarget | undefined;
  /** The latest action of the host, until the party confirms it. */
  private unconfirmed:
    { readonly playback: PartyPlayback; readonly revision: number; readonly until: number } | undefined;
  private ownSeek: { readonly startedAt: number; readonly aimMs: number } | undefined;
  private isUserSeeking = false;
  private seekedAt = -Infinity;
  /** `paused` as last handled. Differs from the video element between an action of the user and its event. */
  private wasPaused: boolean;
  /** The duration of a seek. While playing, a seek aims ahead by this time. */
  private seekMs = 100;
  private readonly closed = new AbortController();
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly clock: Pick<PartyClock, 'now' | 'isMeasured'>,
    private readonly onControl: (isPlaying: boolean, positionMs: number) => void,
  ) {
    const { signal } = this.closed;
    this.wasPaused = video.paused;
    for (const event of ['play', 'pause'] as const)
      video.addEventListener(event, () => this.handleSwitch(), { signal });
    // Loading another source pauses the element, but dispatches only this event.
    video.addEventListener('emptied', () => (this.wasPaused = video.paused), { signal });
    video.addEventListener('seeking', () => (this.isUserSeeking = !this.isOwnSeek), { signal });
    video.addEventListener('seeked', () => this.handleSeeked(), { signal });
    this.timer = setInterval(() => this.follow(), CHECK_INTERVAL_MS);
  }

  setTarget(target: PartyTarget): void {
    this.target = target;
    if (this.unconfirmed && target.revision > this.unconfirmed.revision) this.unconfirmed = undefined;
    this.follow();
  }

  close(): void {
    clearInterval(this.timer);
    this.closed.abort();
    this.video.playbackRate = 1;
  }

  private get playback(): PartyPlayback | undefined {
    if (this.unconfirmed && performance.now() > this.unconfirmed.until) this.unconfirmed = undefined;
    return this.unconfirmed?.playback ?? this.target?.playback;
  }

  private get positionMs(): number {
    return this.video.currentTime * 1000;
  }

  private targetMs(playback: PartyPlayback): number {
    const { duration } = this.video;
    return targetPositionMs(playback, this.clock.now(), Number.isFinite(duration) ? duration * 1000 : Infinity);
  }

  private follow(): void {
    const { video, playback, clock } = this;
    if (!playback || !clock.isMeasured || video.readyState < HTMLMediaElement.HAVE_METADATA) return;
    if (video.seeking || this.isUserSeeking || video.paused !== this.wasPaused) return;
    const targetMs = this.targetMs(playback);
    const isAtEnd = targetMs >= video.duration * 1000;
    const isPlaying = playback.isPlaying && !isAtEnd;
    // Without a user gesture, a browser can reject playback. The next check retries.
    if (isPlaying && video.paused) void video.play().catch(() => undefined);
    if (!playback.isPlaying && !video.paused) video.pause();
    this.wasPaused = video.paused;
    const canSeek = performance.now() - this.seekedAt > SEEK_COOLDOWN_MS;
    const { isSeek, playbackRate } = decideCorrection({ driftMs: targetMs - this.positionMs, isPlaying, canSeek });
    video.playbackRate = playbackRate;
    if (!isSeek) return;
    const aimMs = targetMs + (isPlaying ? this.seekMs : 0);
    this.ownSeek = { startedAt: performance.now(), aimMs };
    video.currentTime = aimMs / 1000;
  }

  /** Ignores changes by `follow`, which match the state of the party. */
  private handleSwitch(): void {
    this.wasPaused = this.video.paused;
    const isPlaying = !this.video.paused;
    if (this.video.ended || isPlaying === this.playback?.isPlaying) return;
    this.control(isPlaying);
  }

  private get isOwnSeek(): boolean {
    return this.ownSeek !== undefined && Math.abs(this.ownSeek.aimMs - this.positionMs) < MIN_SEEK_MS;
  }

  private handleSeeked(): void {
    const { ownSeek, isOwnSeek } = this;
    this.ownSeek = undefined;
    this.isUserSeeking = false;
    this.seekedAt = performance.now();
    if (ownSeek && isOwnSeek) {
      this.seekMs = Math.min(1_000, (this.seekMs + this.seekedAt - ownSeek.startedAt) / 2);
      return;
    }
    const { playback } = this;
    if (!playback || Math.abs(this.targetMs(playback) - this.positionMs) < MIN_SEEK_MS) return;
    this.control(!this.video.paused);
  }

  private control(isPlaying: boolean): void {
    if (!this.target?.isHost) return this.follow();
    const positionMs = Math.round(this.positionMs);
    const playback = { isPlaying, positionMs, atMs: this.clock.now() };
    this.unconfirmed = { playback, revision: this.target.revision, until: performance.now() + CONFIRMATION_MS };
    this.onControl(isPlaying, positionMs);
  }
}
