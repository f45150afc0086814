import { newEventId } from './event-id.js';

it('newEventId returns unique UUIDs of version 7 that contain their millisecond', () => {
  const nowMs = Date.UTC(2026, 10, 20, 20, 15, 0, 123);
  const ids = Array.from({ length: 1_000 }, () => newEventId(nowMs));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids.map((id) => Number.parseInt(id.replace('-', '').slice(0, 12), 16)))).toEqual(new Set([nowMs]));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(ids.map((id) => id.charAt(19)))).toEqual(new Set(['8', '9', 'a', 'b']));
});
