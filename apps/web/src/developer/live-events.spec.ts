import {
  MAX_EVENTS,
  NO_EVENTS,
  reduceLiveEvents,
  type LiveChange,
  type LiveEvent,
  type LiveEvents,
  type LiveTopic,
} from './live-events.js';

const toEvent = (number: number): LiveEvent => ({
  type: 'event',
  id: `${number}-0`,
  time: '2026-11-24T20:00:00Z',
  topic: 'titles',
  name: 'homeChanged',
  data: {},
});
const reduce = (
  changes: readonly LiveChange[],
  view: LiveEvents = NO_EVENTS,
  topics: readonly LiveTopic[] = ['titles'],
): LiveEvents => changes.reduce((last, change) => reduceLiveEvents(last, change, topics), view);

describe('live events of the developer page', () => {
  it('the page shows the latest events, newest first', () => {
    const { events } = reduce(Array.from({ length: MAX_EVENTS + 5 }, (_, index) => toEvent(index)));
    expect(events).toHaveLength(MAX_EVENTS);
    expect([events[0]?.id, events.at(-1)?.id]).toEqual([`${MAX_EVENTS + 4}-0`, '5-0']);
  });

  it('the page shows an event once if the edge repeats it when the topics change', () => {
    const { events, lastEventId } = reduce([toEvent(1), toEvent(2), toEvent(1)]);
    expect(events.map(({ id }) => id)).toEqual(['2-0', '1-0']);
    expect(lastEventId).toBe('2-0');
  });

  it('an event of a deselected topic is not shown, and does not change the position', () => {
    const view = reduce([toEvent(1)]);
    expect(reduce([toEvent(2)], view, ['session'])).toEqual(view);
  });

  it('events resume after the position of the subscription, the latest event, or a gap', () => {
    const subscribed = reduce([{ type: 'subscribed', topics: ['titles'], lastEventId: '7-0' }]);
    expect(subscribed).toMatchObject({ connection: 'open', lastEventId: '7-0' });
    expect(reduce([toEvent(8)], subscribed).lastEventId).toBe('8-0');
    expect(reduce([{ type: 'gap', lastEventId: '9-0' }], subscribed)).toMatchObject({
      lastEventId: '9-0',
      hasGap: true,
    });
  });

  it('events remain on the page while the connection is paused, interrupted, or has failed', () => {
    const view = reduce([toEvent(1)]);
    for (const type of ['paused', 'disconnected'] as const) {
      expect(reduce([{ type }], view)).toMatchObject({ events: view.events, lastEventId: '1-0' });
    }
    const failed = reduce([{ type: 'failed', problem: new Error('rejected') }], view);
    expect(failed).toMatchObject({ connection: 'failed', events: view.events });
    expect(reduce([{ type: 'resumed' }], failed)).toMatchObject({ connection: 'connecting', problem: undefined });
  });
});
