/** Parses one line of ffmpeg's `-progress` output. Undefined for lines without the position of the output. */
export function parseProgress(line: string): { readonly positionMs: number } | undefined {
  // Not out_time_ms, which is in microseconds, too.
  const microseconds = /^out_time_us=(\d+)\s*$/.exec(line)?.[1];
  return microseconds === undefined ? undefined : { positionMs: Math.floor(Number(microseconds) / 1000) };
}
