/**
 * Reads one line that ffmpeg writes with `-progress`: how far the output is, in milliseconds, or undefined where the
 * line says something else.
 */
export function parseProgress(line: string): { readonly positionMs: number } | undefined {
  // Not out_time_ms: that one counts microseconds too, whatever its name says.
  const microseconds = /^out_time_us=(\d+)\s*$/.exec(line)?.[1];
  return microseconds === undefined ? undefined : { positionMs: Math.floor(Number(microseconds) / 1000) };
}
