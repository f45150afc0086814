import { eventually } from '../support/eventually.js';
import { readObject } from './api-server.js';
import { cluster } from './cluster-config.js';
import { restoreRelease, scale } from './platform.js';
import { release, type Values } from './release.js';

/** No number of replicas: an operator sets it with kubectl scale. */
const BY_HAND: Values = {};
const BY_VALUES: Values = { 'services.catalog.replicas': 2 };
/** A change that replaces no pods. */
const OTHER_CHANGE: Values = { 'edge.service.annotations.changed': 'yes' };
/** With equal limits, the autoscaler sets the number without a measurement. */
const BY_AUTOSCALER: Values = {
  'services.catalog.autoscaling.enabled': true,
  'services.catalog.autoscaling.minReplicas': 3,
  'services.catalog.autoscaling.maxReplicas': 3,
};

describe.each([
  ['server-side apply (Helm 4)', true],
  ['client-side apply (Helm 3)', false],
])('replicas with %s', (_, isServerSide) => {
  let firstRevision: number;

  beforeAll(async () => {
    await restoreRelease();
    firstRevision = await lastRevision();
  });

  async function upgrade(values: Values): Promise<void> {
    await release.upgrade(values, { isServerSide });
  }

  async function lastRevision(): Promise<number> {
    return (await release.history()).at(-1)?.revision ?? 0;
  }

  async function replicas(): Promise<number> {
    const path = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/${cluster.release}-catalog`;
    return (await readObject<{ spec: { replicas: number } }>(path)).spec.replicas;
  }

  async function waitForReplicas(count: number): Promise<void> {
    await eventually(replicas, (current) => current === count, { what: `catalog has ${count} replicas` });
  }

  it('keeps the number that kubectl scale has set when an upgrade changes another value', async () => {
    await upgrade(BY_HAND);
    await scale('catalog', 3);
    await upgrade({ ...BY_HAND, ...OTHER_CHANGE });
    expect(await replicas()).toBe(3);
  });

  it('sets the number in the values after kubectl scale has set another one', async () => {
    await scale('catalog', 3);
    await upgrade(BY_VALUES);
    expect(await replicas()).toBe(2);
    await scale('catalog', 3);
    await upgrade(BY_VALUES);
    expect(await replicas()).toBe(2);
  });

  it('keeps the current number when the values no longer contain one', async () => {
    await upgrade(BY_VALUES);
    await upgrade(BY_HAND);
    expect(await replicas()).toBe(2);
    await scale('catalog', 1);
    await upgrade(BY_HAND);
    expect(await replicas()).toBe(1);
  });

  it('lets an autoscaler set the number, and keeps its last number when it is disabled', async () => {
    await upgrade(BY_VALUES);
    await upgrade(BY_AUTOSCALER);
    await waitForReplicas(3);
    await upgrade({ ...BY_AUTOSCALER, ...OTHER_CHANGE });
    expect(await replicas()).toBe(3);
    await upgrade(BY_HAND);
    expect(await replicas()).toBe(3);
  });

  it('sets the number in the values after an autoscaler has set another one', async () => {
    await upgrade(BY_AUTOSCALER);
    await waitForReplicas(3);
    await upgrade(BY_VALUES);
    expect(await replicas()).toBe(2);
  });

  it('keeps the current number across a rollback, and every revision succeeds', async () => {
    await upgrade(BY_VALUES);
    await scale('catalog', 3);
    await release.rollback(await lastRevision());
    expect(await replicas()).toBe(3);
    const revisions = (await release.history()).filter(({ revision }) => revision >= firstRevision);
    expect(revisions.filter(({ status }) => status !== 'superseded' && status !== 'deployed')).toEqual([]);
  });
});
