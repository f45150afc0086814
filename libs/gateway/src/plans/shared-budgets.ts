import type { Valkey } from '../valkey/valkey.js';
import type { Month } from './month.js';
import type { Plan } from './plan.js';

/** The tokens and calls that a process takes from the budget of one caller, and returns. */
export interface BudgetRequest {
  readonly key: string;
  readonly month: Month;
  readonly wantedTokens: number;
  readonly wantedCalls: number;
  readonly unusedTokens: number;
  /** Calls to remove from the count, or, if negative, to add: they were admitted while Valkey was unavailable. */
  readonly unusedCalls: number;
  /** The count that this process has seen last. Replaces a count that Valkey has lost. */
  readonly knownCalls: number;
}

export interface BudgetGrant {
  readonly tokens: number;
  readonly calls: number;
  /** Tokens that remain in the shared bucket. */
  readonly remainingTokens: number;
  /** Calls of this month, including those that processes have leased. */
  readonly usedCalls: number;
}

/**
 * The bucket is stored as the time at which it is full again (GCRA), so that it needs one value and expires when it is full.
 * Leases of the last calls of a month shrink, so that processes do not withhold them from each other.
 */
const SCRIPT = `
-- KEYS: the bucket, the count of calls
-- ARGV: rate, burst, wantedTokens, unusedTokens, callsPerMonth or -1, wantedCalls, unusedCalls, knownCalls, ttlSeconds
local rate, burst = tonumber(ARGV[1]) / 1000, tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local fullAt = math.min(tonumber(redis.call('GET', KEYS[1]) or 0), now + burst / rate)
fullAt = math.max(now, fullAt - tonumber(ARGV[4]) / rate)
local available = burst - (fullAt - now) * rate
local tokens = math.max(0, math.min(tonumber(ARGV[3]), math.floor(available + 0.001)))
fullAt = fullAt + tokens / rate
if fullAt > now then
  redis.call('SET', KEYS[1], string.format('%.3f', fullAt), 'PX', math.ceil(fullAt - now))
else
  redis.call('DEL', KEYS[1])
end

local limit, calls, used = tonumber(ARGV[5]), 0, 0
if limit >= 0 then
  local stored = redis.call('GET', KEYS[2])
  used = math.max(0, tonumber(stored or ARGV[8]) - tonumber(ARGV[7]))
  local left = math.max(0, limit - used)
  calls = math.min(tonumber(ARGV[6]), left, math.max(1, math.floor(left / 10)))
  used = used + calls
  if used > 0 or stored then redis.call('SET', KEYS[2], string.format('%.0f', used), 'EX', ARGV[9]) end
end
return { tokens, calls, string.format('%.3f', math.max(0, available - tokens)), string.format('%.0f', used) }
`;

interface TakeCommand {
  takeFromBudget(...args: (string | number)[]): Promise<[number, number, string, string]>;
}

/** The budgets of callers, shared by all replicas in Valkey. One call takes tokens and calls, and returns unused ones. */
export class SharedBudgets {
  private readonly valkey: Valkey & TakeCommand;

  constructor(valkey: Valkey) {
    valkey.defineCommand('takeFromBudget', { numberOfKeys: 2, lua: SCRIPT });
    this.valkey = valkey as Valkey & TakeCommand;
  }

  /** @throws Error while Valkey is unavailable */
  async take(plan: Plan, request: BudgetRequest): Promise<BudgetGrant> {
    const { key, month, wantedTokens, wantedCalls, unusedTokens, unusedCalls, knownCalls } = request;
    const prefix = `viernes:edge:plan:{${key}}`;
    const limit = plan.callsPerMonth ?? -1;
    // One day longer than the month, because the clocks of replicas differ.
    const ttlSeconds = month.seconds + 86_400;
    const [tokens, calls, remaining, used] = await this.valkey.takeFromBudget(
      ...[`${prefix}:bucket`, `${prefix}:${month.name}`],
      ...[plan.rate, plan.burst, wantedTokens, unusedTokens],
      ...[limit, wantedCalls, unusedCalls, knownCalls, ttlSeconds],
    );
    return { tokens, calls, remainingTokens: Number(remaining), usedCalls: Number(used) };
  }
}
