import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';

const TEXTS: Readonly<Record<Schema<'ApiKeyScope'>, () => string>> = {
  'catalog:read': () => t('apiKeys.catalogRead'),
  'catalog:write': () => t('apiKeys.catalogWrite'),
  playback: () => t('apiKeys.playback'),
  'watching:read': () => t('apiKeys.watchingRead'),
  'watching:write': () => t('apiKeys.watchingWrite'),
  'profiles:read': () => t('apiKeys.profilesRead'),
  'dead-letters': () => t('apiKeys.deadLetters'),
  'usage:read': () => t('apiKeys.usageRead'),
};

/** Describes what a scope allows. */
export const toScopeText = (scope: Schema<'ApiKeyScope'>): string => TEXTS[scope]();
