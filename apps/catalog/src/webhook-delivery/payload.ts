/** Returns the body of a message. Receivers read all other values from the API, where they are current. */
export function toPayload(type: string, time: Date, data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type, timestamp: time.toISOString(), data });
}
