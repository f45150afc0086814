import { z } from 'zod';

/** The policies of a server of this bench. */
export interface GatewayPolicies {
  /** False: only Fastify, which returns the same responses. */
  readonly hasGateway: boolean;
  readonly logsRequests: boolean;
  readonly hasSecurityHeaders: boolean;
  /** `rate`: callers have a rate. `quota`: they also have a number of calls per month. */
  readonly plan: 'none' | 'rate' | 'quota';
  readonly countsUsage: boolean;
  readonly hasCanary: boolean;
  readonly allowsOrigin: boolean;
  readonly hasCache: boolean;
  /** Fraction of the traces that are recorded, and sent to a receiver that discards them. */
  readonly traceRatio: number;
}

/** The message that starts a server of this bench. */
export interface GatewayStart {
  readonly policies: GatewayPolicies;
  readonly valkeyUrl: string;
  /** The public key of access tokens. */
  readonly jwksJson: string;
  /** Duration of a call of the upstream, which serves UPSTREAM_SLOTS at a time. 0: handlers return immediately. */
  readonly upstreamMs: number;
}

export const NO_POLICIES: GatewayPolicies = {
  hasGateway: true,
  logsRequests: false,
  hasSecurityHeaders: false,
  plan: 'none',
  countsUsage: false,
  hasCanary: false,
  allowsOrigin: false,
  hasCache: false,
  traceRatio: 0,
};

/** The policies of a platform with the default settings, and in addition CORS and a canary. */
export const ALL_POLICIES: GatewayPolicies = {
  hasGateway: true,
  logsRequests: true,
  hasSecurityHeaders: true,
  plan: 'quota',
  countsUsage: true,
  hasCanary: true,
  allowsOrigin: true,
  hasCache: true,
  traceRatio: 0.01,
};

export const ORIGIN = 'https://other.example';

/** Calls that the upstream serves at a time. */
export const UPSTREAM_SLOTS = 4;

export const items = z.object({
  items: z.array(z.object({ id: z.uuid(), name: z.string(), synopsis: z.string(), genres: z.array(z.string()) })),
});

/** The size of a list of 20 titles. */
export const ITEMS: z.infer<typeof items> = {
  items: Array.from({ length: 20 }, (_, index) => ({
    id: `5c0e7d5a-93a4-4d0c-9a53-0f2d1b7c6e${String(index).padStart(2, '0')}`,
    name: `The title with the number ${index}`,
    synopsis: 'In a city of the future, a mediator brings the workers and the thinkers together. '.repeat(2),
    genres: ['Drama', 'Science Fiction'],
  })),
};
