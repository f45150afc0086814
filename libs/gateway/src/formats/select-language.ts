import { DEFAULT_LANGUAGE, LANGUAGES } from '@viernes/translations';
import Negotiator from 'negotiator';

/** Clients send few distinct headers. The limits protect against those that generate them. */
const MAX_CACHED_HEADERS = 64;
const MAX_HEADER_LENGTH = 500;

const cached = new Map<string, string>();

/**
 * Selects a language by the client's q-values (RFC 9110 section 12.5.4). Selects English without the header, and if the
 * client accepts no available language.
 *
 * @param acceptLanguage value of the request header `Accept-Language`
 */
export function selectLanguage(acceptLanguage: string | undefined): string {
  if (!acceptLanguage || acceptLanguage === '*') return DEFAULT_LANGUAGE;
  const known = cached.get(acceptLanguage);
  if (known) return known;
  const headers = { 'accept-language': acceptLanguage };
  const language = new Negotiator({ headers }).language([...LANGUAGES]) ?? DEFAULT_LANGUAGE;
  if (acceptLanguage.length <= MAX_HEADER_LENGTH && cached.size < MAX_CACHED_HEADERS) {
    cached.set(acceptLanguage, language);
  }
  return language;
}
