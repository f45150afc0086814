import Hls, { type ErrorData } from 'hls.js';

export interface Quality {
  readonly level: number;
  readonly name: string;
}

export interface HlsSourceEvents {
  readonly onQualities: (qualities: readonly Quality[], playing: number) => void;
  /** The addresses are refused or gone, or the errors do not stop: only a new playback session can help. */
  readonly onLost: (reason: string) => void;
}

/** A stream that recovers this often within one session has another illness. */
const MOST_RECOVERIES = 4;
const GONE = new Set([401, 403, 404, 410]);

/** hls.js on a video element, with its two kinds of recovery. @returns what the player may ask of it */
export function openHls(video: HTMLVideoElement, playlistUrl: string, beginAtSeconds: number, events: HlsSourceEvents) {
  const hls = new Hls({ startPosition: beginAtSeconds, capLevelToPlayerSize: true, backBufferLength: 30 });
  let recoveries = 0;

  const recover = (data: ErrorData): void => {
    if (!data.fatal) return;
    recoveries += 1;
    const status = data.response?.code ?? 0;
    if (GONE.has(status) || recoveries > MOST_RECOVERIES) events.onLost(`${data.details} ${status}`);
    else if (data.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
    else if (data.type === Hls.ErrorTypes.NETWORK_ERROR && hls.levels.length > 0) hls.startLoad();
    else events.onLost(data.details);
  };

  const tell = (): void => {
    const qualities = hls.levels.map((level, index) => ({ level: index, name: `${level.height}p` }));
    events.onQualities(qualities.reverse(), hls.currentLevel);
  };

  hls.on(Hls.Events.ERROR, (_event, data) => recover(data));
  hls.on(Hls.Events.MANIFEST_PARSED, tell);
  hls.on(Hls.Events.LEVEL_SWITCHED, tell);
  hls.loadSource(playlistUrl);
  hls.attachMedia(video);
  return {
    /** @param level one of the qualities, or -1 for automatic */
    choose(level: number): void {
      hls.nextLevel = level;
    },
    close: (): void => hls.destroy(),
  };
}
