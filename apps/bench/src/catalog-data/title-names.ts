const ADJECTIVES = split(
  'Silent Golden Broken Distant Hidden Burning Frozen Crimson Endless Forgotten Last First Lonely Wild Secret Bitter Hollow Quiet Savage Gentle Electric Midnight Northern Southern Invisible Perfect Reckless Restless Royal Sacred',
);
const NOUNS = split(
  'River Garden Winter Empire Shadow Station Harbor Kingdom Letter Mirror Mountain Ocean Promise Road Sister Soldier Stranger Summer Tower Village Witness Wolf Bridge Captain Child Circus City Dancer Daughter Desert Doctor Dream Engine Farm Fire Forest Ghost Hunter Island Journey Judge King Lighthouse Machine Memory Moon Night Orchard Painter Planet Prisoner Queen Rain Return Sailor Season Storm Train Valley War Window',
);
const PLACES = split(
  'Paris Vienna Lisbon Havana Kyoto Cairo Oslo Boston Dublin Naples Seville Prague Lima Tangier Geneva',
);
const FIRST_NAMES = split(
  'Anna Boris Clara David Elena Felix Greta Henry Ines Jonas Klara Louis Marta Nina Oscar Paula',
);
const SYLLABLES = split('Adl Berg Cas Duv Ek Ferr Góm Hans It Jens Kov Lind Mor Nov Ols Pet Quint Ros Sand Tor');
const NAME_ENDINGS = split('er ström ari ez en o ács qvist eau ák son man ova i sen ani');
const VERBS = split('loses finds hides saves leaves betrays follows remembers steals inherits forgives rescues');
const CIRCUMSTANCES = split(
  'accident wedding drought election robbery trial voyage blackout reunion promise funeral flood strike siege rumor debt',
);

export interface Person {
  readonly id: string;
  readonly name: string;
}

/**
 * Creates a generator of numbers between 0 and 1, which repeats them for the same seed.
 * @see "mulberry32", Tommy Ettinger, public domain
 */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<Value>(values: readonly Value[], random: () => number): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('cannot pick from an empty list');
  return value;
}

/** Returns two to six words. The word "the" is in 15 % of the names, as in catalogs of real films. */
export function createName(random: () => number): string {
  const [adjective, noun, other] = [pick(ADJECTIVES, random), pick(NOUNS, random), pick(NOUNS, random)];
  const kind = random();
  if (kind < 0.1) return `The ${adjective} ${noun}`;
  if (kind < 0.15) return `${noun} of the ${adjective} ${other}`;
  if (kind < 0.4) return `${adjective} ${noun} in ${pick(PLACES, random)}`;
  if (kind < 0.6) return `${pick(FIRST_NAMES, random)} and a ${adjective} ${noun}`;
  if (kind < 0.8) return `${noun} ${other} ${1 + Math.floor(random() * 9)}`;
  return `${adjective} ${noun} ${other}`;
}

/** Returns one of 102,400 people, with 6,400 family names. */
export function createPerson(random: () => number): Person {
  const parts = [FIRST_NAMES, SYLLABLES, SYLLABLES, NAME_ENDINGS].map((values) => ({
    values,
    part: pick(values, random),
  }));
  const [first, ...family] = parts.map(({ part }) => part);
  const number = parts.reduce((sum, { values, part }) => sum * 100 + values.indexOf(part), 0);
  const [initial = '', ...rest] = family.join('');
  const name = `${first} ${initial}${rest.join('').toLowerCase()}`;
  return { id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, name };
}

/** Returns two sentences. Each contains the word "the", as most real sentences do. */
export function createSynopsis(random: () => number): string {
  const sentence = (): string => {
    const [subject, verb, object] = [pick(NOUNS, random), pick(VERBS, random), pick(NOUNS, random)];
    return `After the ${pick(CIRCUMSTANCES, random)}, a ${pick(ADJECTIVES, random)} ${subject} ${verb} the ${object}`;
  };
  return `${sentence()} in ${pick(PLACES, random)}. ${sentence()}.`;
}

/** Returns adjectives and nouns with one letter missing, as users type them. All of them are in many names. */
export function createMisspelledNames(count: number): string[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => {
    const words = `${pick(ADJECTIVES, random)} ${pick(NOUNS, random)}`.toLowerCase();
    const missing = 1 + Math.floor(random() * (words.length - 2));
    return words.slice(0, missing) + words.slice(missing + 1);
  });
}

function split(words: string): readonly string[] {
  return words.split(' ');
}
