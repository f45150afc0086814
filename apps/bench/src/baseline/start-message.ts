/** Resolves with the first message of the parent. Exits when the parent closes the channel. */
export function receiveStart<Start>(): Promise<Start> {
  process.once('disconnect', () => process.exit(0));
  return new Promise((resolve) => process.once('message', (start) => resolve(start as Start)));
}
