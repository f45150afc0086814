import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { AnyEventHandler } from './port/event-handler.js';

const marker = DiscoveryService.createDecorator();

/** Marks a provider as an event handler. MessagingModule finds it in any module of the service. */
export function EventConsumer(): (handler: new (...args: never[]) => AnyEventHandler) => void {
  return marker();
}

/** All event handlers of the service. */
@Injectable()
export class HandlerRegistry {
  constructor(private readonly discovery: DiscoveryService) {}

  /**
   * Call it after the modules are initialized: before that, handlers can be missing.
   * @throws Error if two handlers have the same consumer name, because they would share inbox rows
   */
  list(): readonly AnyEventHandler[] {
    const providers = this.discovery.getProviders({ metadataKey: marker.KEY });
    const handlers = providers.map(({ instance }) => instance as AnyEventHandler);
    const names = handlers.map(({ consumer }) => consumer);
    const duplicate = names.find((name, index) => names.indexOf(name) !== index);
    if (duplicate !== undefined) throw new Error(`two event handlers have the consumer name ${duplicate}`);
    return handlers;
  }

  /** Event types and consumers in the order of `declaredConsumers`, to compare the two. */
  consumers(): { readonly type: string; readonly consumer: string }[] {
    return this.list()
      .map(({ event, consumer }) => ({ type: event.type, consumer }))
      .toSorted((a, b) => compare(a.type, b.type) || compare(a.consumer, b.consumer));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
