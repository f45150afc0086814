import Hls, { type ErrorData } from 'hls.js';
import { Problem } from '../api/problem.js';

/** The height of a rendition in pixels, or automatic selection by bandwidth. */
export type Quality = number | 'auto';

export interface MediaSourceEvents {
  /** @param heights of all renditions, highest first; empty if the browser selects the quality itself */
  readonly onQualities: (heights: readonly number[], playingHeight: number | undefined) => void;
  /** The URLs have expired or the errors persist. Only a new playback session can help. */
  readonly onLost: () => void;
}

export interface MediaSource {
  choose(quality: Quality): void;
  close(): void;
}

export interface MediaSourceOptions extends MediaSourceEvents {
  readonly playlistUrl: string;
  readonly startSeconds: number;
  readonly quality: Quality;
}

const HLS_TYPE = 'application/vnd.apple.mpegurl';

/**
 * Loads a playlist into a video element: with hls.js, or natively if the browser has no Media Source Extensions (iPhone).
 * @throws Problem PLAYBACK_UNSUPPORTED if the browser supports neither
 */
export function openMediaSource(video: HTMLVideoElement, options: MediaSourceOptions): MediaSource {
  if (Hls.isSupported()) return openWithHlsJs(video, options);
  if (video.canPlayType(HLS_TYPE) !== '') return openNatively(video, options);
  throw new Problem({ title: 'HLS is not supported', status: 0, code: 'PLAYBACK_UNSUPPORTED' });
}

/** Further recoveries within one session do not help. */
const MAX_RECOVERIES = 4;
const EXPIRED_STATUSES = new Set([401, 403, 404, 410]);

function openWithHlsJs(video: HTMLVideoElement, options: MediaSourceOptions): MediaSource {
  const { playlistUrl, startSeconds, quality, onQualities, onLost } = options;
  const hls = new Hls({ startPosition: startSeconds, capLevelToPlayerSize: true, backBufferLength: 30 });
  let recoveries = 0;

  const recover = (data: ErrorData): void => {
    if (!data.fatal) return;
    recoveries += 1;
    if (EXPIRED_STATUSES.has(data.response?.code ?? 0) || recoveries > MAX_RECOVERIES) onLost();
    else if (data.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
    else if (data.type === Hls.ErrorTypes.NETWORK_ERROR && hls.levels.length > 0) hls.startLoad();
    else onLost();
  };

  const reportQualities = (): void => {
    const heights = hls.levels.map(({ height }) => height);
    onQualities(heights.toReversed(), heights[hls.currentLevel]);
  };

  /** Returns the index of a level; -1 selects automatically. */
  const findLevel = (chosen: Quality): number => hls.levels.findIndex(({ height }) => height === chosen);

  hls.on(Hls.Events.ERROR, (_event, data) => recover(data));
  hls.on(Hls.Events.MANIFEST_PARSED, () => {
    const level = findLevel(quality);
    if (level !== -1) {
      // The first segment uses startLevel, all others use loadLevel.
      hls.startLevel = level;
      hls.loadLevel = level;
    }
    reportQualities();
  });
  hls.on(Hls.Events.LEVEL_SWITCHED, reportQualities);
  hls.loadSource(playlistUrl);
  hls.attachMedia(video);
  return {
    choose(chosen) {
      hls.nextLevel = findLevel(chosen);
    },
    close: () => hls.destroy(),
  };
}

function openNatively(video: HTMLVideoElement, options: MediaSourceOptions): MediaSource {
  const { playlistUrl, startSeconds, onQualities, onLost } = options;
  const closed = new AbortController();
  const { signal } = closed;
  video.addEventListener('loadedmetadata', () => (video.currentTime = startSeconds), { once: true, signal });
  video.addEventListener('error', onLost, { signal });
  video.src = playlistUrl;
  onQualities([], undefined);
  return {
    choose: () => undefined,
    close() {
      closed.abort();
      video.removeAttribute('src');
      video.load();
    },
  };
}
