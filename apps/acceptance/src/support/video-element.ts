import type { Page } from 'playwright-core';

/** State of the page's video element. */
export interface VideoState {
  readonly currentSeconds: number;
  readonly durationSeconds: number;
  readonly isPaused: boolean;
  readonly widthPx: number;
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
      };
    });
}

/** Returns the standard deviation of the brightness of the current frame, 0 to 128. A frame of one color has 0. */
export async function frameContrast(page: Page): Promise<number> {
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
      for (let offset = 0; offset < data.length; offset += 4) {
        const [red = 0, green = 0, blue = 0] = data.subarray(offset, offset + 3);
        brightness.push(0.299 * red + 0.587 * green + 0.114 * blue);
      }
      const mean = brightness.reduce((sum, value) => sum + value, 0) / brightness.length;
      return Math.sqrt(brightness.reduce((sum, value) => sum + (value - mean) ** 2, 0) / brightness.length);
    });
}
