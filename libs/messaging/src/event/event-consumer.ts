import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { AnyEventHandler } from './event-handler.js';

const marker = DiscoveryService.createDecorator();

/** Marks a provider as an event handler. MessagingModule finds it in any module of the service. */
export function EventConsumer(): (handler: new (...args: never[]) => AnyEventHandler) => void {
  return marker();
}

/** The event handlers of the service. */
@Injectable()
export class HandlerRegistry implements OnModuleInit {
  /** Empty before the modules are initialized. */
  handlers: readonly AnyEventHandler[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error if two handlers have the same consumer name, because they would share inbox rows */
  onModuleInit(): void {
    const providers = this.discovery.getProviders({ metadataKey: marker.KEY });
    const handlers = providers.map(({ instance }) => instance as AnyEventHandler);
    const names = handlers.map(({ consumer }) => consumer);
    const duplicate = names.find((name, index) => names.indexOf(name) !== index);
    if (duplicate !== undefined) throw new Error(`two event handlers have the consumer name ${duplicate}`);
    this.handlers = handlers;
  }

  /** The topics that have handlers. */
  get topics(): readonly string[] {
    return [...new Set(this.handlers.map(({ event }) => event.topic))];
  }
}
