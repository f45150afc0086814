import type { Schema } from '@viernes/api-client';

type NewSeason = Schema<'NewSeason'>;

const WEEK_MS = 7 * 24 * 3_600_000;

/** Name and synopsis of each episode, in order. */
type Episodes = readonly (readonly [name: string, synopsis: string])[];

/** The seasons of some demo series, by the slugs of the series. All are invented. */
export const DEMO_SEASONS: Readonly<Record<string, readonly NewSeason[]>> = {
  'paper-moons': [
    toSeason({ number: 1, startsOn: '2023-10-06', runtimeMinutes: 31 }, [
      ['The Blank One', 'Wren buys the only diary in the window, and finds her own handwriting on the last page.'],
      ['Tuesday, Twice', 'Mr. Tidewell sells a diary to a man who wants to change a Tuesday.'],
      ['Ink', 'The ink of the shop runs out, and the street forgets its names.'],
      ['Closing Time', 'Somebody has written the end of the shop, in pencil.'],
    ]),
  ],
  'la-casa-del-faro': [
    toSeason({ number: 1, startsOn: '2021-02-12', runtimeMinutes: 52 }, [
      ['La primera carta', 'Amaro opens a letter that is addressed to the keeper of 1991.'],
      ['Mareas', 'Elvira answers. Her ship leaves the harbor thirty years ago.'],
      ['Niebla', 'In the fog, both see the same light from two sides.'],
    ]),
    toSeason({ number: 2, startsOn: '2022-02-11', runtimeMinutes: 54 }, [
      ['El invierno largo', 'The mail boat stops, but the letters arrive.'],
      ['La lente', 'A crack in the lens shows Amaro a day that he remembers differently.'],
      ['Treinta años', 'The last letter has tomorrow as its date.'],
    ]),
  ],
  'meridian-station': [
    toSeason({ number: 1, startsOn: '2024-05-03', runtimeMinutes: 48 }, [
      ['Local Time', 'Six clocks at the South Pole show six days. Dr. Okafor trusts none of them.'],
      ['The Seventh Chair', 'Lindqvist sets the table for seven, and cannot explain why.'],
      ['Core Sample', 'Rae drills into ice that is younger than the station.'],
      ['Whiteout', 'Two of them leave to fetch a part. Three return.'],
    ]),
    toSeason({ number: 2, startsOn: '2025-05-02', runtimeMinutes: 50 }, [
      ['Date Line', 'A relief crew lands, a year too early.'],
      ['Thursday', 'The crew votes on the day of the week.'],
      ['Sunrise', 'After six months of night, the sun rises in the wrong place.'],
    ]),
  ],
  'button-and-thread': [
    toSeason({ number: 1, startsOn: '2022-09-03', runtimeMinutes: 11 }, [
      ['One Pocket', 'Button falls into a pocket and meets Thread.'],
      ['Two Mittens', 'The mittens are lost, one after the other.'],
      ['Three Coins', 'Three coins argue about who is the roundest.'],
    ]),
    toSeason({ number: 2, startsOn: '2023-09-02', runtimeMinutes: 11 }, [
      ['Four Stitches', 'Thread repairs a hole, with help on both sides.'],
      ['Five Peas', 'Lunch has escaped, and it rolls.'],
    ]),
  ],
};

/** Episodes are released weekly. */
function toSeason(
  { number, startsOn, runtimeMinutes }: { number: number; startsOn: string; runtimeMinutes: number },
  episodes: Episodes,
): NewSeason {
  const startsAtMs = Date.parse(startsOn);
  return {
    number,
    releaseYear: new Date(startsAtMs).getUTCFullYear(),
    episodes: episodes.map(([name, synopsis], index) => ({
      number: index + 1,
      name,
      synopsis,
      runtimeMinutes,
      releasedOn: new Date(startsAtMs + index * WEEK_MS).toISOString().slice(0, 10),
    })),
  };
}
