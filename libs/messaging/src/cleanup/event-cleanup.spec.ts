import { DiscoveryService, ModulesContainer } from '@nestjs/core';
import { Database, RowCleanups, Transactions } from '@viernes/database';
import { PeriodicTasks, Shutdown } from '@viernes/platform';
import { DataSource } from 'typeorm';
import { toMessagingConfig } from '../config/messaging.config.js';
import { HandlerRegistry } from '../event/event-consumer.js';
import { notedEvent } from '../testing/note.js';
import { EventCleanup } from './event-cleanup.js';

describe('EventCleanup', () => {
  it('gives the task of each consumer and kind of row a different name', () => {
    const dataSource = new DataSource({ type: 'postgres' });
    const database = new Database(dataSource, { url: '', entities: [], migrations: [] });
    const tasks = new PeriodicTasks(new Shutdown());
    const add = vi.spyOn(tasks, 'add');
    const registry = new HandlerRegistry(new DiscoveryService(new ModulesContainer()));
    const handlers = ['test.first', 'test.second'].map((consumer) => ({ consumer, event: notedEvent('notes') }));
    registry.handlers = handlers.map((handler) => ({ ...handler, handle: () => Promise.resolve() }));
    const topics = [{ name: 'notes', partitions: 1, retentionHours: 24 }];
    const config = toMessagingConfig({ service: 'test', brokers: [], topics });
    const cleanups = new RowCleanups(database, new Transactions(dataSource), tasks);
    new EventCleanup(cleanups, registry, config).onApplicationBootstrap();
    const names = add.mock.calls.map(([{ name }]) => name);
    expect(names).toHaveLength(6);
    expect(new Set(names).size).toBe(6);
  });
});
