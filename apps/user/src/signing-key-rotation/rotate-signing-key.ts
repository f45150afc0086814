import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database, DatabaseModule } from '@viernes/database';
import { PlatformModule, Readiness, Shutdown } from '@viernes/platform';
import type { UserConfig } from '../config.js';
import { ENTITIES, MIGRATIONS } from '../schema.js';
import { createKeyPair } from '../signing-key/signing-key.js';
import { SigningKeyEntity } from '../signing-key/signing-key.entity.js';
import { SigningKeyRepository } from '../signing-key/signing-key.repository.js';

@Module({ imports: [TypeOrmModule.forFeature([SigningKeyEntity])], providers: [SigningKeyRepository] })
class SigningKeyRotation {}

/**
 * Creates the next signing key while the service is running. The key signs after all edges have had time to fetch it,
 * and the older key stays published until its last token has expired, so that no request fails. If a next key exists
 * that does not sign yet, prints that key and creates none.
 */
export async function rotateSigningKey(
  { DATABASE_URL: url }: Pick<UserConfig, 'DATABASE_URL'>,
  print: (line: string) => void,
): Promise<void> {
  const imports = [
    PlatformModule.forProcess(new Readiness(), new Shutdown()),
    DatabaseModule.forRoot({ url, entities: ENTITIES, migrations: MIGRATIONS, poolSize: 1 }),
    SigningKeyRotation,
  ];
  const app = await NestFactory.createApplicationContext({ module: class {}, imports }, { logger: ['warn', 'error'] });
  try {
    await app.get(Database).whenReady();
    const { kid, activeFrom } = await app.get(SigningKeyRepository).findNextOrInsert(createKeyPair);
    const time = activeFrom.toISOString();
    print(`Key ${kid} is published, and signs from ${time}. Replicas can use the previous key for one more minute.`);
  } finally {
    await app.close();
  }
}
