import type { Page } from 'playwright-core';

/** What the page's video is at, as its element says. */
export interface VideoState {
  readonly currentSeconds: number;
  readonly durationSeconds: number;
  readonly isPaused: boolean;
  readonly widthPx: number;
  readonly droppedFrames: number;
}

export async function videoState(page: Page): Promise<VideoState> {
  return page
    .locator('video')
    .first()
    .evaluate((element) => {
      const video = element as HTMLVideoElement;
      return {
        currentSeconds: video.currentTime,
        durationSeconds: video.duration,
        isPaused: video.paused,
        widthPx: video.videoWidth,
        droppedFrames: video.getVideoPlaybackQuality().droppedVideoFrames,
      };
    });
}

/**
 * How much the picture differs within itself: the standard deviation of its brightness, 0 to 128. A blank frame of any
 * colour has 0.
 */
export async function pictureContrast(page: Page): Promise<number> {
  return page
    .locator('video')
    .first()
    .evaluate((element) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [64, 36];
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('the browser has no 2d canvas');
      context.drawImage(element as HTMLVideoElement, 0, 0, canvas.width, canvas.height);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const brightness: number[] = [];
      for (let at = 0; at < data.length; at += 4) {
        brightness.push(0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0));
      }
      const mean = brightness.reduce((sum, value) => sum + value, 0) / brightness.length;
      return Math.sqrt(brightness.reduce((sum, value) => sum + (value - mean) ** 2, 0) / brightness.length);
    });
}
