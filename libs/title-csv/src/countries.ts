import { enumValues, type Schema } from '@viernes/api-client';

export type CountryCode = Schema<'CountryCode'>;

const REGIONS = new Intl.DisplayNames('en', { type: 'region' });

/** Names that catalogs use instead of the names of the Unicode CLDR. `export` writes them, too. */
const USUAL_NAMES: Partial<Record<CountryCode, string>> = {
  BA: 'Bosnia and Herzegovina',
  CD: 'Democratic Republic of the Congo',
  CG: 'Republic of the Congo',
  CI: 'Ivory Coast',
  CZ: 'Czech Republic',
  HK: 'Hong Kong',
  MM: 'Myanmar',
  MO: 'Macau',
  PS: 'Palestine',
  TR: 'Turkey',
};

const OTHER_NAMES: Readonly<Record<string, CountryCode>> = {
  America: 'US',
  Bosnia: 'BA',
  Brasil: 'BR',
  Burma: 'MM',
  'Cabo Verde': 'CV',
  'DR Congo': 'CD',
  England: 'GB',
  'Great Britain': 'GB',
  Holland: 'NL',
  'Korea, South': 'KR',
  Macao: 'MO',
  Macedonia: 'MK',
  'Northern Ireland': 'GB',
  'Republic of Ireland': 'IE',
  'Republic of Korea': 'KR',
  'Russian Federation': 'RU',
  Scotland: 'GB',
  Swaziland: 'SZ',
  'The Netherlands': 'NL',
  UAE: 'AE',
  UK: 'GB',
  'United States of America': 'US',
  USA: 'US',
  'Viet Nam': 'VN',
  Wales: 'GB',
};

/** The successors of former states, as film archives assign them. */
const FORMER_STATES: Readonly<Record<string, CountryCode>> = {
  Czechoslovakia: 'CZ',
  'East Germany': 'DE',
  'Serbia and Montenegro': 'RS',
  'Soviet Union': 'RU',
  USSR: 'RU',
  'West Germany': 'DE',
  Yugoslavia: 'RS',
};

const CODES = new Map<string, CountryCode>([
  ...enumValues.CountryCode.map((code) => [fold(REGIONS.of(code) ?? code), code] as const),
  ...enumValues.CountryCode.map((code) => [fold(toCountryName(code)), code] as const),
  ...enumValues.CountryCode.map((code) => [fold(code), code] as const),
  ...Object.entries(OTHER_NAMES).map(([name, code]) => [fold(name), code] as const),
]);
const FORMER_CODES = new Map(Object.entries(FORMER_STATES).map(([name, code]) => [fold(name), code]));

/**
 * Converts an English country name or a code to a code of ISO 3166-1, ignoring case, accents, and punctuation.
 *
 * @returns undefined for an unknown name; `isFormer` is true for the name of a former state
 */
export function findCountry(name: string): { readonly code: CountryCode; readonly isFormer: boolean } | undefined {
  const current = CODES.get(fold(name));
  if (current !== undefined) return { code: current, isFormer: false };
  const former = FORMER_CODES.get(fold(name));
  return former && { code: former, isFormer: true };
}

export function toCountryName(code: string): string {
  return USUAL_NAMES[code as CountryCode] ?? REGIONS.of(code) ?? code;
}

function fold(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('&', ' and ')
    .replace(/^the /i, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}
