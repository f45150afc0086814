import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { config } from '../config.js';

const run = promisify(execFile);

/**
 * Plays a whole playlist with ffmpeg, a client that knows nothing of our player.
 *
 * @returns how much came out of the decoders, in seconds, and what ffmpeg complained about
 */
export async function playWithFfmpeg(playlistUrl: string): Promise<{ decodedSeconds: number; complaints: string }> {
  const url = new URL(playlistUrl, config.edgeUrl).href;
  const options = ['-hide_banner', '-v', 'error', '-nostdin', '-nostats', '-progress', 'pipe:1'];
  const { stdout, stderr } = await run(config.ffmpegPath, [...options, '-i', url, '-f', 'null', '-']);
  const times = [...stdout.matchAll(/^out_time_us=(\d+)$/gm)].map(([, us]) => Number(us));
  return { decodedSeconds: (times.at(-1) ?? 0) / 1_000_000, complaints: stderr.trim() };
}
