import { randomUUID } from 'node:crypto';
import { videoV1 } from '@viernes/contracts';
import { RowCleanups } from '@viernes/database';
import { newCaller, observeCall } from '@viernes/platform/testing';
import { eventually } from '@viernes/testing';
import { DataSource } from 'typeorm';
import { PartyClient } from '../testing/party-client.js';
import { startReplica, startVideo, type TestVideo } from '../testing/test-video.js';

const DURATION_MS = 600_000;

describe('a watch party', () => {
  let first: TestVideo;
  let second: TestVideo;
  const videoId = randomUUID();
  const clients: PartyClient[] = [];

  beforeAll(async () => {
    first = await startVideo();
    second = await startReplica(first);
    await first.database.query(
      `INSERT INTO asset (id, title_id, state, file_name, size_bytes, object_key, duration_ms, published_at)
       VALUES (gen_random_uuid(), $1, 'ready', 'film.mp4', 1, 'none', $2, now())`,
      [videoId, DURATION_MS],
    );
  });
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.disconnect())));
  afterAll(async () => {
    await second?.stop();
    await first?.stop();
  });

  const newGuest = (maximumAge?: number) => ({
    ...newCaller(),
    profileId: randomUUID(),
    ...(maximumAge !== undefined && { maximumAge }),
  });
  const create = async (caller = newGuest(), minimumAge: number | undefined = 12): Promise<string> => {
    const { profileId } = caller;
    const request = { titleId: videoId, videoId, profileId, name: 'Ada', minimumAge };
    const { party } = await first.as(caller, () => first.video.createParty(request));
    return party?.code ?? '';
  };
  const join = async (...parameters: Parameters<typeof PartyClient.join>): Promise<PartyClient> => {
    const client = await PartyClient.join(...parameters);
    clients.push(client);
    return client;
  };
  /** The host on one replica, a guest on the other one. */
  const startParty = async () => {
    const ada = newGuest();
    const code = await create(ada);
    const host = await join(first, ada, code, 'Ada');
    const guest = await join(second, newGuest(), code, 'Bob');
    await host.until(({ participants }) => participants.length === 2);
    return { ada, code, host, guest };
  };
  const expire = (participantId: string) =>
    first.database.query(`UPDATE party_participant SET last_seen_at = now() - interval '1 minute' WHERE id = $1`, [
      participantId,
    ]);

  it('starts paused at the beginning, with its creator as host, and lists participants on both replicas', async () => {
    const { code, host, guest } = await startParty();
    expect(host.names).toEqual(['Ada', 'Bob']);
    expect(guest.names).toEqual(['Ada', 'Bob']);
    expect(guest.state).toMatchObject({ hostId: host.selfId, playback: { isPlaying: false, positionMs: 0 } });
    const { party } = await second.as(newGuest(), () => second.video.getParty({ code }));
    expect(party).toEqual({ titleId: videoId, videoId, code, durationMs: DURATION_MS, participantCount: 2 });
  });

  it('sends play, pause and seek of the host to the other replica, with the time of the database', async () => {
    const { host, guest } = await startParty();
    host.control(true, 1_000);
    await guest.until(({ playback }) => playback?.isPlaying === true && playback.positionMs === 1_000);
    const [row] = await first.database.query<{ ms: number }>('SELECT extract(epoch FROM now())::float * 1000 AS ms');
    expect(guest.state?.playback?.atMs).toBeLessThanOrEqual(row?.ms ?? 0);
    host.control(false, DURATION_MS * 2);
    await guest.until(({ playback }) => playback?.isPlaying === false && playback.positionMs === DURATION_MS);
    expect(host.state?.playback).toEqual(guest.state?.playback);
  });

  it('rejects controls of a guest with FORBIDDEN, and the stream continues', async () => {
    const { host, guest } = await startParty();
    guest.control(true, 1_000);
    guest.send({ $case: 'handOver', handOver: { participantId: guest.selfId } });
    await eventually(() => guest.all('rejection').length === 2);
    expect(guest.all('rejection').map(({ rejection }) => rejection.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(host.state?.playback?.isPlaying).toBe(false);
    guest.write('still here');
    await eventually(() => host.texts.length === 1);
  });

  it('returns the time of the database to pings on each replica', async () => {
    const { host, guest } = await startParty();
    for (const client of [host, guest]) {
      const readClock = async () =>
        (
          await first.database.query<{ ms: number }>('SELECT extract(epoch FROM clock_timestamp())::float * 1000 AS ms')
        )[0]?.ms ?? 0;
      const before = await readClock();
      client.send({ $case: 'ping', ping: { sentAtMs: 12.5 } });
      await eventually(() => client.all('pong').length === 1);
      const after = await readClock();
      const [pong] = client.all('pong');
      expect(pong?.pong.sentAtMs).toBe(12.5);
      expect(pong?.pong.serverTimeMs).toBeGreaterThan(before - 100);
      expect(pong?.pong.serverTimeMs).toBeLessThan(after + 100);
    }
  });

  it('numbers texts of both replicas without gaps, and each client sees the same order', async () => {
    const { host, guest } = await startParty();
    for (let index = 0; index < 8; index += 1) for (const client of [host, guest]) client.write(`message ${index}`);
    await eventually(() => host.texts.length === 16 && guest.texts.length === 16);
    expect(host.texts.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(guest.texts).toEqual(host.texts);
    expect(new Set(host.texts.map(({ name }) => name))).toEqual(new Set(['Ada', 'Bob']));
  });

  it('sends the playback and all texts to a late guest, and the missed texts to a returning one', async () => {
    const { ada, code, host } = await startParty();
    host.control(true, 5_000);
    for (const text of ['one', 'two', 'three']) host.write(text);
    await eventually(() => host.texts.length === 3);
    const late = await join(second, newGuest(), code, 'Cid');
    await eventually(() => late.texts.length === 3);
    expect(late.state?.playback).toEqual(host.state?.playback);
    await host.disconnect();
    const returned = await join(second, ada, code, 'Ada', 2);
    await eventually(() => returned.texts.length > 0);
    expect(returned.texts.map(({ text }) => text)).toEqual(['three']);
    expect(returned.selfId).toBe(host.selfId);
  });

  it('stores a repeated text once', async () => {
    const { host, guest } = await startParty();
    const clientId = randomUUID();
    host.write('hello', clientId);
    host.write('hello', clientId);
    host.write('next');
    await eventually(() => guest.texts.length === 2);
    expect(guest.texts.map(({ number, text }) => [number, text])).toEqual([
      [1, 'hello'],
      [2, 'next'],
    ]);
  });

  it('stores the latest 100 texts', async () => {
    const { code, host } = await startParty();
    await first.database.query(`UPDATE party SET text_count = 100 WHERE host_id = $1`, [host.selfId]);
    await first.database.query(
      `INSERT INTO party_text (party_id, number, participant_id, account_id, client_id, text)
       SELECT party_id, generate_series(1, 100), id, account_id, gen_random_uuid(), 'old' FROM party_participant WHERE id = $1`,
      [host.selfId],
    );
    host.write('new');
    await eventually(() => host.texts.some(({ number }) => number === 101));
    const late = await join(first, newGuest(), code);
    await eventually(() => late.texts.length > 0);
    expect(late.texts.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
  });

  it('sends reactions to everyone, and rejects unknown ones', async () => {
    const { host, guest } = await startParty();
    const kind = videoV1.PartyReactionKind.PARTY_REACTION_KIND_LOVE;
    guest.send({ $case: 'reaction', reaction: { kind } });
    for (const client of [host, guest]) await eventually(() => client.all('reacted').length === 1);
    expect(host.all('reacted')[0]?.reacted).toEqual({ participantId: guest.selfId, kind });
    guest.send({ $case: 'reaction', reaction: { kind: 99 as typeof kind } });
    await eventually(() => guest.all('rejection').length === 1);
    expect(guest.all('rejection')[0]?.rejection.code).toBe('REQUEST_INVALID');
  });

  it('limits the length and the rate of texts, and identifies the rejected ones', async () => {
    const { host } = await startParty();
    const long = randomUUID();
    host.write('x'.repeat(501), long);
    await eventually(() => host.all('rejection').length === 1);
    expect(host.all('rejection')[0]?.rejection).toEqual({ code: 'REQUEST_INVALID', clientId: long });
    for (let index = 0; index < 60; index += 1) host.write('flood');
    const isLimited = () => host.all('rejection').find(({ rejection }) => rejection.code === 'RATE_LIMITED') ?? false;
    expect((await eventually(isLimited)).rejection.clientId).toMatch(/^[0-9a-f-]{36}$/);
    expect(host.texts.length).toBeLessThan(60);
  });

  it('selects the longest-present guest as host when the host leaves, and the chosen guest when it hands over', async () => {
    const { ada, code, host, guest } = await startParty();
    const third = await join(first, newGuest(), code, 'Cid');
    host.send({ $case: 'leave', leave: {} });
    expect(await host.ended).toBeUndefined();
    await third.until(({ hostId }) => hostId === guest.selfId);
    expect(third.names).toEqual(['Bob', 'Cid']);
    guest.send({ $case: 'handOver', handOver: { participantId: third.selfId } });
    await guest.until(({ hostId }) => hostId === third.selfId);
    const returned = await join(first, ada, code, 'Ada');
    await returned.until(({ participants }) => participants.length === 3);
    expect(returned.names).toEqual(['Bob', 'Cid', 'Ada']);
    expect(returned.state?.hostId).toBe(third.selfId);
  });

  it('replaces a disconnected host only when it counts as absent', async () => {
    const { ada, code, host, guest } = await startParty();
    const { selfId } = host;
    await host.disconnect();
    const returned = await join(second, ada, code, 'Ada');
    expect(returned.state?.hostId).toBe(selfId);
    await returned.disconnect();
    await expire(selfId);
    await guest.until(({ hostId, participants }) => hostId === guest.selfId && participants.length === 1);
  });

  it('ends the streams of a replica that drains, and the participants continue on another one', async () => {
    const ada = newGuest();
    const code = await create(ada);
    const third = await startReplica(first);
    const host = await join(third, ada, code);
    host.write('before');
    await eventually(() => host.texts.length === 1);
    await third.stop();
    expect(await host.ended).toBeUndefined();
    const moved = await join(first, ada, code, 'Ada', 1);
    expect(moved.selfId).toBe(host.selfId);
    expect(moved.state?.hostId).toBe(host.selfId);
    moved.write('after');
    await eventually(() => moved.texts.length === 1);
    expect(moved.texts[0]).toMatchObject({ number: 2, text: 'after' });
  });

  it('returns PARTY_NOT_FOUND for an unknown code and for a profile below the minimum age', async () => {
    const [restricted, unrated] = [await create(), await create(newGuest(), undefined)];
    const child = newGuest(8);
    const read = (code: string) => observeCall(first.get(DataSource), child, () => first.video.getParty({ code }));
    const unknown = await read('unknown');
    expect(unknown.code).toBe('PARTY_NOT_FOUND');
    for (const code of [restricted, unrated]) {
      // The executed statements are the same, too.
      expect(await read(code)).toEqual(unknown);
      expect(await PartyClient.open(first, child, code).ended).toBe('PARTY_NOT_FOUND');
    }
    expect(await PartyClient.open(first, child, 'unknown').ended).toBe('PARTY_NOT_FOUND');
    expect(await PartyClient.open(first, newCaller(), restricted).ended).toBe('PROFILE_NOT_SELECTED');
    await expect(create(child, 12)).rejects.toMatchObject({ code: 'TITLE_NOT_FOUND' });
  });

  it('rejects a stream whose first request is not a join', async () => {
    const client = PartyClient.open(first, newGuest(), '');
    expect(await client.ended).toBe('REQUEST_INVALID');
  });

  it('rejects more than 20 participants, and more than 20 parties of an account', async () => {
    const { code, host } = await startParty();
    await first.database.query(
      `INSERT INTO party_participant (id, party_id, account_id, profile_id, name, last_seen_at)
       SELECT gen_random_uuid(), party_id, account_id, gen_random_uuid(), 'x', now() + interval '1 hour'
       FROM party_participant, generate_series(1, 18) WHERE id = $1`,
      [host.selfId],
    );
    expect(await PartyClient.open(second, newGuest(), code).ended).toBe('PARTY_FULL');
    const owner = newGuest();
    for (let index = 0; index < 20; index += 1) await create(owner);
    await expect(create(owner)).rejects.toMatchObject({ code: 'PARTY_LIMIT_REACHED' });
  });

  it('ends the streams of a deleted party, and deletes a party a day after its latest participant left', async () => {
    const { host, guest } = await startParty();
    const old = `now() - interval '25 hours'`;
    await first.database.query(`UPDATE party SET created_at = ${old}`);
    await first.get(RowCleanups).run();
    expect(await first.database.query('SELECT 1 FROM party WHERE host_id = $1', [host.selfId])).toHaveLength(1);
    await host.disconnect();
    await first.database.query(`DELETE FROM party WHERE host_id = $1`, [host.selfId]);
    expect(await guest.ended).toBe('PARTY_NOT_FOUND');
    await first.database.query(`UPDATE party_participant SET last_seen_at = ${old}`);
    await first.get(RowCleanups).run();
    for (const table of ['party', 'party_participant', 'party_text'])
      expect(await first.database.query(`SELECT 1 FROM ${table}`)).toEqual([]);
  });
});
