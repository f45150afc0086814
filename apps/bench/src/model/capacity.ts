import { AUDIO_RENDITION, planLadder } from '@viernes/media';
import type { Assumptions } from './assumptions.js';
import { KINDS, PROCESSES, type Constants, type Kind, type ProcessName } from './constants.js';

/** The resources that a number of concurrent viewers needs at the peak. */
export interface Capacity {
  readonly viewers: number;
  readonly requestsPerSecond: Readonly<Record<Kind, number>>;
  /** CPU cores, without headroom. */
  readonly cores: Readonly<Record<ProcessName, number>>;
  readonly pods: Readonly<Record<'edge' | 'catalog' | 'user' | 'video' | 'transcoder', number>>;
  readonly eventsPerSecond: number;
  readonly partitions: number;
  readonly writtenRowsPerSecond: number;
  readonly egressGbitPerSecond: number;
  /** Added per month. */
  readonly storageGb: number;
  readonly egressGb: number;
  /** US dollars. */
  readonly monthlyCost: number;
}

const SECONDS_PER_MONTH = 30 * 86_400;
const MINUTES_PER_DAY = 24 * 60;
const DEFAULT_PARTITIONS = 6;
/** From here on, each service has a second pod, so that it survives the loss of a machine. */
const REDUNDANT_FROM_VIEWERS = 100;
const SOURCE = { width: 1920, height: 1080, frameRate: { numerator: 24, denominator: 1 } };

/** Requests per second of one viewer on average, by kind. */
export function requestsPerViewer(assumptions: Assumptions): Readonly<Record<Kind, number>> {
  const { watchingShare, signedInShare, browsingPerMinute, heartbeatSeconds, sessionMinutes } = assumptions;
  const perSecond = (kind: keyof typeof browsingPerMinute) => ((1 - watchingShare) * browsingPerMinute[kind]) / 60;
  const signedIn = (kind: keyof typeof browsingPerMinute) => signedInShare * perSecond(kind);
  const all = perSecond('home') + perSecond('list') + perSecond('title') + perSecond('search');
  return {
    cached: (1 - signedInShare) * all,
    home: signedIn('home'),
    list: signedIn('list'),
    title: signedIn('title'),
    search: signedIn('search'),
    heartbeat: watchingShare / heartbeatSeconds,
    session: watchingShare / (sessionMinutes * 60),
  };
}

/** One process of video stores the heartbeats of half a second together. */
const BATCHES_PER_SECOND = 2;

export function toBatchesPerSecond(heartbeatsPerSecond: number, videoProcesses: number): number {
  return Math.min(heartbeatsPerSecond, BATCHES_PER_SECOND * videoProcesses);
}

/** CPU cores for a load, by process. @param videoProcesses each one has its own batches of heartbeats */
export function predictCores(
  requestsPerSecond: Readonly<Partial<Record<Kind, number>>>,
  { costs, batchCost }: Pick<Constants, 'costs' | 'batchCost'>,
  videoProcesses = 1,
): Readonly<Record<ProcessName, number>> {
  const batchesPerSecond = toBatchesPerSecond(requestsPerSecond.heartbeat ?? 0, videoProcesses);
  const entries = PROCESSES.map((name) => {
    const terms = KINDS.map((kind) => ((requestsPerSecond[kind] ?? 0) * costs[kind][name]) / 1000);
    return [name, terms.reduce((sum, term) => sum + term, (batchesPerSecond * batchCost[name]) / 1000)];
  });
  return Object.fromEntries(entries) as Record<ProcessName, number>;
}

export function planCapacity(viewers: number, constants: Constants, assumptions: Assumptions): Capacity {
  const perViewer = requestsPerViewer(assumptions);
  const requestsPerSecond = Object.fromEntries(KINDS.map((kind) => [kind, viewers * perViewer[kind]])) as Record<
    Kind,
    number
  >;
  const minimum = viewers >= REDUNDANT_FROM_VIEWERS ? 2 : 1;
  const podsFor = (used: number) => Math.max(minimum, Math.ceil(used / assumptions.usedCoresPerPod));
  const cores = predictCores(requestsPerSecond, constants, podsFor(predictCores(requestsPerSecond, constants).video));
  const uploadedMinutesPerDay = (viewers / 1000) * assumptions.uploadedMinutesPerDay;
  const { watchedBps, storedBps, megapixels } = describeLadder(assumptions.watchedShortSide);
  const secondsPerMinute = (constants.transcodeSecondsPerMinute * megapixels) / constants.transcodeMegapixels;
  const transcoders = (uploadedMinutesPerDay * secondsPerMinute) / 60 / MINUTES_PER_DAY;
  const pods = {
    edge: podsFor(cores.edge),
    catalog: podsFor(cores.catalog),
    user: podsFor(cores.user),
    video: podsFor(cores.video),
    transcoder: Math.max(1, Math.ceil(transcoders / assumptions.usedCoresPerPod)),
  };
  const eventsPerSecond = requestsPerSecond.heartbeat + 2 * requestsPerSecond.session;
  const egressBps = viewers * assumptions.watchingShare * watchedBps;
  const egressGb = (egressBps * assumptions.averageToPeak * SECONDS_PER_MONTH) / 8 / 1e9;
  const storageGb = (uploadedMinutesPerDay * 30 * 60 * storedBps) / 8 / 1e9;
  const { prices } = assumptions;
  const podCores = pods.edge + pods.catalog + pods.user + pods.video + pods.transcoder * constants.transcodeCores;
  const backingCores = Math.ceil(cores.kafka / 0.5) + Math.ceil(cores.valkey / 0.5);
  const databaseCores = Math.max(1, Math.ceil(cores.postgres / 0.5));
  return {
    viewers,
    requestsPerSecond,
    cores,
    pods,
    eventsPerSecond,
    // Half of the rate of one consumer, because it must catch up after a rebuild or an outage.
    partitions: Math.max(DEFAULT_PARTITIONS, Math.ceil((2 * eventsPerSecond) / partitionRate(constants))),
    writtenRowsPerSecond: requestsPerSecond.heartbeat * constants.rowsPerHeartbeat,
    egressGbitPerSecond: egressBps / 1e9,
    storageGb,
    egressGb,
    monthlyCost:
      (podCores + backingCores) * prices.core +
      databaseCores * prices.databaseCore +
      storageGb * prices.storageGb +
      egressGb * prices.egressGb,
  };
}

/** The bench has one consumer for six partitions. */
function partitionRate({ eventsPerSecond }: Constants): number {
  return eventsPerSecond / DEFAULT_PARTITIONS;
}

/** The encoding ladder of a 1080p source: bit rates of the watched rendition and of all stored ones, both with audio. */
function describeLadder(watchedShortSide: number) {
  const rungs = planLadder(SOURCE);
  const watched = rungs.find(({ name }) => name === `${watchedShortSide}p`);
  if (watched === undefined) throw new RangeError(`no rung of ${watchedShortSide}p`);
  return {
    watchedBps: watched.bitrateBps + AUDIO_RENDITION.bitrateBps,
    storedBps: rungs.reduce((sum, { bitrateBps }) => sum + bitrateBps, AUDIO_RENDITION.bitrateBps),
    megapixels: rungs.reduce((sum, { width, height }) => sum + (width * height) / 1e6, 0),
  };
}
