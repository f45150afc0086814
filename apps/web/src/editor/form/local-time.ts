/** Converts a moment in ISO 8601 to the value of an `<input type="datetime-local">`, in the time zone of the user. */
export function toLocalTime(isoTime: string): string {
  if (isoTime === '') return '';
  const moment = new Date(isoTime);
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** Converts the value of an `<input type="datetime-local">` to a moment in ISO 8601, in UTC. */
export function fromLocalTime(localTime: string): string {
  return localTime === '' ? '' : new Date(localTime).toISOString();
}
