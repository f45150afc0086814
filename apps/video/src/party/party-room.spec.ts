import type { videoV1 } from '@viernes/contracts';
import { PartyConnection } from './party-connection.js';
import { PartyRoom } from './party-room.js';
import type { PartySnapshot } from './party.js';

const PARTY: PartySnapshot['party'] = {
  id: 'p1',
  accountId: 'a1',
  titleId: 't1',
  videoId: 't1',
  minimumAge: 0,
  durationMs: 8_000,
  hostId: 'ada',
  isPlaying: false,
  positionMs: 0,
  playbackAt: new Date(0),
  revision: 1,
  textCount: 0,
};

function snapshot(textNumbers: readonly number[], revision = 1): PartySnapshot {
  const texts = textNumbers.map((number) => {
    return {
      number,
      participantId: 'ada',
      name: 'Ada',
      clientId: `c${number}`,
      text: `${number}`,
      sentAt: new Date(0),
    };
  });
  return { party: { ...PARTY, revision }, present: [{ id: 'ada', name: 'Ada' }], texts };
}

function connect(lastTextNumber: number) {
  const sent: videoV1.JoinPartyResponse['message'][] = [];
  const send = ({ message }: videoV1.JoinPartyResponse) => void sent.push(message);
  const connection = new PartyConnection('p1', 'ada', lastTextNumber, send, new AbortController());
  const numbers = () =>
    sent.flatMap((message) => (message?.$case === 'texts' ? message.texts.texts.map(({ number }) => number) : []));
  return { connection, numbers, cases: () => sent.map((message) => message?.$case) };
}

describe('a room of a party', () => {
  it('reads the texts that at least one connection lacks, and sends each text once to each connection', async () => {
    const [early, resumed] = [connect(0), connect(2)];
    const reads: number[] = [];
    let available = [1, 2, 3];
    const room = new PartyRoom(
      async (after) => {
        reads.push(after);
        return snapshot(available.filter((number) => number > after));
      },
      () => undefined,
    );
    for (const { connection } of [early, resumed]) room.connections.add(connection);
    await room.refresh();
    available = [1, 2, 3, 4];
    await room.refresh();
    expect(reads).toEqual([0, 3]);
    expect(early.numbers()).toEqual([1, 2, 3, 4]);
    expect(resumed.numbers()).toEqual([3, 4]);
    expect(early.cases()).toEqual(['state', 'texts', 'texts']);
  });

  it('reads once more after changes during a read, however many there are', async () => {
    let reads = 0;
    let finish = (): void => undefined;
    const { connection, cases } = connect(0);
    const room = new PartyRoom(
      async () => {
        reads += 1;
        const revision = reads;
        if (reads === 1) await new Promise<void>((resolve) => (finish = resolve));
        return snapshot([], revision);
      },
      () => undefined,
    );
    room.connections.add(connection);
    const refreshes = [room.refresh(), room.refresh(), room.refresh()];
    finish();
    await Promise.all(refreshes);
    expect(reads).toBe(2);
    expect(cases()).toEqual(['state', 'state']);
  });

  it('reads no more after its last connection is removed during a read', async () => {
    const reads: number[] = [];
    const { connection } = connect(0);
    const room = new PartyRoom(
      async (after) => {
        reads.push(after);
        return snapshot([]);
      },
      () => undefined,
    );
    room.connections.add(connection);
    const refreshes = [room.refresh(), room.refresh()];
    room.connections.delete(connection);
    await Promise.all(refreshes);
    expect(reads).toEqual([0]);
  });
});
