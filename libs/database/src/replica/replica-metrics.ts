import { BoundCounter, BoundGauge } from '@viernes/platform';

const reads = new BoundCounter({
  name: 'replica_reads_total',
  help: 'Reads of a service with a replica, by result: served by the replica, or the reason why the primary served them',
  labelNames: ['database', 'result'],
});
const lagSeconds = new BoundGauge({
  name: 'replica_lag_seconds',
  help: 'Maximum age of the oldest commit that the replica has not replayed',
  labelNames: ['database'],
});
const lagBytes = new BoundGauge({
  name: 'replica_lag_bytes',
  help: 'Bytes of the log that the replica has not replayed',
  labelNames: ['database'],
});
const usable = new BoundGauge({
  name: 'replica_usable',
  help: '1 if the replica is available and its lag is within the limit',
  labelNames: ['database'],
});

export type ReplicaMetrics = ReturnType<typeof bindReplicaMetrics>;

/** @param database its name, the label of all metrics */
export function bindReplicaMetrics(database: string) {
  const bind = (result: string) => reads.bind({ database, result });
  return {
    lagSeconds: lagSeconds.bind({ database }),
    lagBytes: lagBytes.bind({ database }),
    usable: usable.bind({ database }),
    reads: {
      replica: bind('replica'),
      /** The primary, because the request must read all commits. */
      latest: bind('latest'),
      /** The primary, because the replica has not replayed the position of the request. */
      behind: bind('behind'),
      /** The primary, because the lag exceeds its limit or the replica is unavailable. */
      unusable: bind('unusable'),
      /** The primary, because the replica failed. */
      failed: bind('failed'),
    },
  };
}
