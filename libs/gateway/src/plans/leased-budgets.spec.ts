import { LeasedBudgets, type Decision } from './leased-budgets.js';
import { toKeyPlan, type Plan } from './plan.js';
import type { BudgetGrant, BudgetRequest, SharedBudgets } from './shared-budgets.js';

const START = Date.UTC(2026, 10, 30, 23, 59);
const PLAN: Plan = { name: 'partner', rate: 10, burst: 3_000, keyShare: 1 };
const LEASE = 10;

/** Shared budgets without Valkey: a million tokens for all callers, and the calls of each month. */
class FakeShared implements Pick<SharedBudgets, 'take'> {
  readonly requests: BudgetRequest[] = [];
  readonly used = new Map<string, number>();
  isAvailable = true;
  tokens = 1_000_000;

  take(plan: Plan, request: BudgetRequest): Promise<BudgetGrant> {
    if (!this.isAvailable) return Promise.reject(new Error('no connection'));
    this.requests.push(request);
    const id = `${request.key} ${request.month.name}`;
    const used = (this.used.get(id) ?? 0) - request.unusedCalls;
    const calls = Math.max(0, Math.min(request.wantedCalls, (plan.callsPerMonth ?? 0) - used));
    const tokens = Math.min(this.tokens, request.wantedTokens);
    this.tokens -= tokens - request.unusedTokens;
    this.used.set(id, used + calls);
    return Promise.resolve({ tokens, calls, remainingTokens: this.tokens, usedCalls: used + calls });
  }
}

describe('LeasedBudgets', () => {
  let shared: FakeShared;
  let now: number;
  const create = (changes: Partial<Plan> = {}, maxKeys?: number): LeasedBudgets =>
    new LeasedBudgets({ ...PLAN, ...changes }, shared, { now: () => now, ...(maxKeys !== undefined && { maxKeys }) });
  const consume = async (budgets: LeasedBudgets, count: number, key = 'a', countsCall = true): Promise<Decision[]> => {
    const decisions: Decision[] = [];
    for (let request = 0; request < count; request += 1) decisions.push(await budgets.consume(key, countsCall));
    return decisions;
  };
  const admitted = (decisions: readonly Decision[]): number => decisions.filter(({ rejection }) => !rejection).length;
  const usedIn = (month: string): number | undefined => shared.used.get(`a ${month}`);

  beforeEach(() => {
    shared = new FakeShared();
    now = START;
  });

  it('decides without a promise while it has a lease, and takes one lease for many requests', async () => {
    const budgets = create();
    await Promise.all(Array.from({ length: LEASE / 2 }, () => budgets.consume('a')));
    expect(shared.requests).toHaveLength(1);
    expect(budgets.consume('a')).not.toBeInstanceOf(Promise);
    expect(budgets.consume('b')).toBeInstanceOf(Promise);
  });

  it('never admits more calls than the plan has, in order and concurrently', async () => {
    const budgets = create({ callsPerMonth: 137 });
    expect(admitted(await consume(budgets, 200))).toBe(137);
    const others = create({ callsPerMonth: 137 });
    const decisions = await Promise.all(Array.from({ length: 200 }, () => others.consume('b')));
    expect(admitted(decisions)).toBe(137);
    expect(decisions.at(-1)).toMatchObject({ rejection: 'quota', remainingCalls: 0, retryAfterMs: 60_000 });
  });

  it('admits requests that use no call when the quota is used up, within the rate', async () => {
    const budgets = create({ callsPerMonth: 5 });
    await consume(budgets, 10);
    expect(admitted(await consume(budgets, 50, 'a', false))).toBe(50);
    expect(usedIn('2026-11')).toBe(5);
  });

  it('starts a new count in a new month, even if calls were leased before', async () => {
    const budgets = create({ callsPerMonth: 20 });
    await consume(budgets, 12);
    now += 60_000;
    expect(admitted(await consume(budgets, 30))).toBe(20);
    expect(usedIn('2026-12')).toBe(20);
  });

  it('rejects locally until there are tokens for half a lease', async () => {
    shared.tokens = 3;
    const budgets = create();
    expect(admitted(await consume(budgets, 5))).toBe(3);
    const calls = shared.requests.length;
    shared.tokens = 100;
    const [rejected] = await consume(budgets, 1);
    expect([rejected?.rejection, rejected?.retryAfterMs, shared.requests.length]).toEqual(['rate', 100, calls]);
    now += 500;
    expect(admitted(await consume(budgets, 1))).toBe(1);
  });

  it('returns its leases when a caller is idle and when it closes', async () => {
    const budgets = create({ callsPerMonth: 1_000 });
    await consume(budgets, 3);
    await budgets.sweep();
    await consume(budgets, 1);
    await budgets.sweep();
    expect(usedIn('2026-11')).toBeGreaterThan(4);
    await budgets.sweep();
    expect([usedIn('2026-11'), shared.tokens]).toEqual([4, 1_000_000 - 4]);
    await consume(budgets, 1);
    await budgets.close();
    expect([usedIn('2026-11'), shared.tokens]).toEqual([5, 1_000_000 - 5]);
  });

  it('limits the rate per process while Valkey is unavailable, and counts the calls when it is available again', async () => {
    const budgets = create({ burst: 600, callsPerMonth: 50 });
    shared.isAvailable = false;
    expect(admitted(await consume(budgets, 700))).toBe(600);
    await budgets.sweep();
    await budgets.sweep();
    shared.isAvailable = true;
    now += 10_000;
    expect((await consume(budgets, 1)).map(({ rejection }) => rejection)).toEqual(['quota']);
    await budgets.close();
    expect(usedIn('2026-11')).toBe(600);
  });

  it('reports the last known count, because Valkey can have lost its data', async () => {
    const budgets = create({ callsPerMonth: 1_000 });
    await consume(budgets, 20);
    expect(shared.requests.at(-1)?.knownCalls).toBeGreaterThanOrEqual(LEASE);
  });

  it('stores the leases of a limited number of callers, and returns the others', async () => {
    const budgets = create({ callsPerMonth: 1_000 }, 2);
    for (const key of ['a', 'b', 'c']) await budgets.consume(key);
    expect(usedIn('2026-11')).toBe(1);
    expect(budgets.consume('b')).not.toBeInstanceOf(Promise);
    expect(budgets.consume('a')).toBeInstanceOf(Promise);
  });
});

describe('toKeyPlan', () => {
  it('returns the share of each limit, and undefined if a key can use all of the account', () => {
    expect(toKeyPlan(PLAN)).toBeUndefined();
    expect(toKeyPlan({ ...PLAN, callsPerMonth: 101, keyShare: 0.5 })).toEqual({
      ...{ name: 'partner-key', rate: 5, burst: 1_500, callsPerMonth: 50, keyShare: 1 },
    });
  });
});
