/** Returns the body of a message. Receivers that need more than the IDs read it from the API, where it is current. */
export function toPayload(type: string, time: Date, data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type, timestamp: time.toISOString(), data });
}
