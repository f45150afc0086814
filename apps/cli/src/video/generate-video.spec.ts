import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateVideo } from './generate-video.js';

describe('generateVideo', () => {
  it('names FFMPEG_PATH if ffmpeg is not installed', async () => {
    const [ffmpegPath, path] = ['ffmpeg', 'video.mp4'].map((name) => join(tmpdir(), 'viernes-missing', name)) as [
      string,
      string,
    ];
    const video = {
      ...{ widthPx: 426, heightPx: 240, framesPerSecond: 24, durationSeconds: 1 },
      ...{ videoGraph: 'testsrc2', audioExpression: '0' },
    };
    await expect(generateVideo(video, path, ffmpegPath)).rejects.toThrow(
      `${ffmpegPath} cannot be run. Install ffmpeg, or set FFMPEG_PATH.`,
    );
  });
});
