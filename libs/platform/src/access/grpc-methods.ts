import type { INestApplicationContext } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { findAccessLevel, type AccessLevel } from './access.js';

export interface ListedMethod {
  /** Without its package: `CatalogService`. */
  readonly service: string;
  /** The name in the generated definition: `createTitle`. */
  readonly method: string;
  readonly access: AccessLevel | undefined;
}

interface GrpcPattern {
  readonly service: string;
  readonly rpc: string;
}

/** Lists every gRPC method that a controller of the application implements, with the access that it declares. */
export function listGrpcMethods(app: INestApplicationContext): ListedMethod[] {
  const scanner = new MetadataScanner();
  const controllers = [...app.get(ModulesContainer).values()].flatMap(({ controllers }) => [...controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    if (!metatype) return [];
    const prototype = metatype.prototype as Record<string, object>;
    return scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (!handler) return [];
      const patterns = (Reflect.getMetadata(PATTERN_METADATA, handler) ?? []) as GrpcPattern[];
      const access = findAccessLevel(handler, metatype);
      return patterns.map(({ service, rpc: method }) => ({ service, method, access }));
    });
  });
}

/** Lists the methods without a declared access, as `CatalogService/createTitle`. They reject every call. */
export function findUndeclaredMethods(app: INestApplicationContext): string[] {
  return listGrpcMethods(app)
    .filter(({ access }) => access === undefined)
    .map(({ service, method }) => `${service}/${method}`);
}

/**
 * Checks that the worker port serves only methods with the access `worker`, and that the port of the API serves none of
 * them. Calls on the worker port have no caller.
 *
 * @param services full names by port: `viernes.video.v1.VideoService`
 * @throws Error that names the methods on the wrong port
 */
export function assertPortsMatchAccess(
  app: INestApplicationContext,
  services: { readonly api: readonly string[]; readonly workers: readonly string[] },
): void {
  const isOn = (port: readonly string[], service: string): boolean => port.some((name) => name.endsWith(`.${service}`));
  const misplaced = listGrpcMethods(app).filter(({ service, access }) =>
    access === 'worker' ? isOn(services.api, service) : isOn(services.workers, service),
  );
  if (misplaced.length === 0) return;
  const names = misplaced.map(({ service, method, access = 'none' }) => `${service}/${method} (access: ${access})`);
  throw new Error(`Methods on the wrong port: ${names.join(', ')}`);
}
