import type { Assumptions } from './assumptions.js';
import { planCapacity, type Capacity } from './capacity.js';
import type { Constants } from './constants.js';

/** A limit of the default installation, and the change that removes it. */
export interface Limit {
  readonly viewers: number;
  readonly name: string;
  /** The measured use of a thousand viewers, and the limit, so that readers can verify the result. */
  readonly reason: string;
  /** The change that removes the limit. */
  readonly change: string;
}

interface Bottleneck {
  readonly name: string;
  readonly unit: string;
  readonly limit: number;
  readonly use: (capacity: Capacity) => number;
  readonly change: string;
}

const toBottlenecks = (constants: Constants, { usedCoresPerPod }: Assumptions): readonly Bottleneck[] => [
  {
    name: 'one process of the edge',
    unit: 'cores',
    limit: usedCoresPerPod,
    use: ({ cores }) => cores.edge,
    change: 'more pods of edge: the autoscaler of the chart',
  },
  {
    name: 'one process of video',
    unit: 'cores',
    limit: usedCoresPerPod,
    use: ({ cores }) => cores.video,
    change: 'more pods of video: the autoscaler of the chart',
  },
  {
    name: 'one PostgreSQL for all services',
    unit: 'cores',
    limit: 4,
    use: ({ cores }) => cores.postgres,
    change: 'one server per service (`DATABASE_URL`), and read replicas for catalog',
  },
  {
    name: 'object storage with a link of 10 Gbit/s',
    unit: 'Gbit/s',
    limit: 10,
    use: ({ egressGbitPerSecond }) => egressGbitPerSecond,
    change: 'a CDN in front of object storage (`S3_PUBLIC_ENDPOINT`)',
  },
  {
    name: 'one Valkey, which uses one core',
    unit: 'cores',
    limit: 0.8,
    use: ({ cores }) => cores.valkey,
    change: 'a Valkey cluster, because all keys are independent',
  },
  {
    name: 'one outbox relay per service',
    unit: 'events/s',
    limit: constants.eventsPerSecond,
    use: ({ eventsPerSecond }) => eventsPerSecond,
    change:
      'less frequent heartbeats (`PLAYBACK_HEARTBEAT_SECONDS`), then an outbox that is partitioned by key with one relay each',
  },
  {
    name: 'one primary of video: rows written by heartbeats',
    unit: 'rows/s',
    limit: 50_000,
    use: ({ writtenRowsPerSecond }) => writtenRowsPerSecond,
    change: 'playback sessions in Valkey, or video and user sharded by account',
  },
  {
    name: 'three Kafka brokers of 4 cores',
    unit: 'cores',
    limit: 6,
    use: ({ cores }) => cores.kafka,
    change: 'more brokers; partitions move without a change of the services',
  },
];

/** Returns the limits in the order in which a growing platform reaches them. All uses are proportional to the viewers. */
export function findLimits(constants: Constants, assumptions: Assumptions): Limit[] {
  const perThousand = planCapacity(1_000, constants, assumptions);
  return toBottlenecks(constants, assumptions)
    .map(({ name, unit, limit, use, change }) => {
      const used = use(perThousand);
      const reason = `${round(used)} ${unit} per 1,000 viewers, limit ${round(limit)} ${unit}`;
      return { viewers: (1_000 * limit) / used, name, reason, change };
    })
    .sort((a, b) => a.viewers - b.viewers);
}

function round(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en-US');
}
