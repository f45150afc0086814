import { randomUUID } from 'node:crypto';
import { catalogV1 } from '@viernes/contracts';
import { listGrpcMethods } from '@viernes/platform';
import { newCaller, observeCall, runAs, type ObservedCall } from '@viernes/platform/testing';
import { DataSource } from 'typeorm';
import { newTitleInput, startCatalog, type TestCatalog } from './testing/test-catalog.js';

type Client = TestCatalog['client'];

interface Ids {
  readonly titleId: string;
  readonly personId: string;
}

interface WebhookIds {
  readonly webhookId: string;
  readonly deliveryId: string;
}

const page = { pageSize: 0, cursor: '' };
const season = { number: 1, name: '', synopsis: '', releaseYear: undefined, revision: undefined, episodes: [] };

/** Titles belong to the catalog: every editor can change all of them. Viewers receive FORBIDDEN. */
const SHARED_BY_EDITORS: Readonly<Record<string, (client: Client, ids: Ids) => Promise<unknown>>> = {
  createTitle: (client) => client.createTitle({ title: newTitleInput() }),
  replaceTitle: (client, { titleId }) => client.replaceTitle({ titleId, revision: 1, title: newTitleInput() }),
  deleteTitle: (client, { titleId }) => client.deleteTitle({ titleId, revision: 1 }),
  restoreTitle: (client, { titleId }) => client.restoreTitle({ titleId }),
  listTitleChanges: (client, { titleId }) => client.listTitleChanges({ titleId, ...page }),
  putSeason: (client, { titleId }) => client.putSeason({ titleId, restoreEpisodes: false, ...season }),
  deleteSeason: (client, { titleId }) => client.deleteSeason({ titleId, number: 1, revision: 1 }),
  restoreSeason: (client, { titleId }) => client.restoreSeason({ titleId, number: 1 }),
  listSeasonChanges: (client, { titleId }) => client.listSeasonChanges({ titleId, number: 1, ...page }),
  restoreEpisode: (client, { titleId }) => client.restoreEpisode({ titleId, seasonNumber: 1, number: 1 }),
  createPerson: (client) => client.createPerson({ person: undefined }),
  deletePerson: (client, { personId }) => client.deletePerson({ personId, revision: 1 }),
  restorePerson: (client, { personId }) => client.restorePerson({ personId }),
  listDeletions: (client) => client.listDeletions(page),
  replacePerson: (client, { personId }) => client.replacePerson({ personId, revision: 1, person: undefined }),
  listPersonChanges: (client, { personId }) => client.listPersonChanges({ personId, ...page }),
  importTitles: (client) => client.importTitles({ titles: [], dryRun: true }),
  exportTitles: (client) => client.exportTitles({ source: '', cursor: '', pageSize: 1 }),
};

/** Webhooks belong to the editors who created them. Other editors receive WEBHOOK_NOT_FOUND. */
const OF_ONE_EDITOR: Readonly<Record<string, (client: Client, ids: WebhookIds) => Promise<unknown>>> = {
  getWebhook: (client, { webhookId }) => client.getWebhook({ webhookId }),
  updateWebhook: (client, { webhookId }) =>
    client.updateWebhook({ webhookId, url: undefined, eventTypes: [], isEnabled: false }),
  deleteWebhook: (client, { webhookId }) => client.deleteWebhook({ webhookId }),
  rotateWebhookSecret: (client, { webhookId }) => client.rotateWebhookSecret({ webhookId, overlapHours: 0 }),
  testWebhook: (client, { webhookId }) => client.testWebhook({ webhookId }),
  listWebhookDeliveries: (client, { webhookId }) => client.listWebhookDeliveries({ webhookId, ...page }),
  redeliverWebhook: (client, ids) => client.redeliverWebhook(ids),
};

/** Reads of the catalog, which audience.int.spec.ts covers for profiles with a maximum age. */
const PUBLIC = [
  ...['listTitles', 'listTitleFacets', 'listRelatedTitles', 'suggestTitles', 'getTitle', 'batchGetTitles'],
  ...['getTitleBatch', 'listTitlesBatch', 'checkVisibility', 'listHomeRows', 'batchGetCredits', 'getPerson'],
  ...['listSeasons', 'batchGetEpisodes', 'listNextEpisodes'],
];

/** Methods whose requests identify no resource: they concern only the account of the caller. */
const OF_THE_CALLER = ['exportAccount', 'createWebhook', 'listWebhooks'];

describe('the resources of another account', () => {
  let catalog: TestCatalog;
  let existing: Ids;
  let existingWebhook: WebhookIds;

  beforeAll(async () => {
    catalog = await startCatalog(undefined, { WEBHOOKS_ENABLED: 'true' });
    const role = catalogV1.CreditRole.CREDIT_ROLE_DIRECTOR;
    const title = await catalog.createTitle({ credits: [{ role, name: 'Lotte Reiniger', character: undefined }] });
    existing = { titleId: title.id, personId: title.credits[0]?.personId ?? '' };
    const request = { url: 'https://hooks.example.com/', eventTypes: ['title.published'] };
    existingWebhook = await runAs(newCaller('editor'), async () => {
      const webhookId = (await catalog.client.createWebhook(request)).webhook?.id ?? '';
      const { delivery } = await catalog.client.testWebhook({ webhookId });
      return { webhookId, deliveryId: delivery?.id ?? '' };
    });
  });
  afterAll(() => catalog?.stop());

  const callAsViewer = (method: string, ids: Ids): Promise<ObservedCall> =>
    observeCall(catalog.get(DataSource), newCaller(), async () => SHARED_BY_EDITORS[method]?.(catalog.client, ids));

  it('tests the ownership of each method', () => {
    const methods = listGrpcMethods(catalog.app).filter(({ service }) => service === 'CatalogService');
    const listed = [...Object.keys({ ...SHARED_BY_EDITORS, ...OF_ONE_EDITOR }), ...PUBLIC, ...OF_THE_CALLER];
    expect(methods.map(({ method }) => method).toSorted()).toEqual(listed.toSorted());
  });

  it.each(Object.keys(SHARED_BY_EDITORS))('reads no resource when a viewer calls %s', async (method) => {
    const observed = await callAsViewer(method, { titleId: randomUUID(), personId: randomUUID() });
    expect(await callAsViewer(method, existing)).toEqual(observed);
    expect(observed).toMatchObject({ code: 'FORBIDDEN', statements: [] });
  });

  it.each(Object.keys(OF_ONE_EDITOR))('returns WEBHOOK_NOT_FOUND when another editor calls %s', async (method) => {
    const call = (role: 'editor' | 'viewer', ids: WebhookIds): Promise<ObservedCall> =>
      observeCall(catalog.get(DataSource), newCaller(role), async () => OF_ONE_EDITOR[method]?.(catalog.client, ids));
    const unknown = { webhookId: randomUUID(), deliveryId: randomUUID() };
    const observed = await call('editor', unknown);
    expect(observed).toMatchObject({ code: 'WEBHOOK_NOT_FOUND' });
    expect(await call('editor', existingWebhook)).toEqual(observed);
    expect(await call('viewer', existingWebhook)).toMatchObject({ code: 'FORBIDDEN', statements: [] });
  });

  it('does not list the webhooks of another editor', async () => {
    expect(await runAs(newCaller('editor'), () => catalog.client.listWebhooks({}))).toEqual({ webhooks: [] });
  });

  it('does not export the resources of another editor', async () => {
    const editor = { ...newCaller('editor'), profileId: randomUUID() };
    const { dataJson } = await runAs(editor, () => catalog.client.exportAccount({ cursor: '' }));
    expect(JSON.parse(dataJson)).toEqual({ changes: [], webhooks: [], webhookDeliveries: [] });
  });
});
