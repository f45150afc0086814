import { readFileSync } from 'node:fs';
import { listDeclaredConsumers } from '@viernes/contracts';
import { HandlerRegistry } from '@viernes/messaging';
import { findUndeclaredMethods, listGrpcMethods } from '@viernes/platform';
import { parseDocumentedSettings, toSettings } from '@viernes/testing';
import { Env } from './config.js';
import { startCatalog, type TestCatalog } from './testing/test-catalog.js';

describe('the catalog service', () => {
  let catalog: TestCatalog;
  beforeAll(async () => {
    catalog = await startCatalog();
  });
  afterAll(() => catalog?.stop());

  it('declares the access to each of its gRPC methods', () => {
    expect(findUndeclaredMethods(catalog.app)).toEqual([]);
    const methods = listGrpcMethods(catalog.app).filter(({ service }) => service === 'CatalogService');
    expect(Object.fromEntries(methods.map(({ method, access }) => [method, access]))).toEqual({
      listTitles: 'public',
      listTitleFacets: 'public',
      listRelatedTitles: 'public',
      suggestTitles: 'public',
      getTitle: 'public',
      batchGetTitles: 'public',
      getTitleBatch: 'public',
      listTitlesBatch: 'public',
      checkVisibility: 'public',
      listHomeRows: 'public',
      batchGetCredits: 'public',
      getPerson: 'public',
      createPerson: 'editor',
      replacePerson: 'editor',
      deletePerson: 'editor',
      restorePerson: 'editor',
      listDeletions: 'editor',
      createTitle: 'editor',
      replaceTitle: 'editor',
      deleteTitle: 'editor',
      restoreTitle: 'editor',
      listTitleChanges: 'editor',
      listSeasonChanges: 'editor',
      listPersonChanges: 'editor',
      listSeasons: 'public',
      batchGetEpisodes: 'public',
      listNextEpisodes: 'public',
      putSeason: 'editor',
      deleteSeason: 'editor',
      restoreSeason: 'editor',
      restoreEpisode: 'editor',
      importTitles: 'editor',
      exportTitles: 'editor',
      exportAccount: 'account',
      createWebhook: 'editor',
      listWebhooks: 'editor',
      getWebhook: 'editor',
      updateWebhook: 'editor',
      deleteWebhook: 'editor',
      rotateWebhookSecret: 'editor',
      testWebhook: 'editor',
      listWebhookDeliveries: 'editor',
      redeliverWebhook: 'editor',
    });
  });

  it('handles exactly the events that the event registry declares', () => {
    const { handlers } = catalog.get(HandlerRegistry);
    const consumers = handlers.map(({ consumer, event: { type } }) => `${type} ${consumer}`);
    expect(consumers.toSorted()).toEqual(listDeclaredConsumers('catalog'));
  });

  it('documents every setting with its default in the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(parseDocumentedSettings(readme)).toEqual(toSettings(Env));
  });
});
