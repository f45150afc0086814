/** Everything outside the process that a command uses. */
export interface CommandContext {
  readonly env: NodeJS.ProcessEnv;
  /** Aborts when the process receives SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Writes a line of the result to stdout. */
  readonly print: (text: string) => void;
  /** Writes a line of progress or an error to stderr. */
  readonly log: (text: string) => void;
  /** Prompts the user. @throws Error if stdin is not a terminal */
  readonly confirm: (question: string) => Promise<boolean>;
}
