import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { config } from '../config.js';

const run = promisify(execFile);

/**
 * Decodes a complete playlist with ffmpeg, an HLS client that is independent of the web player.
 * @returns the decoded duration in seconds, and what ffmpeg wrote to stderr
 */
export async function decodeWithFfmpeg(
  playlistUrl: string,
  edgeUrl = config.edgeUrl,
): Promise<{ decodedSeconds: number; stderr: string }> {
  const url = new URL(playlistUrl, edgeUrl).href;
  const options = ['-hide_banner', '-v', 'error', '-nostdin', '-nostats', '-progress', 'pipe:1'];
  const { stdout, stderr } = await run(config.ffmpegPath, [...options, '-i', url, '-f', 'null', '-']);
  const times = [...stdout.matchAll(/^out_time_us=(\d+)$/gm)].map(([, us]) => Number(us));
  return { decodedSeconds: (times.at(-1) ?? 0) / 1_000_000, stderr: stderr.trim() };
}
