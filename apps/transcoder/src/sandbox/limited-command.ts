/**
 * Runs a command under limits and ties it to the life of standard input: when that closes, because the worker ended or
 * was killed, the command is killed too and cannot go on as an orphan. Systems that lack one of the limits go on without
 * it; ffmpeg's own limits and the worker's clock hold everywhere.
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
  /** Of all threads together. */
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  /** Of each file that it writes. */
  readonly fileBytes: number;
}

/** Arguments of a POSIX shell that runs `command` under the limits. */
export function limitedCommand(command: readonly string[], limits: CommandLimits): string[] {
  const kibibytes = Math.ceil(limits.memoryBytes / 1024);
  const blocks = Math.ceil(limits.fileBytes / 512);
  return ['-c', SCRIPT, 'limited', String(limits.cpuSeconds), String(kibibytes), String(blocks), ...command];
}
