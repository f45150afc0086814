/**
 * Runs a command under limits and kills it when standard input closes, which happens when the worker exits or is killed. The
 * command never continues as an orphan. A limit that the system does not support is ignored. ffmpeg's own limits and the
 * worker's timeout apply everywhere.
 */
const SCRIPT = `
ulimit -c 0 2>/dev/null
ulimit -t "$1" 2>/dev/null
ulimit -v "$2" 2>/dev/null
ulimit -f "$3" 2>/dev/null
shift 3
exec 3<&0
"$@" </dev/null 3<&- &
command=$!
( read -r _ <&3; kill -9 "$command" ) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$command"
status=$?
kill "$watcher" 2>/dev/null
exit "$status"
`;

export interface CommandLimits {
  /** Sum over all threads. */
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  /** Maximum size of each file that the command writes. */
  readonly fileBytes: number;
}

/** Returns the arguments of a POSIX shell that runs `command` under the limits. */
export function limitedCommand(command: readonly string[], limits: CommandLimits): string[] {
  const kibibytes = Math.ceil(limits.memoryBytes / 1024);
  const blocks = Math.ceil(limits.fileBytes / 512);
  return ['-c', SCRIPT, 'limited', String(limits.cpuSeconds), String(kibibytes), String(blocks), ...command];
}
