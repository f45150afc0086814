import { randomUUID } from 'node:crypto';
import { connectValkey, Plans, type PlanLimits, type Valkey } from '@viernes/gateway';
import { createLogger } from '@viernes/platform';
import { backing, eventually, TcpProxy } from '@viernes/testing';

const REPLICAS = 3;

/** Three replicas on real Valkey, which share the budgets of one account. */
describe('plans of three replicas', () => {
  const open: { plans: Plans; valkey: Valkey }[] = [];
  const startReplica = async (limits: PlanLimits, url = new URL('/1', backing().valkeyUrl).href): Promise<Plans> => {
    const valkey = await connectValkey(url, createLogger('test', 'fatal'));
    const plans = new Plans(valkey, { anonymous: limits, account: limits });
    open.push({ plans, valkey });
    return plans;
  };
  const startReplicas = (limits: PlanLimits, url?: string): Promise<Plans[]> =>
    Promise.all(Array.from({ length: REPLICAS }, () => startReplica(limits, url)));
  const isAdmitted = async (plans: Plans, accountId: string, countsCall = true): Promise<boolean> =>
    (await plans.consume({ accountId }, countsCall)).every(({ rejection }) => !rejection);
  /** Sends requests one after another to a replica, until `isDone`. @returns how many were admitted */
  const flood = async (plans: Plans, accountId: string, isDone: (sent: number) => boolean): Promise<number> => {
    let admitted = 0;
    for (let sent = 0; !isDone(sent); sent += 1) {
      if (await isAdmitted(plans, accountId)) admitted += 1;
      // Lets the process read the responses of Valkey between two requests, as in an edge.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return admitted;
  };
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const close = async ({ plans, valkey }: { plans: Plans; valkey: Valkey }): Promise<void> => {
    await plans.close();
    valkey.disconnect();
  };
  /** Removes a replica from `open`, where the replicas are in the order in which they have connected. */
  const take = (plans: Plans) =>
    open.splice(
      open.findIndex((replica) => replica.plans === plans),
      1,
    );
  afterEach(() => Promise.all(open.splice(0).map(close)));

  it('replicas together admit the burst and the rate of the plan, with an error of at most 2 %', async () => {
    const plan = { rate: 500, burst: 1_500, keyShare: 1 };
    const replicas = await startReplicas(plan);
    const accountId = randomUUID();
    const startedAt = performance.now();
    const isDone = (): boolean => performance.now() - startedAt >= 4_000;
    const admitted = sum(await Promise.all(replicas.map((plans) => flood(plans, accountId, isDone))));
    const expected = plan.burst + (plan.rate * (performance.now() - startedAt)) / 1_000;
    expect(Math.abs(admitted / expected - 1)).toBeLessThan(0.02);
  });

  it('replicas together admit exactly the calls of a month, however they are distributed', async () => {
    const plan = { rate: 100_000, burst: 30_000, callsPerMonth: 5_000, keyShare: 1 };
    const replicas = await startReplicas(plan);
    const accountId = randomUUID();
    const counts = await Promise.all(
      replicas.map((plans, index) => flood(plans, accountId, (sent) => sent >= 2_500 * (index + 1))),
    );
    expect(sum(counts)).toBe(plan.callsPerMonth);
    const [decision] = await (replicas[0] as Plans).consume({ accountId }, true);
    expect(decision).toMatchObject({ rejection: 'quota', remainingCalls: 0 });
  });

  it('replicas use the calls that a stopped replica returns, and lose at most the lease of a killed one', async () => {
    const plan = { rate: 100_000, burst: 30_000, callsPerMonth: 6_000, keyShare: 1 };
    const lease = 20;
    const accountId = randomUUID();
    const [killed, stopped, last] = (await startReplicas(plan)) as [Plans, Plans, Plans];
    expect(await isAdmitted(killed, accountId)).toBe(true);
    for (const { valkey } of take(killed)) valkey.disconnect();
    expect(await isAdmitted(stopped, accountId)).toBe(true);
    await Promise.all(take(stopped).map(close));
    const admitted = await flood(last, accountId, (sent) => sent >= 6_100);
    expect(admitted).toBe(plan.callsPerMonth - 1 - lease);
  });

  it('replicas limit each API key to its share, and all API keys to the plan of the account', async () => {
    const [plans] = (await startReplicas({ rate: 0.01, burst: 100, callsPerMonth: 60, keyShare: 0.5 })) as [Plans];
    const accountId = randomUUID();
    const useKey = async (apiKeyId: string): Promise<number> => {
      let admitted = 0;
      for (let request = 0; request < 60; request += 1) {
        const decisions = await plans.consume({ accountId, apiKeyId }, true);
        if (decisions.every(({ rejection }) => !rejection)) admitted += 1;
      }
      return admitted;
    };
    const last = randomUUID();
    expect([await useKey(randomUUID()), await useKey(randomUUID()), await useKey(last)]).toEqual([30, 30, 0]);
    // Requests that exceed the limits of the account do not count towards the budget of the key.
    expect((await plans.read({ accountId, apiKeyId: last })).map(({ remaining }) => remaining)).toEqual([
      { remaining: 40, remainingCalls: 0 },
      { remaining: 50, remainingCalls: 30 },
    ]);
  });

  it('replicas send few calls to Valkey for many requests', async () => {
    const plans = await startReplica({ rate: 1_000, burst: 30_000, keyShare: 1 });
    // The statistics of Valkey include the calls of other specs.
    const commands = vi.spyOn(open[0]?.valkey as Valkey, 'sendCommand');
    const accountId = randomUUID();
    for (let request = 0; request < 10_000; request += 1) await isAdmitted(plans, accountId);
    expect(commands.mock.calls.length).toBeGreaterThan(0);
    expect(commands.mock.calls.length).toBeLessThan(10_000 / 50);
  });

  it('replicas limit the rate separately while Valkey is unavailable, and count the calls afterwards', async () => {
    const { hostname, port } = new URL(backing().valkeyUrl);
    const proxy = await TcpProxy.reserve(hostname, Number(port));
    await proxy.open();
    const plan = { rate: 0.01, burst: 900, callsPerMonth: 1_000, keyShare: 1 };
    const replicas = await startReplicas(plan, `redis://127.0.0.1:${proxy.port}/1`);
    const accountId = randomUUID();
    await proxy.close();
    const counts = await Promise.all(replicas.map((plans) => flood(plans, accountId, (sent) => sent >= 1_000)));
    expect(counts).toEqual([900, 900, 900]);
    await proxy.open();
    await eventually(() => open.every(({ valkey }) => valkey.status === 'ready'));
    await Promise.all(open.map(({ plans }) => plans.close()));
    const [budget] = await (replicas[0] as Plans).read({ accountId });
    expect(budget?.remaining).toMatchObject({ remainingCalls: 0 });
    await proxy.close();
  });

  it('replicas restore the count after Valkey has lost its data', async () => {
    const plans = await startReplica({ rate: 0.01, burst: 900, callsPerMonth: 40, keyShare: 1 });
    const accountId = randomUUID();
    const before = await flood(plans, accountId, (sent) => sent >= 30);
    const [valkey] = open.map((replica) => replica.valkey);
    const keys = (await valkey?.keys(`viernes:edge:plan:{account:${accountId}}:*`)) ?? [];
    expect(keys).toHaveLength(2);
    await valkey?.del(keys);
    expect(before + (await flood(plans, accountId, (sent) => sent >= 30))).toBe(40);
  });
});
