import type { Arrival } from '../port/event-subscription.js';

/**
 * Parts a batch so that events of one type can be handled together without one overtaking an earlier one of its key: within a
 * part all events of a key are of one type.
 *
 * @param batch of one partition, in its order
 * @returns the parts, to be handled one after the other; in each the events by type, in their order
 */
export function partsInOrder(batch: readonly Arrival[]): Map<string, Arrival[]>[] {
  const [first] = batch;
  if (first && batch.every(({ event }) => event.type === first.event.type)) {
    return [new Map([[first.event.type, [...batch]]])];
  }
  const parts: Map<string, Arrival[]>[] = [];
  let part = new Map<string, Arrival[]>();
  let typeOfKey = new Map<string, string>();
  for (const arrival of batch) {
    const { key, type } = arrival.event;
    if ((typeOfKey.get(key) ?? type) !== type) {
      parts.push(part);
      [part, typeOfKey] = [new Map(), new Map()];
    }
    typeOfKey.set(key, type);
    const ofType = part.get(type);
    if (ofType) ofType.push(arrival);
    else part.set(type, [arrival]);
  }
  if (part.size > 0) parts.push(part);
  return parts;
}
